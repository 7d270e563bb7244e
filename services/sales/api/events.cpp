// Domain facts to events: ids, states, money and codes only.
#include "services/sales/api/convert.h"

namespace lintel::sales {
namespace {

std::string NameOr(const char* collection, const std::string& id) { return id.empty() ? "" : collection + id; }

template <class Event, class Deal>
void FillDeal(const Deal& deal, Event& event) {
  event.set_deal(deal.deal_id);
  event.set_project("projects/" + deal.project_id);
  event.set_room(NameOfRoom(deal.project_id, deal.room_id));
  event.set_operator_name(deal.operator_name);
  event.set_team(deal.team);
  *event.mutable_time() = ToProto(deal.update_time);
  event.set_version(deal.version);
}

}  // namespace

v1::HoldPlaced HoldPlacedEvent(const Hold& hold) {
  v1::HoldPlaced event;
  FillDeal(hold, event);
  event.set_hold("holds/" + hold.id);
  event.set_customer(NameOr("customers/", hold.customer_id));
  event.set_consultant(NameOr("consultants/", hold.consultant_id));
  event.set_kind(ToProto(hold).kind());
  *event.mutable_expire_time() = ToProto(hold.expire_time);
  return event;
}

v1::HoldChanged HoldChangedEvent(const Hold& hold) {
  v1::HoldChanged event;
  FillDeal(hold, event);
  event.set_hold("holds/" + hold.id);
  event.set_customer(NameOr("customers/", hold.customer_id));
  event.set_state(ToProto(hold).state());
  *event.mutable_expire_time() = ToProto(hold.expire_time);
  return event;
}

v1::SubscriptionActivated SubscriptionActivatedEvent(const Subscription& subscription) {
  const v1::Subscription agreed = ToProto(subscription);
  v1::SubscriptionActivated event;
  FillDeal(subscription, event);
  event.set_subscription(agreed.name());
  for (const v1::Buyer& buyer : agreed.buyers()) event.add_customers(buyer.customer());
  event.set_consultant(agreed.consultant());
  *event.mutable_list_price() = agreed.list_price();
  *event.mutable_price() = agreed.price();
  event.set_price_version(agreed.price_version());
  event.set_built_area_hundredths(agreed.built_area_hundredths());
  *event.mutable_deal_reasons() = agreed.deal_reasons();
  *event.mutable_sign_by_time() = agreed.sign_by_time();
  return event;
}

v1::ContractSigned ContractSignedEvent(const Contract& contract) {
  const v1::Contract agreed = ToProto(contract);
  v1::ContractSigned event;
  FillDeal(contract, event);
  event.set_contract(agreed.name());
  event.set_number(contract.number);
  event.set_subscription("subscriptions/" + contract.subscription_id);
  for (const v1::Buyer& buyer : agreed.buyers()) event.add_customers(buyer.customer());
  event.set_consultant(agreed.consultant());
  *event.mutable_price() = agreed.price();
  *event.mutable_stamp_tax() = agreed.stamp_tax();
  *event.mutable_sign_date() = agreed.sign_date();
  return event;
}

template <class Document>
v1::DealReassigned ReassignedEvent(const Document& document, const std::string& before) {
  v1::DealReassigned event;
  FillDeal(document, event);
  event.set_document(NameOf(document));
  event.set_consultant(NameOr("consultants/", document.consultant_id));
  event.set_previous_consultant(NameOr("consultants/", before));
  return event;
}
template v1::DealReassigned ReassignedEvent(const Hold&, const std::string&);
template v1::DealReassigned ReassignedEvent(const Subscription&, const std::string&);

v1::ConsultantChanged ConsultantChangedEvent(const Consultant& consultant) {
  v1::ConsultantChanged event;
  event.set_consultant("consultants/" + consultant.id);
  event.set_code(consultant.code);
  event.set_team(consultant.team);
  event.set_operator_name(consultant.operator_name);
  event.set_version(consultant.version);
  return event;
}

}  // namespace lintel::sales
