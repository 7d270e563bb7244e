#include "platform/relay/event_log.h"

#include "platform/status/status.h"
#include "platform/wire/values.h"

namespace lintel {
namespace {

constexpr int kUsualPage = 500;
constexpr int kLargestPage = 1000;

constexpr char kRead[] = "SELECT " LINTEL_OUTBOX_COLUMNS R"sql(
  FROM outbox WHERE (epoch, position) > ($1::bigint, $2::bigint) AND position IS NOT NULL
 ORDER BY epoch, position LIMIT $3)sql";
constexpr char kHead[] = "SELECT epoch, position FROM outbox_head";

event::v1::Event ToEvent(OutboxRow row) {
  event::v1::Event event;
  event.set_epoch(row.epoch);
  event.set_position(row.position);
  event.set_tenant_id(row.tenant_id);
  event.set_type(std::move(row.type));
  event.set_schema_version(row.schema_version);
  event.set_aggregate(std::move(row.aggregate));
  event.set_aggregate_version(row.aggregate_version);
  *event.mutable_occurred_time() = ToProto(Instant(std::chrono::microseconds(row.occurred_us)));
  event.set_request_id(std::move(row.request_id));
  event.set_payload(std::move(row.payload));
  return event;
}

}  // namespace

std::string ToStreamId(EventPosition position) {
  return std::to_string(position.epoch) + "-" + std::to_string(position.position);
}

EventPosition FromStreamId(const std::string& id) {
  const size_t dash = id.find('-');
  if (dash == std::string::npos) return {};
  return {std::atoll(id.substr(0, dash).c_str()), std::atoll(id.substr(dash + 1).c_str())};
}

std::string StreamOf(const std::string& service) { return "lintel:" + service + ":events"; }

absl::StatusOr<event::v1::ReadEventsResponse> EventLog::ReadEvents(const Call& call,
                                                                   const event::v1::ReadEventsRequest& request) {
  if (request.limit() < 0 || request.limit() > kLargestPage) return InvalidField("limit", "must be from 1 to 1000");
  return Read({request.after_epoch(), request.after_position()}, request.limit() == 0 ? kUsualPage : request.limit(),
              call.deadline());
}

absl::StatusOr<event::v1::ReadEventsResponse> EventLog::Read(EventPosition after, int limit,
                                                             std::chrono::steady_clock::time_point deadline) {
  using Response = event::v1::ReadEventsResponse;
  return job_.Run<Response>({.deadline = deadline, .read_only = true}, [&](pg::Transaction& tx) {
    Response response;
    for (const pqxx::row& row : tx.Query(kRead, after.epoch, after.position, limit)) {
      *response.add_events() = ToEvent(ToOutboxRow(row));
    }
    const pqxx::row head = tx.Query(kHead)[0];
    response.set_head_epoch(head[0].as<int64_t>());
    response.set_head_position(head[1].as<int64_t>());
    return absl::StatusOr<Response>(std::move(response));
  });
}

}  // namespace lintel
