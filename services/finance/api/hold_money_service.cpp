#include "services/finance/api/hold_money_service.h"

#include "platform/ids/ids.h"
#include "platform/ids/resource_name.h"
#include "platform/status/status.h"
#include "services/finance/api/booking.h"
#include "services/finance/store/undone_documents.h"

namespace lintel::finance {
namespace {

constexpr char kService[] = "lintel.finance.v1.HoldMoneyService/";
constexpr int kAccountsPerPage = 500;

absl::StatusOr<HoldAccount> ParseHoldAccount(const v1::OpenHoldAccountRequest& request) {
  HoldAccount account{.deal_id = request.deal(), .time_zone = request.time_zone()};
  ASSIGN_OR_RETURN(account.id, ParseId("hold", request.hold(), "holds/*"));
  if (!IsId(account.deal_id)) return InvalidField("deal", "must be a UUID");
  ASSIGN_OR_RETURN(const std::vector<std::string> room, ParseName("room", request.room(), "projects/*/rooms/*"));
  account.project_id = room[0];
  account.room_id = room[1];
  if (!request.customer().empty()) {
    ASSIGN_OR_RETURN(account.customer_id, ParseId("customer", request.customer(), "customers/*"));
  }
  ASSIGN_OR_RETURN(account.fee, PositiveMoney("fee", request.fee()));
  RETURN_IF_ERROR(DateIn(Instant{}, account.time_zone).status());
  return account;
}

// The account of a hold that has none: nothing was paid on it, nothing ever will be.
v1::HoldAccount Never(const std::string& hold) {
  v1::HoldAccount answer;
  answer.set_hold(hold);
  answer.set_closed(true);
  return answer;
}

}  // namespace

void HoldMoneyService::Register(Server& server) {
  const std::string prefix = kService;
  server.Handle(prefix + "OpenHoldAccount", this, &HoldMoneyService::OpenHoldAccount);
  server.Handle(prefix + "CloseHoldAccount", this, &HoldMoneyService::CloseHoldAccount);
  server.Handle(prefix + "CarryHoldMoney", this, &HoldMoneyService::CarryHoldMoney);
  server.Handle(prefix + "ListHoldAccounts", this, &HoldMoneyService::ListHoldAccounts);
}

absl::StatusOr<v1::HoldAccount> HoldMoneyService::OpenHoldAccount(const Call& call,
                                                                  const v1::OpenHoldAccountRequest& request) {
  ASSIGN_OR_RETURN(const HoldAccount account, ParseHoldAccount(request));
  return commands_.Run<v1::HoldAccount>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<v1::HoldAccount> {
    const Cause cause = call.CauseAt(commands_.Now());
    UndoneDocuments undone(tx, call.tenant());
    undone.Lock(account.id);
    if (undone.Contains(account.id))
      return Refused("ACCOUNT_CLOSED", "the hold's account was closed before it was opened");
    HoldAccountStore store{tx, call.scope()};
    if (store.Insert(account, cause.now)) {
      Outbox(tx, cause).Record("holdAccounts/" + account.id, {.after = AuditJson(ToProto(account))});
      return ToProto(account);
    }
    ASSIGN_OR_RETURN(const HoldAccount existing, store.Find(account.id));
    if (existing.closed) return Refused("ACCOUNT_CLOSED", "the hold's account was closed before");
    return ToProto(existing);
  });
}

absl::StatusOr<v1::HoldAccount> HoldMoneyService::CloseHoldAccount(const Call& call,
                                                                   const v1::CloseHoldAccountRequest& request) {
  ASSIGN_OR_RETURN(const std::string id, ParseId("hold", request.hold(), "holds/*"));
  return commands_.Run<v1::HoldAccount>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<v1::HoldAccount> {
    const Cause cause = call.CauseAt(commands_.Now());
    UndoneDocuments undone(tx, call.tenant());
    undone.Lock(id);
    HoldAccountStore store{tx, call.scope()};
    absl::StatusOr<HoldAccount> account = store.FindForUpdate(id);
    if (!account.ok()) {  // It has not arrived, and must not from now on.
      undone.Add(id, cause.now);
      return Never(request.hold());
    }
    if (account->closed) return ToProto(*account);
    if (account->held.minor_units != 0) {
      return Refused("HOLD_HAS_MONEY", "the hold's fee was paid", {{"amount", ToDecimal(account->held)}});
    }
    const std::string before = AuditJson(ToProto(*account));
    account->closed = true;
    store.Save(*account);
    Outbox(tx, cause).Record("holdAccounts/" + id, {.before = before, .after = AuditJson(ToProto(*account))});
    return ToProto(*account);
  });
}

absl::StatusOr<v1::HoldAccount> HoldMoneyService::CarryHoldMoney(const Call& call,
                                                                 const v1::CarryHoldMoneyRequest& request) {
  ASSIGN_OR_RETURN(const std::string id, ParseId("hold", request.hold(), "holds/*"));
  ASSIGN_OR_RETURN(const std::string account_id, ParseId("subscription", request.subscription(), "subscriptions/*"));
  return commands_.Run<v1::HoldAccount>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<v1::HoldAccount> {
    absl::StatusOr<HoldAccount> hold = HoldAccountStore(tx, call.scope()).FindForUpdate(id);
    if (!hold.ok()) return Never(request.hold());
    if (hold->closed) return ToProto(*hold);  // Carried before.
    ASSIGN_OR_RETURN(Account account, AccountStore(tx, call.scope()).FindForUpdate(account_id));
    if (account.closed) return Refused("ACCOUNT_CLOSED", "the subscription's account is closed");
    RETURN_IF_ERROR(CarryMoney({tx, call.CauseAt(commands_.Now()), call.scope()}, *hold, account));
    return ToProto(*hold);
  });
}

absl::StatusOr<v1::ListHoldAccountsResponse> HoldMoneyService::ListHoldAccounts(
    const Call& call, const v1::ListHoldAccountsRequest& request) {
  ASSIGN_OR_RETURN(const std::string project_id, ParseId("project", request.project(), "projects/*"));
  std::string after;
  if (!request.after().empty()) {
    ASSIGN_OR_RETURN(after, ParseId("after", request.after(), "holds/*"));
  }
  using Response = v1::ListHoldAccountsResponse;
  return commands_.database().Run<Response>(call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<Response> {
    Response response;
    for (const HoldAccount& account :
         HoldAccountStore(tx, call.scope()).ListOpenAfter(project_id, after, kAccountsPerPage)) {
      *response.add_hold_accounts() = ToProto(account);
    }
    return response;
  });
}

}  // namespace lintel::finance
