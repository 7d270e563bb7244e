#include "services/analytics/consumers/facts.h"

#include "lintel/customers/v1/events.pb.h"
#include "lintel/inventory/v1/events.pb.h"
#include "lintel/sales/v1/events.pb.h"
#include "platform/report/event_fields.h"

namespace lintel::analytics {
namespace {

using report::DateOf;
using report::IdOf;
using report::InstantOf;

constexpr char kSaveProject[] = R"sql(
  INSERT INTO dim_project (tenant_id, project_id, display_name, time_zone) VALUES ($1, $2, $3, $4)
  ON CONFLICT (tenant_id, project_id) DO UPDATE SET display_name = excluded.display_name, time_zone = excluded.time_zone)sql";

constexpr char kSaveCustomer[] = R"sql(
  INSERT INTO dim_customer (tenant_id, customer_id, source) VALUES ($1, $2, $3)
  ON CONFLICT (tenant_id, customer_id) DO UPDATE SET source = excluded.source WHERE NOT dim_customer.erased)sql";

// The source of one person would say who it was only together with other rows; the group stays, the person goes.
constexpr char kErase[] = R"sql(
  INSERT INTO dim_customer (tenant_id, customer_id, erased) VALUES ($1, $2, true)
  ON CONFLICT (tenant_id, customer_id) DO UPDATE SET erased = true)sql";

constexpr char kSaveInterest[] = R"sql(
  INSERT INTO fact_interest (tenant_id, project_id, customer_id, first_time, visited) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (tenant_id, project_id, customer_id) DO UPDATE
     SET first_time = least(fact_interest.first_time, excluded.first_time), visited = fact_interest.visited OR excluded.visited)sql";

constexpr char kSubscribe[] = R"sql(
  INSERT INTO fact_deal (tenant_id, deal_id, project_id, customer_id, subscribed_time, price) VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (tenant_id, deal_id) DO UPDATE
     SET subscribed_time = excluded.subscribed_time,
         price = CASE WHEN fact_deal.contract_id IS NULL THEN excluded.price ELSE fact_deal.price END)sql";

constexpr char kSign[] = R"sql(
  INSERT INTO fact_deal (tenant_id, deal_id, project_id, customer_id, price, contract_id, contract_number, sign_date)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
  ON CONFLICT (tenant_id, deal_id) DO UPDATE
     SET customer_id = excluded.customer_id, price = excluded.price, contract_id = excluded.contract_id,
         contract_number = excluded.contract_number, sign_date = excluded.sign_date)sql";

absl::Status OnProject(pg::Transaction& tx, const event::v1::Event& event,
                       const inventory::v1::ProjectChanged& project) {
  tx.Query(kSaveProject, event.tenant_id(), IdOf(project.project()), project.display_name(), project.time_zone());
  return absl::OkStatus();
}

absl::Status OnRegistered(pg::Transaction& tx, const event::v1::Event& event,
                          const customers::v1::CustomerRegistered& customer) {
  tx.Query(kSaveCustomer, event.tenant_id(), IdOf(customer.customer()), customer.source());
  for (const std::string& project : customer.projects()) {
    tx.Query(kSaveInterest, event.tenant_id(), IdOf(project), IdOf(customer.customer()),
             InstantOf(true, event.occurred_time()), false);
  }
  return absl::OkStatus();
}

absl::Status OnChanged(pg::Transaction& tx, const event::v1::Event& event,
                       const customers::v1::CustomerChanged& customer) {
  tx.Query(kSaveCustomer, event.tenant_id(), IdOf(customer.customer()), customer.source());
  for (const std::string& project : customer.projects()) {
    tx.Query(kSaveInterest, event.tenant_id(), IdOf(project), IdOf(customer.customer()),
             InstantOf(true, event.occurred_time()), false);
  }
  return absl::OkStatus();
}

absl::Status OnErased(pg::Transaction& tx, const event::v1::Event& event,
                      const customers::v1::CustomerErased& customer) {
  tx.Query(kErase, event.tenant_id(), IdOf(customer.customer()));
  return absl::OkStatus();
}

absl::Status OnVisit(pg::Transaction& tx, const event::v1::Event& event, const customers::v1::VisitRecorded& visit) {
  if (visit.project().empty()) return absl::OkStatus();
  tx.Query(kSaveInterest, event.tenant_id(), IdOf(visit.project()), IdOf(visit.customer()),
           InstantOf(true, visit.visit_time()), visit.kind() == "visit");
  return absl::OkStatus();
}

absl::Status OnSubscribed(pg::Transaction& tx, const event::v1::Event& event,
                          const sales::v1::SubscriptionActivated& deal) {
  tx.Query(kSubscribe, event.tenant_id(), IdOf(deal.deal()), IdOf(deal.project()), IdOf(deal.customers(0)),
           InstantOf(true, deal.time()), deal.price().minor_units());
  return absl::OkStatus();
}

absl::Status OnSigned(pg::Transaction& tx, const event::v1::Event& event, const sales::v1::ContractSigned& contract) {
  tx.Query(kSign, event.tenant_id(), IdOf(contract.deal()), IdOf(contract.project()), IdOf(contract.customers(0)),
           contract.price().minor_units(), IdOf(contract.contract()), contract.number(),
           DateOf(contract.has_sign_date(), contract.sign_date()));
  return absl::OkStatus();
}

// Each table is built from one source alone, so that one source can be rebuilt without the others.
absl::Status Empty(pg::Transaction& tx, std::initializer_list<const char*> statements) {
  for (const char* sql : statements) tx.Query(sql);
  return absl::OkStatus();
}

}  // namespace

void ConsumeInventory(Consumer& consumer) {
  consumer.On<inventory::v1::ProjectChanged>(&OnProject);
  consumer.OnReset([](pg::Transaction& tx) { return Empty(tx, {"DELETE FROM dim_project"}); });
}

void ConsumeCustomers(Consumer& consumer) {
  consumer.On<customers::v1::CustomerRegistered>(&OnRegistered);
  consumer.On<customers::v1::CustomerChanged>(&OnChanged);
  consumer.On<customers::v1::CustomerErased>(&OnErased);
  consumer.On<customers::v1::VisitRecorded>(&OnVisit);
  consumer.OnReset([](pg::Transaction& tx) {
    return Empty(tx, {"DELETE FROM dim_customer", "DELETE FROM fact_interest"});
  });
}

void ConsumeSales(Consumer& consumer) {
  consumer.On<sales::v1::SubscriptionActivated>(&OnSubscribed);
  consumer.On<sales::v1::ContractSigned>(&OnSigned);
  consumer.OnReset([](pg::Transaction& tx) { return Empty(tx, {"DELETE FROM fact_deal"}); });
}

}  // namespace lintel::analytics
