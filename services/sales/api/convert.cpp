#include "services/sales/api/convert.h"

#include <google/protobuf/util/json_util.h>

#include "platform/ids/resource_name.h"
#include "platform/status/status.h"

namespace lintel::sales {
namespace {

constexpr size_t kMostBuyers = 10;
constexpr int32_t kWhole = 1'000'000;

v1::DocumentState ToState(const std::string& word) {
  v1::DocumentState state = v1::DOCUMENT_STATE_UNSPECIFIED;
  v1::DocumentState_Parse(word, &state);
  return state;
}

std::string NameOr(const char* collection, const std::string& id) { return id.empty() ? "" : collection + id; }

// Optional reference: an id, or nothing.
absl::StatusOr<std::string> ParseOptionalId(const std::string& field, const std::string& name,
                                            const std::string& pattern) {
  if (name.empty()) return std::string();
  return ParseId(field, name, pattern);
}

template <class Document>
Document FromSnapshot(const std::string& snapshot) {
  Document document;
  google::protobuf::util::JsonParseOptions lenient;
  lenient.ignore_unknown_fields = true;  // A field that a later version dropped.
  if (!google::protobuf::util::JsonStringToMessage(snapshot, &document, lenient).ok()) {
    throw std::runtime_error("a stored snapshot cannot be read");
  }
  return document;
}

google::protobuf::Duration ToProto(std::chrono::seconds seconds) {
  google::protobuf::Duration duration;
  duration.set_seconds(seconds.count());
  return duration;
}

}  // namespace

absl::StatusOr<RoomName> ParseRoomName(const std::string& field, const std::string& name) {
  ASSIGN_OR_RETURN(const std::vector<std::string> ids, ParseName(field, name, "projects/*/rooms/*"));
  return RoomName{ids[0], ids[1]};
}

std::string NameOfRoom(const std::string& project_id, const std::string& room_id) {
  return "projects/" + project_id + "/rooms/" + room_id;
}

v1::Hold ToProto(const Hold& hold) {
  v1::Hold message;
  message.set_name("holds/" + hold.id);
  message.set_room(NameOfRoom(hold.project_id, hold.room_id));
  message.set_customer(NameOr("customers/", hold.customer_id));
  message.set_consultant(NameOr("consultants/", hold.consultant_id));
  inventory::v1::HoldKind kind = inventory::v1::HOLD_KIND_UNSPECIFIED;
  inventory::v1::HoldKind_Parse(hold.kind, &kind);
  message.set_kind(kind);
  message.set_state(ToState(hold.state));
  *message.mutable_expire_time() = ToProto(hold.expire_time);
  *message.mutable_fee() = ToProto(hold.fee);
  message.set_reason(hold.reason);
  message.set_deal(hold.deal_id);
  message.set_failure_reason(hold.failure_reason);
  message.set_release_reason(hold.release_reason);
  message.set_extensions(hold.extensions);
  message.set_room_label(hold.room_label);
  *message.mutable_create_time() = ToProto(hold.create_time);
  *message.mutable_update_time() = ToProto(hold.update_time);
  message.set_etag(std::to_string(hold.version));
  return message;
}

v1::Subscription ToProto(const Subscription& subscription) {
  auto message = FromSnapshot<v1::Subscription>(subscription.snapshot);
  message.set_name("subscriptions/" + subscription.id);
  message.set_consultant(NameOr("consultants/", subscription.consultant_id));  // It may have been handed over since.
  message.set_state(ToState(subscription.state));
  message.set_failure_reason(subscription.failure_reason);
  *message.mutable_sign_by_time() = ToProto(subscription.sign_by_time);
  *message.mutable_create_time() = ToProto(subscription.create_time);
  *message.mutable_update_time() = ToProto(subscription.update_time);
  message.set_etag(std::to_string(subscription.version));
  return message;
}

v1::Contract ToProto(const Contract& contract) {
  auto message = FromSnapshot<v1::Contract>(contract.snapshot);
  message.set_name("contracts/" + contract.id);
  message.set_number(contract.number);
  message.set_state(ToState(contract.state));
  message.set_failure_reason(contract.failure_reason);
  *message.mutable_create_time() = ToProto(contract.create_time);
  *message.mutable_update_time() = ToProto(contract.update_time);
  message.set_etag(std::to_string(contract.version));
  return message;
}

v1::Consultant ToProto(const Consultant& consultant) {
  v1::Consultant message;
  message.set_name("consultants/" + consultant.id);
  message.set_code(consultant.code);
  message.set_display_name(consultant.display_name);
  message.set_operator_name(consultant.operator_name);
  message.set_team(consultant.team);
  message.set_team_display_name(consultant.team_display_name);
  if (consultant.join_date) *message.mutable_join_date() = ToProto(*consultant.join_date);
  if (consultant.leave_date) *message.mutable_leave_date() = ToProto(*consultant.leave_date);
  message.set_etag(std::to_string(consultant.version));
  return message;
}

v1::Policy ToProto(const std::string& project_id, const Policy& policy) {
  v1::Policy message;
  message.set_name("projects/" + project_id + "/policy");
  *message.mutable_hold_period() = ToProto(policy.hold_period);
  *message.mutable_longest_hold() = ToProto(policy.longest_hold);
  message.set_most_extensions(policy.most_extensions);
  *message.mutable_hold_fee() = ToProto(policy.hold_fee);
  *message.mutable_subscription_period() = ToProto(policy.subscription_period);
  *message.mutable_deposit() = ToProto(policy.deposit);
  message.set_deposit_kind(static_cast<v1::DepositKind>(policy.deposit_kind));
  *message.mutable_reminder_lead() = ToProto(policy.reminder_lead);
  message.set_alerts_off(policy.alerts_off);
  message.set_hold_expiry_releases(policy.hold_expiry_releases);
  message.set_consultant_discount_limit_ppm(policy.consultant_discount_limit_ppm);
  message.set_manager_discount_limit_ppm(policy.manager_discount_limit_ppm);
  if (policy.version > 0) *message.mutable_valid_from_time() = ToProto(policy.valid_from);
  message.set_etag(std::to_string(policy.version));
  return message;
}

v1::ContractNumberRange ToProto(const NumberRange& range) {
  v1::ContractNumberRange message;
  message.set_name("contractNumberRanges/" + range.id);
  message.set_project("projects/" + range.project_id);
  message.set_prefix(range.prefix);
  message.set_first(range.first);
  message.set_last(range.last);
  message.set_digits(range.digits);
  message.set_next(range.next);
  message.set_used(range.used);
  message.set_voided(range.voided);
  return message;
}

absl::StatusOr<HoldOrder> ParseHold(const v1::Hold& hold) {
  HoldOrder order;
  ASSIGN_OR_RETURN(order.room, ParseRoomName("hold.room", hold.room()));
  ASSIGN_OR_RETURN(order.customer_id, ParseOptionalId("hold.customer", hold.customer(), "customers/*"));
  ASSIGN_OR_RETURN(order.consultant_id, ParseOptionalId("hold.consultant", hold.consultant(), "consultants/*"));
  if (!inventory::v1::HoldKind_IsValid(hold.kind())) return InvalidField("hold.kind", "is none we know");
  const auto kind = hold.kind() == inventory::v1::HOLD_KIND_UNSPECIFIED ? inventory::v1::CUSTOMER : hold.kind();
  order.kind = inventory::v1::HoldKind_Name(kind);
  if (kind == inventory::v1::CUSTOMER && order.customer_id.empty()) return InvalidField("hold.customer", "is needed");
  if (hold.has_expire_time()) {
    ASSIGN_OR_RETURN(order.expire_time, ToInstant("hold.expire_time", hold.expire_time()));
  }
  if (hold.has_fee()) {
    ASSIGN_OR_RETURN(order.fee, ParseMoney("hold.fee", hold.fee()));
    if (order.fee->minor_units < 0) return InvalidField("hold.fee", "must not be negative");
  }
  RETURN_IF_ERROR(CheckLength("hold.reason", hold.reason(), kind == inventory::v1::CUSTOMER ? 0 : 1, 200));
  order.reason = hold.reason();
  return order;
}

namespace {

absl::StatusOr<Discount> ParseDiscount(const std::string& field, const v1::Discount& discount) {
  switch (discount.kind()) {
    case v1::MULTIPLY:
      return Discount(Multiply{discount.ppm()});
    case v1::POINTS:
      return Discount(Points{discount.ppm()});
    case v1::FIXED: {
      ASSIGN_OR_RETURN(Money amount, PositiveMoney(field + ".amount", discount.amount()));
      return Discount(Fixed{std::move(amount)});
    }
    case v1::UNIT_PRICE_CUT: {
      ASSIGN_OR_RETURN(Money amount, PositiveMoney(field + ".amount", discount.amount()));
      return Discount(UnitPriceCut{std::move(amount)});
    }
    default:
      return InvalidField(field + ".kind", "is needed");
  }
}

absl::StatusOr<std::vector<std::string>> ParseBuyers(const v1::Subscription& subscription) {
  const size_t count = static_cast<size_t>(subscription.buyers_size());
  if (count == 0 || count > kMostBuyers) return InvalidField("subscription.buyers", "must be 1 to 10");
  std::vector<std::string> ids;
  int64_t shares = 0;
  for (size_t i = 0; i < count; ++i) {
    const v1::Buyer& buyer = subscription.buyers(static_cast<int>(i));
    const std::string field = "subscription.buyers[" + std::to_string(i) + "]";
    ASSIGN_OR_RETURN(const std::string id, ParseId(field + ".customer", buyer.customer(), "customers/*"));
    if (std::find(ids.begin(), ids.end(), id) != ids.end()) return InvalidField(field + ".customer", "is named twice");
    if (buyer.share_ppm() < 0) return InvalidField(field + ".share_ppm", "must not be negative");
    shares += buyer.share_ppm();
    ids.push_back(id);
  }
  if (shares != 0 && shares != kWhole) {
    return InvalidField("subscription.buyers", "shares must all be 0 or sum to 1,000,000");
  }
  return ids;
}

}  // namespace

absl::StatusOr<SubscriptionOrder> ParseSubscription(const v1::Subscription& subscription) {
  SubscriptionOrder order;
  ASSIGN_OR_RETURN(order.room, ParseRoomName("subscription.room", subscription.room()));
  ASSIGN_OR_RETURN(order.customer_ids, ParseBuyers(subscription));
  for (int i = 0; i < subscription.discounts_size(); ++i) {
    const std::string field = "subscription.discounts[" + std::to_string(i) + "]";
    RETURN_IF_ERROR(CheckLength(field + ".reason", subscription.discounts(i).reason(), 0, 200));
    ASSIGN_OR_RETURN(Discount line, ParseDiscount(field, subscription.discounts(i)));
    order.discounts.push_back(std::move(line));
  }
  RETURN_IF_ERROR(ParseId("subscription.payment_plan", subscription.payment_plan(), "paymentPlans/*").status());
  ASSIGN_OR_RETURN(order.hold_id, ParseOptionalId("subscription.hold", subscription.hold(), "holds/*"));
  ASSIGN_OR_RETURN(order.consultant_id,
                   ParseOptionalId("subscription.consultant", subscription.consultant(), "consultants/*"));
  if (subscription.has_deposit()) {
    ASSIGN_OR_RETURN(order.deposit, ParseMoney("subscription.deposit", subscription.deposit()));
    if (order.deposit->minor_units < 0) return InvalidField("subscription.deposit", "must not be negative");
  }
  if (subscription.deal_reasons_size() > 10) return InvalidField("subscription.deal_reasons", "at most 10");
  for (const std::string& reason : subscription.deal_reasons()) {
    RETURN_IF_ERROR(CheckLength("subscription.deal_reasons", reason, 1, 40));
  }
  return order;
}

absl::StatusOr<Consultant> ParseConsultant(const v1::Consultant& message) {
  RETURN_IF_ERROR(CheckLength("consultant.code", message.code(), 1, 20));
  RETURN_IF_ERROR(CheckLength("consultant.display_name", message.display_name(), 1, 60));
  RETURN_IF_ERROR(CheckLength("consultant.team_display_name", message.team_display_name(), 0, 60));
  if (!message.operator_name().empty()) {
    RETURN_IF_ERROR(ParseId("consultant.operator_name", message.operator_name(), "operators/*").status());
  }
  if (!message.team().empty()) RETURN_IF_ERROR(ParseId("consultant.team", message.team(), "teams/*").status());
  Consultant consultant{.code = message.code(),
                        .display_name = message.display_name(),
                        .operator_name = message.operator_name(),
                        .team = message.team(),
                        .team_display_name = message.team_display_name()};
  if (message.has_join_date()) {
    ASSIGN_OR_RETURN(consultant.join_date, ToDate("consultant.join_date", message.join_date()));
  }
  if (message.has_leave_date()) {
    ASSIGN_OR_RETURN(consultant.leave_date, ToDate("consultant.leave_date", message.leave_date()));
  }
  return consultant;
}

absl::StatusOr<Policy> ParsePolicy(const v1::Policy& message) {
  const auto seconds = [](const google::protobuf::Duration& duration) {
    return std::chrono::seconds(duration.seconds());
  };
  Policy policy;
  if (message.has_hold_period()) policy.hold_period = seconds(message.hold_period());
  if (message.has_longest_hold()) policy.longest_hold = seconds(message.longest_hold());
  policy.most_extensions = message.most_extensions();
  ASSIGN_OR_RETURN(policy.hold_fee, ParseMoney("policy.hold_fee", message.hold_fee()));
  if (message.has_subscription_period()) policy.subscription_period = seconds(message.subscription_period());
  ASSIGN_OR_RETURN(policy.deposit, ParseMoney("policy.deposit", message.deposit()));
  policy.deposit_kind = message.deposit_kind() == v1::PREPAYMENT ? DepositKind::kPrepayment : DepositKind::kEarnest;
  if (message.has_reminder_lead()) policy.reminder_lead = seconds(message.reminder_lead());
  policy.alerts_off = message.alerts_off();
  policy.hold_expiry_releases = message.hold_expiry_releases();
  policy.consultant_discount_limit_ppm = message.consultant_discount_limit_ppm();
  policy.manager_discount_limit_ppm = message.manager_discount_limit_ppm();
  RETURN_IF_ERROR(CheckPolicy(policy));
  return policy;
}

}  // namespace lintel::sales
