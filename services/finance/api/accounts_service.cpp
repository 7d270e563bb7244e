#include "services/finance/api/accounts_service.h"

#include "platform/ids/ids.h"
#include "platform/ids/resource_name.h"
#include "platform/status/status.h"
#include "services/finance/api/account_change.h"
#include "services/finance/store/undone_documents.h"

namespace lintel::finance {
namespace {

constexpr char kService[] = "lintel.finance.v1.AccountsService/";
constexpr int kAccountsPerPage = 500;

struct ScheduleOrder {
  std::string plan_id;
  Money price;
  Money deposit;
  Date start;
};

template <class Request>
absl::StatusOr<ScheduleOrder> ParseOrder(const Request& request) {
  ScheduleOrder order;
  ASSIGN_OR_RETURN(order.plan_id, ParseId("payment_plan", request.payment_plan(), "paymentPlans/*"));
  ASSIGN_OR_RETURN(order.price, PositiveMoney("price", request.price()));
  ASSIGN_OR_RETURN(order.deposit, ParseMoney("deposit", request.deposit()));
  ASSIGN_OR_RETURN(order.start, ToDate("start_date", request.start_date()));
  return order;
}

absl::StatusOr<Account> ParseAccount(const v1::OpenAccountRequest& request, const ScheduleOrder& order) {
  Account account{.plan_id = order.plan_id,
                  .price = order.price,
                  .deposit = order.deposit,
                  .deposit_kind = request.deposit_kind(),
                  .time_zone = request.time_zone()};
  ASSIGN_OR_RETURN(account.id, ParseId("subscription", request.subscription(), "subscriptions/*"));
  ASSIGN_OR_RETURN(account.project_id, ParseId("project", request.project(), "projects/*"));
  ASSIGN_OR_RETURN(const std::vector<std::string> room, ParseName("room", request.room(), "projects/*/rooms/*"));
  account.room_id = room[1];
  if (!IsId(request.deal())) return InvalidField("deal", "must be a UUID");
  account.deal_id = request.deal();
  for (const std::string& customer : request.customers()) {
    ASSIGN_OR_RETURN(const std::string id, ParseId("customers", customer, "customers/*"));
    account.customer_ids.push_back(id);
  }
  if (account.customer_ids.empty() || account.customer_ids.size() > 10)
    return InvalidField("customers", "must be 1 to 10");
  RETURN_IF_ERROR(DateIn(Instant{}, account.time_zone).status());
  return account;
}

}  // namespace

void AccountsService::Register(Server& server) {
  const std::string prefix = kService;
  server.Handle(prefix + "PreviewSchedule", this, &AccountsService::PreviewSchedule);
  server.Handle(prefix + "OpenAccount", this, &AccountsService::OpenAccount);
  server.Handle(prefix + "CloseAccount", this, &AccountsService::CloseAccount);
  server.Handle(prefix + "RecordContract", this, &AccountsService::RecordContract);
  server.Handle(prefix + "ForgetContract", this, &AccountsService::ForgetContract);
  server.Handle(prefix + "GetAccount", this, &AccountsService::GetAccount);
  server.Handle(prefix + "ListAccounts", this, &AccountsService::ListAccounts);
}

absl::StatusOr<v1::PreviewScheduleResponse> AccountsService::PreviewSchedule(
    const Call& call, const v1::PreviewScheduleRequest& request) {
  ASSIGN_OR_RETURN(const ScheduleOrder order, ParseOrder(request));
  using Response = v1::PreviewScheduleResponse;
  return commands_.database().Run<Response>(call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<Response> {
    ASSIGN_OR_RETURN(const StoredPlan plan, PlanStore(tx, call.tenant()).Find(order.plan_id));
    ASSIGN_OR_RETURN(const auto items, MakeSchedule(plan.plan, order.price, order.deposit, order.start));
    Response response;
    for (const ScheduleItem& item : items) *response.add_items() = ToProto(item);
    response.set_plan_kind(v1::PlanKind_Name(static_cast<v1::PlanKind>(plan.plan.kind)));
    return response;
  });
}

absl::StatusOr<v1::Account> AccountsService::OpenAccount(const Call& call, const v1::OpenAccountRequest& request) {
  ASSIGN_OR_RETURN(const ScheduleOrder order, ParseOrder(request));
  ASSIGN_OR_RETURN(const Account account, ParseAccount(request, order));
  RETURN_IF_ERROR(CheckDeposit(order.price, order.deposit, request.deposit_kind() != "PREPAYMENT"));
  return commands_.Run<v1::Account>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<v1::Account> {
    const Cause cause = call.CauseAt(commands_.Now());
    UndoneDocuments undone(tx, call.tenant());
    undone.Lock(account.id);
    if (undone.Contains(account.id)) return Refused("ACCOUNT_CLOSED", "the account was closed before it was opened");
    AccountStore store{tx, call.scope()};
    if (!store.Insert(account, cause.now)) {
      const absl::StatusOr<Account> existing = store.Find(account.id);
      if (!existing.ok()) return Refused("ACCOUNT_EXISTS", "the deal has another open account");
      if (existing->closed) return Refused("ACCOUNT_CLOSED", "the account was closed before");
      return ToProto(*existing, store.Receivables(existing->id));
    }
    ASSIGN_OR_RETURN(const StoredPlan plan, PlanStore(tx, call.tenant()).Find(order.plan_id));
    ASSIGN_OR_RETURN(const auto items, MakeSchedule(plan.plan, order.price, order.deposit, order.start));
    for (const ScheduleItem& item : items) {
      store.InsertReceivable({.id = NewId(),
                              .account_id = account.id,
                              .sequence = item.sequence,
                              .kind = ToWord(item.kind),
                              .due_date = item.due_date,
                              .amount = item.amount});
    }
    ReceiptStore(tx, call.scope())
        .Book(account, request.subscription(), "PRICE_DUE", order.start, PriceDue(account.price), cause.now);
    return Announce(tx, cause, store, account);
  });
}

