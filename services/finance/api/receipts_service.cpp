#include "services/finance/api/receipts_service.h"

#include <set>

#include "lintel/inventory/v1/claims.pb.h"
#include "platform/ids/ids.h"
#include "platform/ids/resource_name.h"
#include "platform/list/run.h"
#include "platform/status/status.h"
#include "services/finance/api/account_change.h"
#include "services/finance/api/receipt_paper.h"

namespace lintel::finance {
namespace {

constexpr char kService[] = "lintel.finance.v1.ReceiptsService/";

// What the request says, checked as far as it can be without the account.
struct ReceiptOrder {
  Money amount;
  std::string method;
  std::optional<Date> book_date;
  std::optional<std::string> payer_id;
  std::vector<Allocation> allocations;
};

absl::StatusOr<ReceiptOrder> ParseOrder(const v1::Receipt& receipt) {
  ReceiptOrder order{.method = receipt.method()};
  if (receipt.contract().empty() == receipt.subscription().empty()) {
    return InvalidField("receipt.contract", "or receipt.subscription is needed, not both");
  }
  ASSIGN_OR_RETURN(order.amount, PositiveMoney("receipt.amount", receipt.amount()));
  static const std::set<std::string> methods = {"CASH", "CARD", "TRANSFER", "CHEQUE", "LOAN"};
  if (!methods.contains(order.method))
    return InvalidField("receipt.method", "must be CASH, CARD, TRANSFER, CHEQUE or LOAN");
  RETURN_IF_ERROR(CheckLength("receipt.payer_note", receipt.payer_note(), 0, 100));
  RETURN_IF_ERROR(CheckLength("receipt.reference", receipt.reference(), 0, 60));
  if (receipt.has_book_date()) {
    ASSIGN_OR_RETURN(order.book_date, ToDate("receipt.book_date", receipt.book_date()));
  }
  if (!receipt.payer().empty()) {
    ASSIGN_OR_RETURN(order.payer_id, ParseId("receipt.payer", receipt.payer(), "customers/*"));
  }
  if (receipt.allocations_size() > 100) return InvalidField("receipt.allocations", "must be at most 100");
  for (int i = 0; i < receipt.allocations_size(); ++i) {
    const std::string field = fmt::format("receipt.allocations[{}]", i);
    ASSIGN_OR_RETURN(const std::string id,
                     ParseId(field + ".receivable", receipt.allocations(i).receivable(), "receivables/*"));
    ASSIGN_OR_RETURN(const Money amount, PositiveMoney(field + ".amount", receipt.allocations(i).amount()));
    order.allocations.push_back({id, amount});
  }
  return order;
}

absl::StatusOr<Account> LockAccount(AccountStore& store, const v1::Receipt& receipt) {
  if (!receipt.contract().empty()) {
    ASSIGN_OR_RETURN(const std::string id, ParseId("receipt.contract", receipt.contract(), "contracts/*"));
    return store.FindByContractForUpdate(id);
  }
  ASSIGN_OR_RETURN(const std::string id, ParseId("receipt.subscription", receipt.subscription(), "subscriptions/*"));
  return store.FindForUpdate(id);
}

// Adds the receipt to its items, to the account and to the ledger; a reversal has its signs turned already.
void Post(pg::Transaction& tx, const Cause& cause, const Scope& scope, Account& account, const Receipt& receipt) {
  AccountStore accounts{tx, scope};
  int64_t allocated = 0;
  for (const Allocation& allocation : receipt.allocations) {
    accounts.AddPaid(allocation.receivable_id, allocation.amount);
    allocated += allocation.amount.minor_units;
  }
  account.unallocated.minor_units += receipt.unallocated.minor_units;
  accounts.Save(account);
  ReceiptStore receipts{tx, scope};
  receipts.Insert(receipt);
  receipts.Book(account, "receipts/" + receipt.id, receipt.reversal_of ? "REVERSAL" : "RECEIPT", receipt.book_date,
                MoneyReceived(receipt.method, Fen(allocated), receipt.unallocated), cause.now);
}

}  // namespace

void ReceiptsService::Register(Server& server) {
  const std::string prefix = kService;
  server.Handle(prefix + "CreateReceipt", this, &ReceiptsService::CreateReceipt);
  server.Handle(prefix + "GetReceipt", this, &ReceiptsService::GetReceipt);
  server.Handle(prefix + "ListReceipts", this, &ReceiptsService::ListReceipts);
  server.Handle(prefix + "ReverseReceipt", this, &ReceiptsService::ReverseReceipt);
  server.Handle(prefix + "PrintReceipt", this, &ReceiptsService::PrintReceipt);
}

absl::Status ReceiptsService::RequirePermit(const Call& call, const Account& account) {
  inventory::v1::GetSaleTermsRequest request;
  request.set_room(RoomNameOf(account.project_id, account.room_id));
  ASSIGN_OR_RETURN(const auto terms, peers_.inventory.Call<inventory::v1::SaleTerms>(
                                         "lintel.inventory.v1.ClaimsService/GetSaleTerms", request, call.OnBehalf()));
  return terms.permit_valid() ? absl::OkStatus() : Refused("PERMIT_MISSING", "no valid presale permit covers the room");
}

absl::StatusOr<Account> ReceiptsService::FindAccount(const Call& call, const v1::Receipt& receipt) {
  return commands_.database().Run<Account>(call.Transaction(), [&](pg::Transaction& tx) {
    AccountStore store{tx, call.scope()};
    return LockAccount(store, receipt);
  });
}

absl::StatusOr<v1::Receipt> ReceiptsService::CreateReceipt(const Call& call, const v1::CreateReceiptRequest& request) {
  ASSIGN_OR_RETURN(const ReceiptOrder order, ParseOrder(request.receipt()));
  ASSIGN_OR_RETURN(const Account found, FindAccount(call, request.receipt()));
  RETURN_IF_ERROR(RequirePermit(call, found));
  return commands_.Run<v1::Receipt>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<v1::Receipt> {
    const Cause cause = call.CauseAt(commands_.Now());
    AccountStore accounts{tx, call.scope()};
    ASSIGN_OR_RETURN(Account account, accounts.FindForUpdate(found.id));
    if (account.closed) return Refused("ACCOUNT_CLOSED", "the account is closed");
    ASSIGN_OR_RETURN(const Date today, DateIn(cause.now, account.time_zone));
    if (order.book_date.value_or(today) > today) return InvalidField("receipt.book_date", "must not be in the future");
    const std::vector<OpenItem> items = OpenItems(accounts.Receivables(account.id));
    Allocated allocated = AllocateOldestFirst(order.amount, items);
    if (!order.allocations.empty()) {
      ASSIGN_OR_RETURN(allocated, AllocateAsSaid(order.amount, items, order.allocations));
    }
    const Receipt receipt{.id = NewId(),
                          .number = ReceiptStore(tx, call.scope()).NextNumber(),
                          .account_id = account.id,
                          .amount = order.amount,
                          .unallocated = allocated.unallocated,
                          .method = order.method,
                          .book_date = order.book_date.value_or(today),
                          .payer_id = order.payer_id.value_or(account.customer_ids.front()),
                          .payer_note = request.receipt().payer_note(),
                          .reference = request.receipt().reference(),
                          .cashier = cause.actor,
                          .created_time = cause.now,
                          .allocations = allocated.allocations,
                          .project_id = account.project_id,
                          .room_id = account.room_id,
                          .contract_id = account.contract_id};
    Post(tx, cause, call.scope(), account, receipt);
    RETURN_IF_ERROR(Announce(tx, cause, accounts, account).status());
    const v1::Receipt answer = ToProto(receipt);
    Outbox(tx, cause).Append(BookedEvent(account, receipt), answer.name(), 1, {.after = AuditJson(answer)});
    return answer;
  });
}

