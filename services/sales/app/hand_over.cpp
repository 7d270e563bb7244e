#include "services/sales/app/hand_over.h"

#include "platform/status/status.h"
#include "services/sales/api/convert.h"
#include "services/sales/store/deal_store.h"
#include "services/sales/store/hold_store.h"

namespace lintel::sales {
namespace {

template <class Store>
absl::Status HandOverAll(Store store, pg::Transaction& tx, const Cause& cause, const std::string& consultant_id,
                         const Seller& successor, std::vector<std::string>& documents) {
  for (const auto& before : store.FindOpenForUpdate(consultant_id)) {
    RETURN_IF_ERROR(CheckIdle(before));
    auto after = before;
    GiveTo(successor, after);
    store.SaveOwner(after, cause.now);
    const v1::DealReassigned event = ReassignedEvent(after, consultant_id);
    Outbox(tx, cause).Append(event, event.document(), after.version,
                             {.before = AuditJson(ToProto(before)), .after = AuditJson(ToProto(after))});
    documents.push_back(event.document());
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::vector<std::string>> HandOver(pg::Transaction& tx, const Cause& cause,
                                                  const std::string& consultant_id, const Seller& successor) {
  const Scope everything = WholeTenant(cause.tenant);
  std::vector<std::string> documents;
  RETURN_IF_ERROR(HandOverAll(HoldStore(tx, everything), tx, cause, consultant_id, successor, documents));
  RETURN_IF_ERROR(HandOverAll(SubscriptionStore(tx, everything), tx, cause, consultant_id, successor, documents));
  return documents;
}

}  // namespace lintel::sales
