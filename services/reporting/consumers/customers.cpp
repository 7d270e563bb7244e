#include "services/reporting/consumers/customers.h"

#include "lintel/customers/v1/events.pb.h"
#include "platform/report/event_fields.h"

namespace lintel::reporting {
namespace {

namespace v1 = customers::v1;
using report::IdOf;
using report::InstantOf;

constexpr char kRegister[] = R"sql(
  INSERT INTO dim_customer (tenant_id, customer_id, source, level, owner, owner_team, registered_time)
  VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING)sql";

constexpr char kChange[] = R"sql(
  UPDATE dim_customer SET source = $3, level = $4, owner = $5, owner_team = $6
   WHERE tenant_id = $1 AND customer_id = $2 AND NOT erased)sql";

// The row stays so that sums stay; nothing in it says who it was.
constexpr char kErase[] = R"sql(
  INSERT INTO dim_customer (tenant_id, customer_id, erased) VALUES ($1, $2, true)
  ON CONFLICT (tenant_id, customer_id) DO UPDATE
     SET source = '', level = '', owner = '', owner_team = '', registered_time = NULL, erased = true)sql";

constexpr char kVisit[] = R"sql(
  INSERT INTO fact_visit (tenant_id, visit_id, customer_id, project_id, kind, first, operator, time)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING)sql";

absl::Status OnRegistered(pg::Transaction& tx, const event::v1::Event& event, const v1::CustomerRegistered& customer) {
  tx.Query(kRegister, event.tenant_id(), IdOf(customer.customer()), customer.source(), customer.level(),
           customer.owner(), customer.owner_team(), InstantOf(true, event.occurred_time()));
  return absl::OkStatus();
}

absl::Status OnChanged(pg::Transaction& tx, const event::v1::Event& event, const v1::CustomerChanged& customer) {
  tx.Query(kChange, event.tenant_id(), IdOf(customer.customer()), customer.source(), customer.level(), customer.owner(),
           customer.owner_team());
  return absl::OkStatus();
}

absl::Status OnErased(pg::Transaction& tx, const event::v1::Event& event, const v1::CustomerErased& customer) {
  tx.Query(kErase, event.tenant_id(), IdOf(customer.customer()));
  return absl::OkStatus();
}

absl::Status OnVisit(pg::Transaction& tx, const event::v1::Event& event, const v1::VisitRecorded& visit) {
  tx.Query(kVisit, event.tenant_id(), IdOf(visit.visit()), IdOf(visit.customer()), IdOf(visit.project()), visit.kind(),
           visit.first(), visit.operator_(), InstantOf(true, visit.visit_time()));
  return absl::OkStatus();
}

}  // namespace

void ConsumeCustomers(Consumer& consumer) {
  consumer.On<v1::CustomerRegistered>(&OnRegistered);
  consumer.On<v1::CustomerChanged>(&OnChanged);
  consumer.On<v1::CustomerErased>(&OnErased);
  consumer.On<v1::VisitRecorded>(&OnVisit);
  consumer.OnReset([](pg::Transaction& tx) {
    for (const char* sql : {"DELETE FROM dim_customer", "DELETE FROM fact_visit"}) tx.Query(sql);
    return absl::OkStatus();
  });
}

}  // namespace lintel::reporting
