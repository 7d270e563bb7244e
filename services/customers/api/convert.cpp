#include "services/customers/api/convert.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "platform/ids/resource_name.h"
#include "platform/phone/phone.h"
#include "platform/status/status.h"
#include "platform/text/text.h"

namespace lintel::customers {
namespace {

v1::PhoneDetail ToDetail(const std::string& number) {
  const Phone phone = ParsePhone("", number).value_or(Phone{.number = number, .doubtful = true});
  v1::PhoneDetail detail;
  switch (phone.kind) {
    case Phone::Kind::kMobile:
      detail.set_kind(v1::MOBILE);
      break;
    case Phone::Kind::kFixedLine:
      detail.set_kind(v1::FIXED_LINE);
      break;
    case Phone::Kind::kShortCode:
      detail.set_kind(v1::SHORT_CODE);
      break;
    case Phone::Kind::kForeign:
      detail.set_kind(v1::FOREIGN);
      break;
    case Phone::Kind::kUnknown:
      detail.set_kind(v1::PHONE_UNKNOWN);
      break;
  }
  detail.set_region(phone.region);
  detail.set_doubtful(phone.doubtful);
  return detail;
}

absl::Status TakePhones(const v1::Customer& from, Customer& target) {
  if (static_cast<size_t>(from.phones_size()) > kMostPhones) return InvalidField("customer.phones", "takes at most 8");
  target.personal.phones.clear();
  for (int i = 0; i < from.phones_size(); ++i) {
    ASSIGN_OR_RETURN(const Phone phone, ParsePhone(absl::StrCat("customer.phones[", i, "]"), from.phones(i)));
    auto& phones = target.personal.phones;
    if (std::find(phones.begin(), phones.end(), phone.number) == phones.end()) phones.push_back(phone.number);
  }
  return absl::OkStatus();
}

absl::Status TakeTags(const v1::Customer& from, Customer& target) {
  if (static_cast<size_t>(from.tags_size()) > kMostTags) return InvalidField("customer.tags", "takes at most 20");
  target.tags.clear();
  for (int i = 0; i < from.tags_size(); ++i) {
    RETURN_IF_ERROR(CheckText(absl::StrCat("customer.tags[", i, "]"), from.tags(i), {.least = 1, .most = 30}));
    target.tags.push_back(Trimmed(from.tags(i)));
  }
  return absl::OkStatus();
}

absl::Status TakeProjects(const v1::Customer& from, Customer& target) {
  if (static_cast<size_t>(from.projects_size()) > kMostProjects) {
    return InvalidField("customer.projects", "takes at most 20");
  }
  target.project_ids.clear();
  for (int i = 0; i < from.projects_size(); ++i) {
    ASSIGN_OR_RETURN(std::string id,
                     ParseId(absl::StrCat("customer.projects[", i, "]"), from.projects(i), "projects/*"));
    target.project_ids.push_back(std::move(id));
  }
  return absl::OkStatus();
}

absl::Status TakePrivate(const v1::Customer& from, Customer& target) {
  if (from.id_number().find('*') != std::string::npos) {
    return InvalidField("customer.id_number", "is masked; send the whole number or leave it out");
  }
  RETURN_IF_ERROR(CheckText("customer.id_number", from.id_number(), {.most = 40}));
  RETURN_IF_ERROR(CheckText("customer.address", from.address(), {.most = 200}));
  RETURN_IF_ERROR(CheckText("customer.email", from.email(), {.most = 200}));
  RETURN_IF_ERROR(CheckText("customer.remark", from.remark(), {.most = 2000, .lines = true}));
  target.personal.id_number = Trimmed(from.id_number());
  target.personal.address = Trimmed(from.address());
  target.personal.email = Trimmed(from.email());
  target.personal.remark = from.remark();
  return TakePhones(from, target);
}

template <class Event>
Event WithState(Event event, const Customer& customer) {
  event.set_customer("customers/" + customer.id);
  event.set_source(customer.source);
  event.set_level(customer.level);
  if (customer.owner_id) event.set_owner("operators/" + *customer.owner_id);
  if (customer.owner_team) event.set_owner_team("teams/" + *customer.owner_team);
  for (const std::string& id : customer.project_ids) event.add_projects("projects/" + id);
  return event;
}

}  // namespace

v1::Customer ToProto(const Customer& from) {
  v1::Customer to;
  to.set_name("customers/" + from.id);
  to.set_display_name(from.display_name);
  for (const std::string& number : from.personal.phones) {
    to.add_phones(number);
    *to.add_phone_details() = ToDetail(number);
  }
  to.set_id_kind(from.id_kind);
  to.set_id_number(from.personal.id_number);
  to.set_gender(from.gender);
  to.set_address(from.personal.address);
  to.set_email(from.personal.email);
  to.set_remark(from.personal.remark);
  to.set_language(from.language);
  to.set_source(from.source);
  to.set_level(from.level);
  for (const std::string& tag : from.tags) to.add_tags(tag);
  for (const std::string& id : from.project_ids) to.add_projects("projects/" + id);
  if (from.owner_id) to.set_owner("operators/" + *from.owner_id);
  if (from.owner_team) to.set_owner_team("teams/" + *from.owner_team);
  *to.mutable_protection_end_time() = lintel::ToProto(from.protection_end_time);
  to.set_do_not_call(from.do_not_call);
  to.set_state(from.erased ? v1::CUSTOMER_ERASED : v1::CUSTOMER_ACTIVE);
  *to.mutable_last_contact_time() = lintel::ToProto(from.last_contact_time);
  *to.mutable_create_time() = lintel::ToProto(from.created_time);
  *to.mutable_update_time() = lintel::ToProto(from.updated_time);
  to.set_etag(std::to_string(from.version));
  return to;
}

absl::Status FromProto(const v1::Customer& from, Customer& target) {
  RETURN_IF_ERROR(CheckText("customer.display_name", from.display_name(), {.least = 1, .most = 60}));
  target.display_name = Trimmed(from.display_name());
  RETURN_IF_ERROR(TakePrivate(from, target));
  RETURN_IF_ERROR(CheckCode("customer.id_kind", from.id_kind()));
  RETURN_IF_ERROR(CheckCode("customer.source", from.source()));
  RETURN_IF_ERROR(CheckCode("customer.level", from.level()));
  if (!from.gender().empty() && from.gender() != "female" && from.gender() != "male") {
    return InvalidField("customer.gender", "must be female, male or empty");
  }
  if (!from.language().empty() && from.language() != "zh-CN" && from.language() != "en") {
    return InvalidField("customer.language", "must be zh-CN or en");
  }
  target.id_kind = from.id_kind();
  target.source = from.source();
  target.level = from.level();
  target.gender = from.gender();
  target.language = from.language().empty() ? "zh-CN" : from.language();
  target.do_not_call = from.do_not_call();
  RETURN_IF_ERROR(TakeTags(from, target));
  return TakeProjects(from, target);
}

absl::Status CheckCode(const std::string& field, const std::string& code) {
  const bool plain = code.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos;
  if (code.size() > 40 || !plain) return InvalidField(field, "must be at most 40 of a-z, 0-9 and hyphen");
  return absl::OkStatus();
}

v1::Visit ToProto(const Visit& from, const std::string& note) {
  v1::Visit to;
  to.set_name(absl::StrCat("customers/", from.customer_id, "/visits/", from.id));
  to.set_kind(from.kind);
  if (from.project_id) to.set_project("projects/" + *from.project_id);
  to.set_note(note);
  *to.mutable_visit_time() = lintel::ToProto(from.visit_time);
  if (from.next_contact_time) *to.mutable_next_contact_time() = lintel::ToProto(*from.next_contact_time);
  to.set_operator_(from.operator_name);
  *to.mutable_create_time() = lintel::ToProto(from.created_time);
  return to;
}

v1::Consent ToProto(const Consent& from, const std::string& customer_id) {
  v1::Consent to;
  to.set_name(absl::StrCat("customers/", customer_id, "/consents/", from.id));
  to.set_purpose(from.purpose);
  to.set_text_version(from.text_version);
  to.set_channel(from.channel);
  to.set_operator_(from.operator_name);
  *to.mutable_grant_time() = lintel::ToProto(from.grant_time);
  if (from.withdraw_time) *to.mutable_withdraw_time() = lintel::ToProto(*from.withdraw_time);
  return to;
}

v1::TimelineEntry ToProto(const Entry& from, const std::string& note) {
  v1::TimelineEntry to;
  to.set_kind(from.kind);
  *to.mutable_occurred_time() = lintel::ToProto(from.occurred_time);
  to.set_resource(from.resource);
  for (const auto& [key, value] : from.details) (*to.mutable_values())[key] = value;
  to.set_note(note);
  to.set_operator_(from.operator_name);
  return to;
}

v1::CustomerRegistered RegisteredEvent(const Customer& customer) {
  return WithState(v1::CustomerRegistered(), customer);
}

v1::CustomerChanged ChangedEvent(const Customer& before, const Customer& after) {
  v1::CustomerChanged event = WithState(v1::CustomerChanged(), after);
  event.set_name_changed(before.display_name != after.display_name);
  event.set_do_not_call(after.do_not_call);
  return event;
}

v1::CustomerErased ErasedEvent(const Customer& customer) {
  v1::CustomerErased event;
  event.set_customer("customers/" + customer.id);
  if (customer.owner_id) event.set_owner("operators/" + *customer.owner_id);
  if (customer.owner_team) event.set_owner_team("teams/" + *customer.owner_team);
  return event;
}

}  // namespace lintel::customers
