#include "services/reporting/consumers/sales.h"

#include "lintel/sales/v1/events.pb.h"
#include "platform/report/event_fields.h"

namespace lintel::reporting {
namespace {

namespace v1 = sales::v1;
using report::CodeOf;
using report::DateOf;
using report::IdOf;
using report::IdsOf;
using report::InstantOf;

constexpr char kPlaceHold[] = R"sql(
  INSERT INTO fact_hold (tenant_id, hold_id, deal_id, project_id, room_id, customer_id, consultant_id, team, kind, placed_time,
                         expire_time, state, version)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'ACTIVE', $12)
  ON CONFLICT (tenant_id, hold_id) DO UPDATE
     SET consultant_id = excluded.consultant_id, team = excluded.team, kind = excluded.kind, placed_time = excluded.placed_time)sql";

constexpr char kChangeHold[] = R"sql(
  INSERT INTO fact_hold (tenant_id, hold_id, deal_id, project_id, room_id, customer_id, expire_time, state, ended_time, version)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
  ON CONFLICT (tenant_id, hold_id) DO UPDATE
     SET expire_time = excluded.expire_time, state = excluded.state, ended_time = excluded.ended_time, version = excluded.version
   WHERE fact_hold.version < excluded.version)sql";

constexpr char kSubscribe[] = R"sql(
  INSERT INTO fact_deal (tenant_id, deal_id, project_id, room_id, customer_ids, consultant_id, team, subscription_id,
                         subscribed_time, list_price, price, price_version, built_area, payment_plan_kind, sign_by_time)
  VALUES ($1, $2, $3, $4, $5::uuid[], $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
  ON CONFLICT (tenant_id, deal_id) DO UPDATE
     SET subscription_id = excluded.subscription_id, subscribed_time = excluded.subscribed_time, list_price = excluded.list_price,
         price_version = excluded.price_version, built_area = excluded.built_area,
         payment_plan_kind = excluded.payment_plan_kind, sign_by_time = excluded.sign_by_time,
         price = CASE WHEN fact_deal.contract_id IS NULL THEN excluded.price ELSE fact_deal.price END)sql";

constexpr char kSign[] = R"sql(
  INSERT INTO fact_deal (tenant_id, deal_id, project_id, room_id, customer_ids, consultant_id, team, subscription_id,
                         contract_id, contract_number, price, stamp_tax, sign_date, signed_time)
  VALUES ($1, $2, $3, $4, $5::uuid[], $6, $7, $8, $9, $10, $11, $12, $13, $14)
  ON CONFLICT (tenant_id, deal_id) DO UPDATE
     SET contract_id = excluded.contract_id, contract_number = excluded.contract_number, price = excluded.price,
         stamp_tax = excluded.stamp_tax, sign_date = excluded.sign_date, signed_time = excluded.signed_time,
         customer_ids = excluded.customer_ids, consultant_id = excluded.consultant_id, team = excluded.team)sql";

// A document that was handed over is its new consultant's; a deal that is signed was not.
constexpr char kReassignHold[] = R"sql(
  UPDATE fact_hold SET consultant_id = $3, team = $4 WHERE tenant_id = $1 AND hold_id = $2)sql";
constexpr char kReassignDeal[] = R"sql(
  UPDATE fact_deal SET consultant_id = $3, team = $4 WHERE tenant_id = $1 AND subscription_id = $2)sql";

constexpr char kSaveConsultant[] = R"sql(
  INSERT INTO dim_consultant (tenant_id, consultant_id, code, team, operator_name, version) VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (tenant_id, consultant_id) DO UPDATE
     SET code = excluded.code, team = excluded.team, operator_name = excluded.operator_name, version = excluded.version
   WHERE dim_consultant.version < excluded.version)sql";