absl::StatusOr<v1::Account> AccountsService::CloseAccount(const Call& call, const v1::CloseAccountRequest& request) {
  ASSIGN_OR_RETURN(const std::string id, ParseId("subscription", request.subscription(), "subscriptions/*"));
  return commands_.Run<v1::Account>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<v1::Account> {
    const Cause cause = call.CauseAt(commands_.Now());
    UndoneDocuments undone(tx, call.tenant());
    undone.Lock(id);
    AccountStore store{tx, call.scope()};
    absl::StatusOr<Account> account = store.FindForUpdate(id);
    if (!account.ok()) {  // It has not arrived, and must not from now on.
      undone.Add(id, cause.now);
      v1::Account answer;
      answer.set_subscription(request.subscription());
      answer.set_closed(true);
      return answer;
    }
    if (account->closed) return ToProto(*account, store.Receivables(id));
    if (store.HasReceipts(id)) return Refused("ACCOUNT_HAS_MONEY", "money was booked on the account");
    store.CancelReceivables(id);
    account->closed = true;
    store.Save(*account);
    ASSIGN_OR_RETURN(const Date today, DateIn(cause.now, account->time_zone));
    ReceiptStore(tx, call.scope())
        .Book(*account, request.subscription(), "PRICE_UNDONE", today, Reversed(PriceDue(account->price)), cause.now);
    return Announce(tx, cause, store, *account);
  });
}

