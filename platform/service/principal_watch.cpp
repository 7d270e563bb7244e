#include "platform/service/principal_watch.h"

#include "lintel/identity/v1/events.pb.h"
#include "platform/relay/stream.h"
#include "platform/status/status.h"

namespace lintel {
namespace {

constexpr int kBatch = 200;
constexpr auto kBlock = std::chrono::milliseconds(500);
constexpr auto kRedisPatience = std::chrono::seconds(2);

// The payload when the event is of this type.
template <class Payload>
std::optional<Payload> As(const event::v1::Event& event) {
  Payload payload;
  if (event.type() != Payload::descriptor()->full_name() || !payload.ParseFromString(event.payload())) {
    return std::nullopt;
  }
  return payload;
}

}  // namespace

PrincipalWatch::PrincipalWatch(PrincipalCache& cache, Redis& redis, std::string stream)
    : cache_(cache),
      redis_(redis),
      stream_(std::move(stream)),
      turns_("principal watch", {}, [this] { return Turn(kBlock); }) {}

absl::Status PrincipalWatch::Turn(std::chrono::milliseconds patience) {
  if (!at_) return FindEnd();
  const absl::Status read = ReadOn(patience);
  if (!read.ok()) at_.reset();
  return read;
}

// What was announced before the end that was found may concern anybody who is cached by now.
absl::Status PrincipalWatch::FindEnd() {
  ASSIGN_OR_RETURN(const EventPosition end,
                   EndOfStream(redis_, stream_, std::chrono::steady_clock::now() + kRedisPatience));
  cache_.Expire([](const Principal&) { return true; });
  at_ = end;
  return absl::OkStatus();
}

absl::Status PrincipalWatch::ReadOn(std::chrono::milliseconds patience) {
  ASSIGN_OR_RETURN(const std::vector<event::v1::Event> events, ReadStream(redis_, stream_, *at_, kBatch, patience));
  for (const event::v1::Event& event : events) {
    Apply(event);
    at_ = {event.epoch(), event.position()};
  }
  if (!events.empty()) return absl::OkStatus();
  // A stream that begins anew ends before what was read of the old one.
  ASSIGN_OR_RETURN(const EventPosition end,
                   EndOfStream(redis_, stream_, std::chrono::steady_clock::now() + kRedisPatience));
  if (end < *at_) at_.reset();
  return absl::OkStatus();
}

void PrincipalWatch::Apply(const event::v1::Event& event) {
  const int64_t tenant = event.tenant_id();
  if (const auto revoked = As<identity::v1::SessionRevoked>(event)) {
    cache_.Drop(revoked->session());
  } else if (const auto changed = As<identity::v1::OperatorChanged>(event)) {
    cache_.Expire([&](const Principal& cached) {
      return cached.tenant == tenant && cached.operator_name == changed->operator_();
    });
  } else if (As<identity::v1::RightsChanged>(event)) {
    cache_.Expire([&](const Principal& cached) { return cached.tenant == tenant; });
  }
}

}  // namespace lintel
