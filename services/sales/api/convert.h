// Proto to domain and back, and domain facts to events.
#pragma once

#include "lintel/sales/v1/events.pb.h"
#include "lintel/sales/v1/policies.pb.h"
#include "lintel/sales/v1/sales.pb.h"
#include "platform/outbox/outbox.h"
#include "platform/wire/values.h"
#include "services/sales/domain/consultant.h"
#include "services/sales/domain/deal.h"
#include "services/sales/domain/hold.h"
#include "services/sales/domain/price.h"
#include "services/sales/store/people_store.h"

namespace lintel::sales {

using lintel::ToProto;  // Beside this service's own.

struct RoomName {
  std::string project_id;
  std::string room_id;
};
absl::StatusOr<RoomName> ParseRoomName(const std::string& field, const std::string& name);
std::string NameOfRoom(const std::string& project_id, const std::string& room_id);
inline std::string NameOf(const Hold& hold) { return "holds/" + hold.id; }
inline std::string NameOf(const Subscription& subscription) { return "subscriptions/" + subscription.id; }

v1::Hold ToProto(const Hold& hold);
v1::Subscription ToProto(const Subscription& subscription);
v1::Contract ToProto(const Contract& contract);
v1::Consultant ToProto(const Consultant& consultant);
v1::Policy ToProto(const std::string& project_id, const Policy& policy);
v1::ContractNumberRange ToProto(const NumberRange& range);

// What was agreed, kept as JSON in the document's row.
template <class Document>
std::string ToSnapshot(const Document& document) {
  return AuditJson(document);
}

// As the client wants it: every field checked.
struct HoldOrder {
  RoomName room;
  std::string customer_id;
  std::string consultant_id;
  std::string kind;
  std::optional<Instant> expire_time;
  std::optional<Money> fee;
  std::string reason;
};
absl::StatusOr<HoldOrder> ParseHold(const v1::Hold& hold);

struct SubscriptionOrder {
  RoomName room;
  std::vector<std::string> customer_ids;
  std::vector<Discount> discounts;
  std::string hold_id;
  std::string consultant_id;
  std::optional<Money> deposit;
};
absl::StatusOr<SubscriptionOrder> ParseSubscription(const v1::Subscription& subscription);

absl::StatusOr<Consultant> ParseConsultant(const v1::Consultant& consultant);
absl::StatusOr<Policy> ParsePolicy(const v1::Policy& policy);

v1::HoldPlaced HoldPlacedEvent(const Hold& hold);
v1::HoldChanged HoldChangedEvent(const Hold& hold);
v1::SubscriptionActivated SubscriptionActivatedEvent(const Subscription& subscription);
v1::ContractSigned ContractSignedEvent(const Contract& contract);
// Of a hold or a subscription that was handed over; `before` is the id of the consultant who had it.
template <class Document>
v1::DealReassigned ReassignedEvent(const Document& document, const std::string& before);
v1::ConsultantChanged ConsultantChangedEvent(const Consultant& consultant);

}  // namespace lintel::sales