absl::StatusOr<v1::RecordContractResponse> AccountsService::RecordContract(const Call& call,
                                                                           const v1::RecordContractRequest& request) {
  ASSIGN_OR_RETURN(const std::string id, ParseId("subscription", request.subscription(), "subscriptions/*"));
  ASSIGN_OR_RETURN(const std::string contract_id, ParseId("contract", request.contract(), "contracts/*"));
  ASSIGN_OR_RETURN(const Date sign_date, ToDate("sign_date", request.sign_date()));
  using Response = v1::RecordContractResponse;
  return commands_.Run<Response>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<Response> {
    const Cause cause = call.CauseAt(commands_.Now());
    AccountStore store{tx, call.scope()};
    ASSIGN_OR_RETURN(Account account, store.FindForUpdate(id));
    if (account.closed) return Refused("ACCOUNT_CLOSED", "the account is closed");
    if (UndoneDocuments(tx, call.tenant()).Contains(contract_id))
      return Refused("CONTRACT_UNDONE", "the contract was undone before");
    if (account.contract_id && *account.contract_id != contract_id) {
      return Refused("CONTRACT_EXISTS", "the deal has another contract",
                     {{"contract", "contracts/" + *account.contract_id}});
    }
    if (!account.contract_id) {
      account.contract_id = contract_id;
      account.contract_number = request.number();
      account.sign_date = sign_date;
      account.stamp_rate_ppm = PlanStore(tx, call.tenant()).StampRateOn(sign_date);
      ASSIGN_OR_RETURN(account.stamp_tax,
                       PartsPerMillion(account.price, account.stamp_rate_ppm, Rounding::kHalfUpToFen));
      store.Save(account);
      ReceiptStore(tx, call.scope())
          .Book(account, request.contract(), "STAMP_TAX", sign_date, StampTax(account.stamp_tax), cause.now);
      RETURN_IF_ERROR(Announce(tx, cause, store, account).status());
    }
    Response response;
    *response.mutable_stamp_tax() = ToProto(account.stamp_tax);
    response.set_rate_ppm(account.stamp_rate_ppm);
    response.set_account("accounts/" + account.id);
    return response;
  });
}

absl::StatusOr<v1::Account> AccountsService::ForgetContract(const Call& call,
                                                            const v1::ForgetContractRequest& request) {
  ASSIGN_OR_RETURN(const std::string id, ParseId("subscription", request.subscription(), "subscriptions/*"));
  ASSIGN_OR_RETURN(const std::string contract_id, ParseId("contract", request.contract(), "contracts/*"));
  return commands_.Run<v1::Account>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<v1::Account> {
    const Cause cause = call.CauseAt(commands_.Now());
    AccountStore store{tx, call.scope()};
    ASSIGN_OR_RETURN(Account account, store.FindForUpdate(id));
    UndoneDocuments(tx, call.tenant()).Add(contract_id, cause.now);
    if (account.contract_id != contract_id) return ToProto(account, store.Receivables(id));
    ASSIGN_OR_RETURN(const Date today, DateIn(cause.now, account.time_zone));
    ReceiptStore(tx, call.scope())
        .Book(account, request.contract(), "STAMP_TAX_UNDONE", today, Reversed(StampTax(account.stamp_tax)), cause.now);
    account.contract_id.reset();
    account.contract_number.clear();
    account.sign_date.reset();
    account.stamp_tax = Fen(0);
    account.stamp_rate_ppm = 0;
    store.Save(account);
    return Announce(tx, cause, store, account);
  });
}

absl::StatusOr<v1::Account> AccountsService::GetAccount(const Call& call, const v1::GetAccountRequest& request) {
  ASSIGN_OR_RETURN(const std::string id, ParseId("subscription", request.subscription(), "subscriptions/*"));
  return commands_.database().Run<v1::Account>(call.ReadOnly(),
                                               [&](pg::Transaction& tx) -> absl::StatusOr<v1::Account> {
                                                 AccountStore store{tx, call.scope()};
                                                 ASSIGN_OR_RETURN(const Account account, store.Find(id));
                                                 return ToProto(account, store.Receivables(id));
                                               });
}

absl::StatusOr<v1::ListAccountsResponse> AccountsService::ListAccounts(const Call& call,
                                                                       const v1::ListAccountsRequest& request) {
  ASSIGN_OR_RETURN(const std::string project_id, ParseId("project", request.project(), "projects/*"));
  if (!request.after().empty()) RETURN_IF_ERROR(ParseId("after", request.after(), "accounts/*").status());
  using Response = v1::ListAccountsResponse;
  return commands_.database().Run<Response>(call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<Response> {
    AccountStore store{tx, call.scope()};
    const std::string after = request.after().empty() ? "" : request.after().substr(9);
    Response response;
    for (const Account& account : store.ListAfter(project_id, after, kAccountsPerPage)) {
      *response.add_accounts() = ToProto(account, store.Receivables(account.id));
    }
    return response;
  });
}

}  // namespace lintel::finance