absl::StatusOr<v1::Receipt> ReceiptsService::ReverseReceipt(const Call& call,
                                                            const v1::ReverseReceiptRequest& request) {
  ASSIGN_OR_RETURN(const std::string id, ParseId("name", request.name(), "receipts/*"));
  RETURN_IF_ERROR(CheckLength("reason", request.reason(), 1, 200));
  return commands_.Run<v1::Receipt>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<v1::Receipt> {
    const Cause cause = call.CauseAt(commands_.Now());
    ReceiptStore receipts{tx, call.scope()};
    ASSIGN_OR_RETURN(const Receipt original, receipts.FindForUpdate(id));
    if (original.reversed_by || original.reversal_of)
      return Refused("RECEIPT_REVERSED", "the receipt is reversed already");
    if (!request.etag().empty() && request.etag() != ToProto(original).etag()) return StaleEtag("receipt");
    AccountStore accounts{tx, call.scope()};
    ASSIGN_OR_RETURN(Account account, accounts.FindForUpdate(original.account_id));
    if (account.unallocated.minor_units < original.unallocated.minor_units) {
      return Refused("OVER_PAYMENT_USED", "the over-payment of this receipt was used elsewhere");
    }
    Receipt reversal = original;
    reversal.id = NewId();
    reversal.number = receipts.NextNumber();
    reversal.amount.minor_units = -original.amount.minor_units;
    reversal.unallocated.minor_units = -original.unallocated.minor_units;
    for (Allocation& allocation : reversal.allocations) allocation.amount.minor_units = -allocation.amount.minor_units;
    reversal.reversal_of = original.id;
    reversal.reason = request.reason();
    reversal.cashier = cause.actor;
    reversal.prints = 0;
    reversal.created_time = cause.now;
    ASSIGN_OR_RETURN(reversal.book_date, DateIn(cause.now, account.time_zone));
    Post(tx, cause, call.scope(), account, reversal);
    RETURN_IF_ERROR(Announce(tx, cause, accounts, account).status());
    const v1::Receipt answer = ToProto(reversal);
    Outbox(tx, cause).Append(BookedEvent(account, reversal), answer.name(), 1,
                             {.before = AuditJson(ToProto(original)), .after = AuditJson(answer)});
    return answer;
  });
}

