#include "services/finance/api/receipts_service.h"

#include "lintel/inventory/v1/claims.pb.h"
#include "platform/ids/resource_name.h"
#include "platform/list/run.h"
#include "platform/status/status.h"
#include "services/finance/api/booking.h"
#include "services/finance/api/receipt_paper.h"

namespace lintel::finance {
namespace {

constexpr char kService[] = "lintel.finance.v1.ReceiptsService/";

}  // namespace

void ReceiptsService::Register(Server& server) {
  const std::string prefix = kService;
  server.Handle(prefix + "CreateReceipt", this, &ReceiptsService::CreateReceipt);
  server.Handle(prefix + "GetReceipt", this, &ReceiptsService::GetReceipt);
  server.Handle(prefix + "ListReceipts", this, &ReceiptsService::ListReceipts);
  server.Handle(prefix + "ReverseReceipt", this, &ReceiptsService::ReverseReceipt);
  server.Handle(prefix + "PrintReceipt", this, &ReceiptsService::PrintReceipt);
}

absl::Status ReceiptsService::RequirePermit(const Call& call, const Place& place) {
  inventory::v1::GetSaleTermsRequest request;
  request.set_room(RoomNameOf(place.project_id, place.room_id));
  ASSIGN_OR_RETURN(const auto terms, peers_.inventory.Call<inventory::v1::SaleTerms>(
                                         "lintel.inventory.v1.ClaimsService/GetSaleTerms", request, call.OnBehalf()));
  return terms.permit_valid() ? absl::OkStatus() : Refused("PERMIT_MISSING", "no valid presale permit covers the room");
}

absl::StatusOr<ReceiptsService::Place> ReceiptsService::FindPlace(const Call& call, const ReceiptOrder& order) {
  return commands_.database().Run<Place>(call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<Place> {
    if (!order.hold_id.empty()) {
      ASSIGN_OR_RETURN(const HoldAccount hold, HoldAccountStore(tx, call.scope()).Find(order.hold_id));
      return Place{hold.project_id, hold.room_id, hold.id};
    }
    AccountStore accounts{tx, call.scope()};
    ASSIGN_OR_RETURN(const Account account, order.contract_id.empty() ? accounts.Find(order.subscription_id)
                                                                      : accounts.FindByContract(order.contract_id));
    return Place{account.project_id, account.room_id, account.id};
  });
}

absl::StatusOr<v1::Receipt> ReceiptsService::CreateReceipt(const Call& call, const v1::CreateReceiptRequest& request) {
  ASSIGN_OR_RETURN(const ReceiptOrder order, ParseOrder(request.receipt()));
  ASSIGN_OR_RETURN(const Place place, FindPlace(call, order));
  RETURN_IF_ERROR(RequirePermit(call, place));
  return commands_.Run<v1::Receipt>(call, request, [&](pg::Transaction& tx) {
    const Posting posting{tx, call.CauseAt(commands_.Now()), call.scope()};
    return order.hold_id.empty() ? BookOnAccount(posting, place.account_id, order) : BookOnHold(posting, order);
  });
}

absl::StatusOr<v1::Receipt> ReceiptsService::ReverseReceipt(const Call& call,
                                                            const v1::ReverseReceiptRequest& request) {
  ASSIGN_OR_RETURN(const std::string id, ParseId("name", request.name(), "receipts/*"));
  RETURN_IF_ERROR(CheckLength("reason", request.reason(), 1, 200));
  return commands_.Run<v1::Receipt>(call, request, [&](pg::Transaction& tx) {
    return BookReversal({tx, call.CauseAt(commands_.Now()), call.scope()}, id, request.reason(), request.etag());
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
                 {"hold", {.column = "hold_id", .type = FieldType::kId, .pattern = "holds/*"}},
                 {"subscription", {.column = "account_id", .type = FieldType::kId, .pattern = "subscriptions/*"}},
                 {"project", {.column = "project_id", .type = FieldType::kId, .pattern = "projects/*"}},
                 {"payer", {.column = "payer_id", .type = FieldType::kId, .pattern = "customers/*"}},
                 {"reference", {.column = "reference"}}},
      .default_order = "create_time desc"};
  ASSIGN_OR_RETURN(const List list, MakeList(spec, ListRequestOf(request)));
  using Response = v1::ListReceiptsResponse;
  return commands_.database().Run<Response>(call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<Response> {
    const Scope& scope = call.scope();
    const Listed page = RunList(
        tx, kReceiptList,
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
        if (receipt.account_id.empty()) return ReceiptPaper{receipt, "", {}};
        AccountStore accounts{tx, call.scope()};
        ASSIGN_OR_RETURN(const Account account, accounts.Find(receipt.account_id));
        return ReceiptPaper{receipt, account.contract_number, accounts.Receivables(account.id)};
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
