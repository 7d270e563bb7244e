#include "services/sales/api/setup_convert.h"

#include "platform/ids/resource_name.h"
#include "platform/status/status.h"

namespace lintel::sales {
namespace {

void Set(google::protobuf::Duration& message, std::chrono::seconds value) { message.set_seconds(value.count()); }

std::chrono::seconds Or(bool present, const google::protobuf::Duration& message, std::chrono::seconds current) {
  return present ? std::chrono::seconds(message.seconds()) : current;
}

}  // namespace

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

absl::StatusOr<Consultant> ParseConsultant(const v1::Consultant& consultant) {
  RETURN_IF_ERROR(CheckLength("consultant.code", consultant.code(), 1, 20));
  RETURN_IF_ERROR(CheckLength("consultant.display_name", consultant.display_name(), 1, 60));
  RETURN_IF_ERROR(CheckLength("consultant.team_display_name", consultant.team_display_name(), 0, 60));
  if (!consultant.operator_name().empty()) {
    RETURN_IF_ERROR(ParseId("consultant.operator_name", consultant.operator_name(), "operators/*").status());
  }
  if (!consultant.team().empty()) RETURN_IF_ERROR(ParseId("consultant.team", consultant.team(), "teams/*").status());
  Consultant parsed{.code = consultant.code(),
                    .display_name = consultant.display_name(),
                    .operator_name = consultant.operator_name(),
                    .team = consultant.team(),
                    .team_display_name = consultant.team_display_name()};
  if (consultant.has_join_date()) {
    ASSIGN_OR_RETURN(parsed.join_date, ToDate("consultant.join_date", consultant.join_date()));
  }
  if (consultant.has_leave_date()) {
    ASSIGN_OR_RETURN(parsed.leave_date, ToDate("consultant.leave_date", consultant.leave_date()));
  }
  return parsed;
}

v1::Policy ToProto(const std::string& project_id, const Policy& policy) {
  v1::Policy message;
  message.set_name("projects/" + project_id + "/policy");
  Set(*message.mutable_hold_period(), policy.hold_period);
  Set(*message.mutable_longest_hold(), policy.longest_hold);
  message.set_most_extensions(policy.most_extensions);
  *message.mutable_hold_fee() = ToProto(policy.hold_fee);
  Set(*message.mutable_subscription_period(), policy.subscription_period);
  *message.mutable_deposit() = ToProto(policy.deposit);
  message.set_deposit_kind(static_cast<v1::DepositKind>(policy.deposit_kind));
  Set(*message.mutable_reminder_lead(), policy.reminder_lead);
  message.set_alerts_off(policy.alerts_off);
  message.set_hold_expiry_releases(policy.hold_expiry_releases);
  message.set_consultant_discount_limit_ppm(policy.consultant_discount_limit_ppm);
  message.set_manager_discount_limit_ppm(policy.manager_discount_limit_ppm);
  if (policy.version > 0) *message.mutable_valid_from_time() = ToProto(policy.valid_from);
  message.set_etag(std::to_string(policy.version));
  return message;
}

absl::StatusOr<Policy> ParsePolicy(const v1::Policy& message, const Policy& current) {
  Policy policy = current;
  policy.hold_period = Or(message.has_hold_period(), message.hold_period(), current.hold_period);
  policy.longest_hold = Or(message.has_longest_hold(), message.longest_hold(), current.longest_hold);
  policy.most_extensions = message.most_extensions();  // Sent whole: proto3 does not tell 0 from absent.
  policy.subscription_period =
      Or(message.has_subscription_period(), message.subscription_period(), current.subscription_period);
  policy.reminder_lead = Or(message.has_reminder_lead(), message.reminder_lead(), current.reminder_lead);
  if (message.has_hold_fee()) {
    ASSIGN_OR_RETURN(policy.hold_fee, ParseMoney("policy.hold_fee", message.hold_fee()));
  }
  if (message.has_deposit()) {
    ASSIGN_OR_RETURN(policy.deposit, ParseMoney("policy.deposit", message.deposit()));
  }
  if (message.deposit_kind() != v1::DEPOSIT_KIND_UNSPECIFIED) {
    if (message.deposit_kind() > v1::PREPAYMENT)
      return InvalidField("policy.deposit_kind", "must be EARNEST or PREPAYMENT");
    policy.deposit_kind = static_cast<DepositKind>(message.deposit_kind());
  }
  policy.alerts_off = message.alerts_off();
  policy.hold_expiry_releases = message.hold_expiry_releases();
  policy.consultant_discount_limit_ppm = message.consultant_discount_limit_ppm();
  policy.manager_discount_limit_ppm = message.manager_discount_limit_ppm();
  RETURN_IF_ERROR(CheckPolicy(policy));
  return policy;
}

v1::ContractNumberRange ToProto(const StoredRange& stored) {
  v1::ContractNumberRange message;
  message.set_name("contractNumberRanges/" + stored.id);
  message.set_project("projects/" + stored.project_id);
  message.set_prefix(stored.range.prefix);
  message.set_first(stored.range.first);
  message.set_last(stored.range.last);
  message.set_digits(stored.range.digits);
  message.set_next(stored.next);
  message.set_used(stored.used);
  message.set_voided(stored.voided);
  return message;
}

}  // namespace lintel::sales