absl::StatusOr<v1::Receipt> ReceiptsService::GetReceipt(const Call& call, const v1::GetReceiptRequest& request) {
  ASSIGN_OR_RETURN(const std::string id, ParseId("name", request.name(), "receipts/*"));
  return commands_.database().Run<v1::Receipt>(
      call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<v1::Receipt> {
        ASSIGN_OR_RETURN(const Receipt receipt, ReceiptStore(tx, call.scope()).Find(id));
        return ToProto(receipt);
      });
}

absl::StatusOr<v1::ListReceiptsResponse> ReceiptsService::ListReceipts(const Call& call,
                                                                       const v1::ListReceiptsRequest& request) {
  static const ListSpec spec{
      .fields = {{"number", {.column = "number", .type = FieldType::kInteger, .sortable = true}},
                 {"book_date", {.column = "book_date", .type = FieldType::kDate, .sortable = true}},
                 {"create_time", {.column = "created_time", .type = FieldType::kInstant, .sortable = true}},
                 {"method", {.column = "method"}},
                 {"contract", {.column = "contract_id", .type = FieldType::kId, .pattern = "contracts/*"}},
                 {"subscription", {.column = "account_id", .type = FieldType::kId, .pattern = "subscriptions/*"}},
                 {"project", {.column = "project_id", .type = FieldType::kId, .pattern = "projects/*"}},
                 {"payer", {.column = "payer_id", .type = FieldType::kId, .pattern = "customers/*"}},
                 {"reference", {.column = "reference"}}},
      .default_order = "create_time desc"};
  static const std::string select =
      std::string(kReceiptSelect) +
      " WHERE r.tenant_id = $1::bigint AND ($2::boolean OR a.project_id = ANY($3::uuid[]))";
  ASSIGN_OR_RETURN(const List list, MakeList(spec, ListRequestOf(request)));
  using Response = v1::ListReceiptsResponse;
  return commands_.database().Run<Response>(call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<Response> {
    const Scope& scope = call.scope();
    const Listed page = RunList(
        tx, select,
        {std::to_string(scope.tenant), scope.all_projects ? "true" : "false", pg::ArrayOf(scope.project_ids)}, list);
    Response response;
    for (const auto& row : page.rows()) *response.add_receipts() = ToProto(ToReceipt(row));
    response.set_next_page_token(page.next_page_token());
    return response;
  });
}

absl::StatusOr<google::api::HttpBody> ReceiptsService::PrintReceipt(const Call& call,
                                                                    const v1::PrintReceiptRequest& request) {
  ASSIGN_OR_RETURN(const std::string id, ParseId("name", request.name(), "receipts/*"));
  ASSIGN_OR_RETURN(
      const ReceiptPaper paper,
      commands_.database().Run<ReceiptPaper>(call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<ReceiptPaper> {
        ASSIGN_OR_RETURN(const Receipt receipt, ReceiptStore(tx, call.scope()).Find(id));
        AccountStore accounts{tx, call.scope()};
        ASSIGN_OR_RETURN(const Account account, accounts.Find(receipt.account_id));
        return ReceiptPaper{receipt, account, accounts.Receivables(account.id)};
      }));
  ASSIGN_OR_RETURN(google::api::HttpBody pdf, DrawReceipt(call, peers_, paper));
  RETURN_IF_ERROR(commands_.database().Execute(call.Transaction(), [&](pg::Transaction& tx) {
    ReceiptStore(tx, call.scope()).CountPrint(id);
    Outbox(tx, call.CauseAt(commands_.Now())).Record(request.name(), {.after = "{\"printed\":true}"});
    return absl::OkStatus();
  }));
  call.SetReplyMetadata("x-lintel-filename", NumberText(paper.receipt.number) + ".pdf");
  return pdf;
}

}  // namespace lintel::finance
