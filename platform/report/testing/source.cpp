#include "platform/report/testing/source.h"

#include <stdexcept>

#include "platform/outbox/outbox.h"

namespace lintel::testing {
namespace {

void Require(const absl::Status& status) {
  if (!status.ok()) throw std::runtime_error(std::string(status.message()));
}

}  // namespace

EventSource::EventSource(std::string name)
    : name_(std::move(name)),
      relay_(RelayOptions{.connection = database_.job_pool().options(), .stream = stream_}, redis_, metrics_) {
  host_.server().Handle("lintel.event.v1.EventLogService/ReadEvents", &log_, &EventLog::ReadEvents);
  host_.Start();
}

EventSource::~EventSource() { ForgetStream(); }

void EventSource::Announce(int64_t tenant, const google::protobuf::Message& event, const std::string& aggregate,
                           int64_t version, const std::string& time) {
  Require(database_.app().Execute({.tenant = tenant}, [&](pg::Transaction& tx) {
    Outbox(tx, {.tenant = tenant, .actor = "services/test", .now = *ParseRfc3339(time)})
        .Append(event, aggregate, version, {});
    return absl::OkStatus();
  }));
}

void EventSource::Relay() {
  Require(relay_.Seal().status());
  Require(relay_.Publish());
}

void EventSource::ForgetStream() {
  (void)redis_.Run({"DEL", stream_}, std::chrono::steady_clock::now() + std::chrono::seconds(5));
}

std::unique_ptr<Consumer> EventSource::NewConsumer(pg::Database& reader, Metrics& metrics) {
  return std::make_unique<Consumer>(name_, host_.channel(), redis_, reader, metrics, stream_);
}

std::unique_ptr<Consumer> EventSource::NewConsumerWithoutRedis(pg::Database& reader, Metrics& metrics) {
  return std::make_unique<Consumer>(name_, host_.channel(), no_redis_, reader, metrics, stream_);
}

void CatchUp(Consumer& consumer) {
  absl::StatusOr<int> moved;
  do {
    moved = consumer.Turn(std::chrono::milliseconds(1));
    Require(moved.status());
  } while (*moved > 0);
}

}  // namespace lintel::testing