absl::Status OnHoldPlaced(pg::Transaction& tx, const event::v1::Event& event, const v1::HoldPlaced& hold) {
  tx.Query(kPlaceHold, event.tenant_id(), IdOf(hold.hold()), IdOf(hold.deal()), IdOf(hold.project()), IdOf(hold.room()),
           IdOf(hold.customer()), IdOf(hold.consultant()), hold.team(),
           CodeOf(inventory::v1::HoldKind_descriptor(), hold.kind()), InstantOf(true, hold.time()),
           InstantOf(hold.has_expire_time(), hold.expire_time()), hold.version());
  return absl::OkStatus();
}

absl::Status OnHoldChanged(pg::Transaction& tx, const event::v1::Event& event, const v1::HoldChanged& hold) {
  const bool ended = hold.state() != v1::ACTIVE && hold.state() != v1::PENDING;
  tx.Query(kChangeHold, event.tenant_id(), IdOf(hold.hold()), IdOf(hold.deal()), IdOf(hold.project()),
           IdOf(hold.room()), IdOf(hold.customer()), InstantOf(hold.has_expire_time(), hold.expire_time()),
           CodeOf(v1::DocumentState_descriptor(), hold.state()), InstantOf(ended, hold.time()), hold.version());
  return absl::OkStatus();
}

absl::Status OnSubscribed(pg::Transaction& tx, const event::v1::Event& event, const v1::SubscriptionActivated& deal) {
  tx.Query(kSubscribe, event.tenant_id(), IdOf(deal.deal()), IdOf(deal.project()), IdOf(deal.room()),
           pg::ArrayOf(IdsOf(deal.customers())), IdOf(deal.consultant()), deal.team(), IdOf(deal.subscription()),
           InstantOf(true, deal.time()), deal.list_price().minor_units(), deal.price().minor_units(),
           deal.price_version(), deal.built_area_hundredths(), deal.payment_plan_kind(),
           InstantOf(deal.has_sign_by_time(), deal.sign_by_time()));
  return absl::OkStatus();
}

absl::Status OnSigned(pg::Transaction& tx, const event::v1::Event& event, const v1::ContractSigned& contract) {
  tx.Query(kSign, event.tenant_id(), IdOf(contract.deal()), IdOf(contract.project()), IdOf(contract.room()),
           pg::ArrayOf(IdsOf(contract.customers())), IdOf(contract.consultant()), contract.team(),
           IdOf(contract.subscription()), IdOf(contract.contract()), contract.number(), contract.price().minor_units(),
           contract.stamp_tax().minor_units(), DateOf(contract.has_sign_date(), contract.sign_date()),
           InstantOf(true, contract.time()));
  return absl::OkStatus();
}

absl::Status OnReassigned(pg::Transaction& tx, const event::v1::Event& event, const v1::DealReassigned& deal) {
  const bool held = deal.document().rfind("holds/", 0) == 0;
  tx.Query(held ? kReassignHold : kReassignDeal, event.tenant_id(), IdOf(deal.document()), IdOf(deal.consultant()),
           deal.team());
  return absl::OkStatus();
}

absl::Status OnConsultant(pg::Transaction& tx, const event::v1::Event& event, const v1::ConsultantChanged& consultant) {
  tx.Query(kSaveConsultant, event.tenant_id(), IdOf(consultant.consultant()), consultant.code(), consultant.team(),
           consultant.operator_name(), consultant.version());
  return absl::OkStatus();
}

}  // namespace

void ConsumeSales(Consumer& consumer) {
  consumer.On<v1::HoldPlaced>(&OnHoldPlaced);
  consumer.On<v1::HoldChanged>(&OnHoldChanged);
  consumer.On<v1::SubscriptionActivated>(&OnSubscribed);
  consumer.On<v1::ContractSigned>(&OnSigned);
  consumer.On<v1::DealReassigned>(&OnReassigned);
  consumer.On<v1::ConsultantChanged>(&OnConsultant);
  consumer.OnReset([](pg::Transaction& tx) {
    for (const char* sql : {"DELETE FROM fact_hold", "DELETE FROM fact_deal", "DELETE FROM dim_consultant"})
      tx.Query(sql);
    return absl::OkStatus();
  });
}

}  // namespace lintel::reporting
