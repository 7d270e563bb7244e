#include "services/sales/api/holds_service.h"

#include "platform/ids/ids.h"
#include "platform/ids/resource_name.h"
#include "platform/status/status.h"
#include "platform/update/update.h"
#include "services/sales/api/deal_start.h"
#include "services/sales/store/hold_store.h"

namespace lintel::sales {
namespace {

constexpr char kService[] = "lintel.sales.v1.HoldsService/";
constexpr char kOthersHolds[] = "room.release";
constexpr char kManagersHolds[] = "room.hold.manager";

// One's own hold, one's team's, or the right over everybody's.
absl::Status CheckMayChange(const Call& call, const Hold& hold) {
  const Principal& who = call.principal();
  const bool own = hold.operator_name == who.operator_name || (!hold.team.empty() && hold.team == who.team);
  if (own || who.Has(kOthersHolds)) return absl::OkStatus();
  return WithReason(absl::StatusCode::kPermissionDenied, "NOT_YOUR_HOLD", "the hold is another team's",
                    {{"team", hold.team_name}});
}

absl::Status CheckKind(const Call& call, const std::string& kind) {
  if (kind == "CUSTOMER" || call.principal().Has(kManagersHolds)) return absl::OkStatus();
  return WithReason(absl::StatusCode::kPermissionDenied, "RIGHT_MISSING", kManagersHolds, {{"right", kManagersHolds}});
}

}  // namespace

void HoldsService::Register(Server& server) {
  const std::string prefix = kService;
  server.Handle(prefix + "CreateHold", this, &HoldsService::CreateHold);
  server.Handle(prefix + "GetHold", this, &HoldsService::GetHold);
  server.Handle(prefix + "ListHolds", this, &HoldsService::ListHolds);
  server.Handle(prefix + "ExtendHold", this, &HoldsService::ExtendHold);
  server.Handle(prefix + "ReleaseHold", this, &HoldsService::ReleaseHold);
}

absl::StatusOr<v1::Hold> HoldsService::CreateHold(const Call& call, const v1::CreateHoldRequest& request) {
  ASSIGN_OR_RETURN(const HoldOrder order, ParseHold(request.hold()));
  RETURN_IF_ERROR(CheckKind(call, order.kind));
  ASSIGN_OR_RETURN(const inventory::v1::SaleTerms terms, TermsFor(call, peers_, order.room));
  if (!order.customer_id.empty()) {
    RETURN_IF_ERROR(peers_.CheckCustomers(call.OnBehalf(), "hold.customer", {order.customer_id}));
  }
  ASSIGN_OR_RETURN(const Date today, DateIn(commands_.Now(), terms.time_zone()));
  const std::string team_name = TeamNameFor(commands_.database(), call, peers_, order.consultant_id);
  using Start = ProcessStart<inventory::v1::OpenClaimRequest>;
  const auto create = [&](pg::Transaction& tx) -> absl::StatusOr<Start> {
    const Instant now = commands_.Now();
    ASSIGN_OR_RETURN(const Seller seller, SellerFor(tx, call, "hold.consultant", order.consultant_id, today));
    const Policy policy = PolicyStore(tx, call.tenant()).Find(order.room.project_id);
    ASSIGN_OR_RETURN(const Instant expiry, HoldExpiry(policy, now, order.expire_time));
    const std::string id = NewId();
    const Hold hold{.id = id,
                    .project_id = order.room.project_id,
                    .room_id = order.room.room_id,
                    .deal_id = id,
                    .customer_id = order.customer_id,
                    .consultant_id = seller.consultant_id,
                    .operator_name = seller.operator_name,
                    .team = seller.team,
                    .team_name = seller.team_name.empty() ? team_name : seller.team_name,
                    .kind = order.kind,
                    .state = "PENDING",
                    .expire_time = expiry,
                    .remind_time = RemindTime(policy, now, expiry),
                    .fee = order.fee.value_or(policy.hold_fee),
                    .reason = order.reason,
                    .room_label = LabelOf(terms.room()),
                    .time_zone = terms.time_zone(),
                    .create_time = now};
    HoldStore(tx, call.scope()).Insert(hold);
    return Start{.document_id = id, .data = ClaimOf(hold)};
  };
  return processes_.Run<v1::Hold, inventory::v1::OpenClaimRequest>(call, request, kPlaceHold, create);
}

absl::StatusOr<v1::Hold> HoldsService::GetHold(const Call& call, const v1::GetHoldRequest& request) {
  ASSIGN_OR_RETURN(const std::string id, ParseId("name", request.name(), "holds/*"));
  return commands_.database().Run<v1::Hold>(call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<v1::Hold> {
    ASSIGN_OR_RETURN(const Hold hold, HoldStore(tx, call.scope()).Find(id));
    return ToProto(hold);
  });
}

absl::StatusOr<v1::ListHoldsResponse> HoldsService::ListHolds(const Call& call, const v1::ListHoldsRequest& request) {
  ASSIGN_OR_RETURN(const List list, MakeList(HoldStore::Spec(), ListRequestOf(request)));
  using Response = v1::ListHoldsResponse;
  return commands_.database().Run<Response>(call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<Response> {
    const Listed page = HoldStore(tx, call.scope()).List(list);
    Response response;
    for (const pqxx::row& row : page.rows()) *response.add_holds() = ToProto(HoldStore::ToHold(row));
    response.set_next_page_token(page.next_page_token());
    return response;
  });
}

absl::StatusOr<v1::Hold> HoldsService::ExtendHold(const Call& call, const v1::ExtendHoldRequest& request) {
  ASSIGN_OR_RETURN(const std::string id, ParseId("name", request.name(), "holds/*"));
  std::optional<Instant> asked;
  if (request.has_expire_time()) {
    ASSIGN_OR_RETURN(asked, ToInstant("expire_time", request.expire_time()));
  }
  using Start = ProcessStart<inventory::v1::ExtendClaimRequest>;
  const auto begin = [&](pg::Transaction& tx) -> absl::StatusOr<Start> {
    HoldStore holds(tx, call.scope());
    ASSIGN_OR_RETURN(Hold hold, holds.FindForUpdate(id));
    RETURN_IF_ERROR(CheckMayChange(call, hold));
    RETURN_IF_ERROR(CheckEtag("hold", request.etag(), hold.version));
    const Policy policy = PolicyStore(tx, call.tenant()).Find(hold.project_id);
    ASSIGN_OR_RETURN(const Instant until, ExtendedExpiry(hold, policy, commands_.Now(), asked));
    hold.busy = "extend";
    holds.Save(hold, commands_.Now());
    return Start{.document_id = id, .data = ExtensionOf(hold, until)};
  };
  return processes_.Run<v1::Hold, inventory::v1::ExtendClaimRequest>(call, request, kExtendHold, begin);
}

absl::StatusOr<v1::Hold> HoldsService::ReleaseHold(const Call& call, const v1::ReleaseHoldRequest& request) {
  ASSIGN_OR_RETURN(const std::string id, ParseId("name", request.name(), "holds/*"));
  RETURN_IF_ERROR(CheckLength("reason", request.reason(), 0, 200));
  using Start = ProcessStart<inventory::v1::ReleaseClaimRequest>;
  const auto begin = [&](pg::Transaction& tx) -> absl::StatusOr<Start> {
    HoldStore holds(tx, call.scope());
    ASSIGN_OR_RETURN(Hold hold, holds.FindForUpdate(id));
    RETURN_IF_ERROR(CheckMayChange(call, hold));
    RETURN_IF_ERROR(CheckEtag("hold", request.etag(), hold.version));
    RETURN_IF_ERROR(CheckActive(hold));
    hold.busy = "release";
    holds.Save(hold, commands_.Now());
    return Start{.document_id = id, .data = ReleaseOf(hold, request.reason())};
  };
  return processes_.Run<v1::Hold, inventory::v1::ReleaseClaimRequest>(call, request, kReleaseHold, begin);
}

}  // namespace lintel::sales
