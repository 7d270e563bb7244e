#include "services/sales/api/subscriptions_service.h"

#include "platform/ids/ids.h"
#include "platform/ids/resource_name.h"
#include "platform/status/status.h"
#include "services/sales/api/deal_start.h"
#include "services/sales/store/deal_store.h"
#include "services/sales/store/hold_store.h"

namespace lintel::sales {
namespace {

constexpr char kService[] = "lintel.sales.v1.SubscriptionsService/";
constexpr char kDeepDiscounts[] = "discount.approve";

Rounding ToRounding(inventory::v1::Rounding rounding) {
  switch (rounding) {
    case inventory::v1::HALF_UP_TO_YUAN:
      return Rounding::kHalfUpToYuan;
    case inventory::v1::HALF_UP_TO_FEN:
      return Rounding::kHalfUpToFen;
    case inventory::v1::TRUNCATE_TO_FEN:
      return Rounding::kTruncateToFen;
    default:
      return Rounding::kTruncateToYuan;
  }
}

// The document as it would be agreed now: price, deposit and deadline; FAILED_PRECONDITION ROOM_UNPRICED,
// PERMIT_MISSING, PERMISSION_DENIED DISCOUNT_BEYOND_RIGHT.
absl::StatusOr<v1::Subscription> Agree(const Call& call, const v1::Subscription& asked, const SubscriptionOrder& order,
                                       const inventory::v1::SaleTerms& terms, const Policy& policy, Instant now) {
  if (!terms.has_list_price()) return Refused("ROOM_UNPRICED", "the room has no price");
  if (!terms.permit_valid()) return Refused("PERMIT_MISSING", "no valid presale permit covers the room");
  ASSIGN_OR_RETURN(const Money list_price, PositiveMoney("subscription.room", terms.list_price()));
  const Area area{terms.room().built_area_hundredths()};
  ASSIGN_OR_RETURN(const Money price, ApplyDiscounts(list_price, area, order.discounts, ToRounding(terms.rounding())));
  const int64_t limit =
      call.principal().Has(kDeepDiscounts) ? policy.manager_discount_limit_ppm : policy.consultant_discount_limit_ppm;
  RETURN_IF_ERROR(CheckDiscountRight(list_price, price, limit));
  v1::Subscription agreed = asked;
  *agreed.mutable_list_price() = ToProto(list_price);
  agreed.set_price_version(terms.price_version());
  *agreed.mutable_price() = ToProto(price);
  agreed.set_built_area_hundredths(area.hundredths);
  *agreed.mutable_deposit() = ToProto(order.deposit.value_or(policy.deposit));
  if (agreed.deposit_kind() == v1::DEPOSIT_KIND_UNSPECIFIED) {
    agreed.set_deposit_kind(static_cast<v1::DepositKind>(policy.deposit_kind));
  }
  *agreed.mutable_sign_by_time() = ToProto(now + policy.subscription_period);
  agreed.set_room_label(LabelOf(terms.room()));
  // Output only, whatever the client sent.
  agreed.set_state(v1::PENDING);
  for (auto* text : {agreed.mutable_account(), agreed.mutable_failure_reason(), agreed.mutable_deal()}) text->clear();
  agreed.clear_schedule();
  return agreed;
}

// The deal's hold, which from now on only this subscription changes.
absl::StatusOr<Hold> TakeHold(pg::Transaction& tx, const Call& call, const SubscriptionOrder& order, Instant now) {
  HoldStore holds(tx, call.scope());
  ASSIGN_OR_RETURN(Hold hold, holds.FindForUpdate(order.hold_id));
  if (hold.room_id != order.room.room_id) return InvalidField("subscription.hold", "is for another room");
  RETURN_IF_ERROR(CheckActive(hold));
  hold.busy = "convert";
  holds.Save(hold, now);
  return hold;
}

}  // namespace

void SubscriptionsService::Register(Server& server) {
  const std::string prefix = kService;
  server.Handle(prefix + "CreateSubscription", this, &SubscriptionsService::CreateSubscription);
  server.Handle(prefix + "PreviewSubscription", this, &SubscriptionsService::PreviewSubscription);
  server.Handle(prefix + "GetSubscription", this, &SubscriptionsService::GetSubscription);
  server.Handle(prefix + "ListSubscriptions", this, &SubscriptionsService::ListSubscriptions);
}

absl::StatusOr<v1::Subscription> SubscriptionsService::CreateSubscription(
    const Call& call, const v1::CreateSubscriptionRequest& request) {
  ASSIGN_OR_RETURN(const SubscriptionOrder order, ParseSubscription(request.subscription()));
  ASSIGN_OR_RETURN(const inventory::v1::SaleTerms terms, TermsFor(call, peers_, order.room));
  RETURN_IF_ERROR(peers_.CheckCustomers(call.OnBehalf(), "subscription.buyers", order.customer_ids));
  ASSIGN_OR_RETURN(const Date today, DateIn(commands_.Now(), terms.time_zone()));
  const std::string team_name = TeamNameFor(commands_.database(), call, peers_, order.consultant_id);
  using Data = finance::v1::PreviewScheduleResponse;
  const auto create = [&](pg::Transaction& tx) -> absl::StatusOr<ProcessStart<Data>> {
    const Instant now = commands_.Now();
    ASSIGN_OR_RETURN(const Seller seller, SellerFor(tx, call, "subscription.consultant", order.consultant_id, today));
    const Policy policy = PolicyStore(tx, call.tenant()).Find(order.room.project_id);
    ASSIGN_OR_RETURN(v1::Subscription agreed, Agree(call, request.subscription(), order, terms, policy, now));
    const std::string id = NewId();
    std::string deal_id = id;
    if (!order.hold_id.empty()) {
      ASSIGN_OR_RETURN(const Hold hold, TakeHold(tx, call, order, now));
      deal_id = hold.deal_id;
    }
    agreed.set_deal(deal_id);
    if (!seller.consultant_id.empty()) agreed.set_consultant("consultants/" + seller.consultant_id);
    ASSIGN_OR_RETURN(const Instant sign_by, ToInstant("sign_by_time", agreed.sign_by_time()));
    SubscriptionStore(tx, call.scope())
        .Insert({.id = id,
                 .project_id = order.room.project_id,
                 .room_id = order.room.room_id,
                 .deal_id = deal_id,
                 .hold_id = order.hold_id,
                 .consultant_id = seller.consultant_id,
                 .operator_name = seller.operator_name,
                 .team = seller.team,
                 .team_name = seller.team_name.empty() ? team_name : seller.team_name,
                 .customer_ids = order.customer_ids,
                 .state = "PENDING",
                 .price = Fen(agreed.price().minor_units()),
                 .sign_by_time = sign_by,
                 .remind_time = RemindTime(policy, now, sign_by),
                 .time_zone = terms.time_zone(),
                 .room_label = agreed.room_label(),
                 .snapshot = ToSnapshot(agreed),
                 .create_time = now});
    return ProcessStart<Data>{.document_id = id};
  };
  return processes_.Run<v1::Subscription, Data>(call, request, kSubscribe, create);
}

absl::StatusOr<v1::Subscription> SubscriptionsService::PreviewSubscription(
    const Call& call, const v1::PreviewSubscriptionRequest& request) {
  ASSIGN_OR_RETURN(const SubscriptionOrder order, ParseSubscription(request.subscription()));
  ASSIGN_OR_RETURN(const inventory::v1::SaleTerms terms, TermsFor(call, peers_, order.room));
  ASSIGN_OR_RETURN(const Policy policy, commands_.database().Run<Policy>(
                                            call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<Policy> {
                                              return PolicyStore(tx, call.tenant()).Find(order.room.project_id);
                                            }));
  ASSIGN_OR_RETURN(v1::Subscription agreed, Agree(call, request.subscription(), order, terms, policy, commands_.Now()));
  agreed.set_state(v1::DOCUMENT_STATE_UNSPECIFIED);
  finance::v1::PreviewScheduleRequest preview;
  preview.set_payment_plan(agreed.payment_plan());
  *preview.mutable_price() = agreed.price();
  *preview.mutable_deposit() = agreed.deposit();
  ASSIGN_OR_RETURN(const Date today, DateIn(commands_.Now(), terms.time_zone()));
  *preview.mutable_start_date() = ToProto(today);
  ASSIGN_OR_RETURN(const finance::v1::PreviewScheduleResponse schedule, peers_.Preview(call.OnBehalf(), preview));
  for (const finance::v1::ScheduleItem& item : schedule.items()) {
    v1::ScheduleLine& line = *agreed.add_schedule();
    line.set_sequence(item.sequence());
    line.set_kind(item.kind());
    *line.mutable_due_date() = item.due_date();
    *line.mutable_amount() = item.amount();
  }
  return agreed;
}

absl::StatusOr<v1::Subscription> SubscriptionsService::GetSubscription(const Call& call,
                                                                       const v1::GetSubscriptionRequest& request) {
  ASSIGN_OR_RETURN(const std::string id, ParseId("name", request.name(), "subscriptions/*"));
  return commands_.database().Run<v1::Subscription>(
      call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<v1::Subscription> {
        ASSIGN_OR_RETURN(const Subscription subscription, SubscriptionStore(tx, call.scope()).Find(id));
        return ToProto(subscription);
      });
}

absl::StatusOr<v1::ListSubscriptionsResponse> SubscriptionsService::ListSubscriptions(
    const Call& call, const v1::ListSubscriptionsRequest& request) {
  ASSIGN_OR_RETURN(const List list, MakeList(SubscriptionStore::Spec(), ListRequestOf(request)));
  using Response = v1::ListSubscriptionsResponse;
  return commands_.database().Run<Response>(call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<Response> {
    const Listed page = SubscriptionStore(tx, call.scope()).List(list);
    Response response;
    for (const pqxx::row& row : page.rows()) {
      *response.add_subscriptions() = ToProto(SubscriptionStore::ToSubscription(row));
    }
    response.set_next_page_token(page.next_page_token());
    return response;
  });
}

}  // namespace lintel::sales
