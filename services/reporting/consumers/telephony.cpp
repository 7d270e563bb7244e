#include "services/reporting/consumers/telephony.h"

#include "lintel/telephony/v1/events.pb.h"
#include "platform/report/event_fields.h"

namespace lintel::reporting {
namespace {

namespace v1 = telephony::v1;
using report::IdOf;
using report::InstantOf;

constexpr char kSaveCall[] = R"sql(
  INSERT INTO fact_call (tenant_id, call_id, customer_id, operator, start_time, wait_ms, talk_ms, outcome)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
  ON CONFLICT (tenant_id, call_id) DO UPDATE
     SET customer_id = excluded.customer_id, operator = excluded.operator, wait_ms = excluded.wait_ms,
         talk_ms = excluded.talk_ms, outcome = excluded.outcome)sql";

absl::Status OnCall(pg::Transaction& tx, const event::v1::Event& event, const v1::CallRecorded& call) {
  tx.Query(kSaveCall, event.tenant_id(), IdOf(call.call()), IdOf(call.customer()), call.operator_(),
           InstantOf(true, call.start_time()), call.wait_ms(), call.talk_ms(), call.outcome());
  return absl::OkStatus();
}

}  // namespace

void ConsumeTelephony(Consumer& consumer) {
  consumer.On<v1::CallRecorded>(&OnCall);
  consumer.OnReset([](pg::Transaction& tx) {
    tx.Query("DELETE FROM fact_call");
    return absl::OkStatus();
  });
}

}  // namespace lintel::reporting
