#include "services/finance/api/receipt_paper.h"

#include "lintel/customers/v1/customers.pb.h"
#include "lintel/inventory/v1/claims.pb.h"
#include "lintel/inventory/v1/projects.pb.h"
#include "lintel/reporting/v1/reporting.pb.h"
#include "platform/status/status.h"

namespace lintel::finance {
namespace {

constexpr size_t kMostRows = 8;  // Of the template.

std::string MethodWord(const std::string& method) {
  static const std::map<std::string, std::string> words = {
      {"CASH", "现金"}, {"CARD", "刷卡"}, {"TRANSFER", "转账"}, {"CHEQUE", "支票"}, {"LOAN", "按揭放款"}};
  return words.at(method);
}

std::string KindWord(const std::string& kind) {
  static const std::map<std::string, std::string> words = {{"DEPOSIT", "定金"},
                                                           {"DOWN_PAYMENT", "首付款"},
                                                           {"INSTALMENT", "分期款"},
                                                           {"LOAN", "按揭款"},
                                                           {"BALANCE", "房款"}};
  const auto found = words.find(kind);
  return found == words.end() ? kind : found->second;
}

absl::StatusOr<std::string> PayerName(const Call& call, const ReceiptPeers& peers, const Receipt& receipt) {
  if (!receipt.payer_note.empty()) return receipt.payer_note;
  customers::v1::GetBuyersRequest request;
  request.add_names("customers/" + receipt.payer_id);
  ASSIGN_OR_RETURN(const auto buyers, peers.customers.Call<customers::v1::GetBuyersResponse>(
                                          "lintel.customers.v1.CustomersService/GetBuyers", request, call.OnBehalf()));
  return buyers.buyers_size() == 0 ? "" : buyers.buyers(0).display_name();
}

// What each allocation pays for; more than the template has room for become one line.
void AddRows(const ReceiptPaper& paper, reporting::v1::DocumentPage& page) {
  const auto add = [&](const std::string& item, int64_t minor_units) {
    auto& fields = *page.add_rows()->mutable_fields();
    fields["item"] = item;
    fields["amount"] = std::to_string(minor_units);
  };
  int64_t others = 0;
  for (const Allocation& allocation : paper.receipt.allocations) {
    if (page.rows_size() + 2 > static_cast<int>(kMostRows)) {
      others += allocation.amount.minor_units;
      continue;
    }
    for (const Receivable& one : paper.receivables) {
      if (one.id == allocation.receivable_id) add(KindWord(one.kind), allocation.amount.minor_units);
    }
  }
  if (others != 0) add("其他款项", others);
  const bool held = paper.receipt.account_id.empty();  // For a room that is only held: there is no price yet.
  if (paper.receipt.unallocated.minor_units != 0)
    add(held ? "保留金" : "预收余款", paper.receipt.unallocated.minor_units);
}

}  // namespace

absl::StatusOr<google::api::HttpBody> DrawReceipt(const Call& call, const ReceiptPeers& peers,
                                                  const ReceiptPaper& paper) {
  inventory::v1::GetSaleTermsRequest terms_request;
  terms_request.set_room(RoomNameOf(paper.receipt.project_id, paper.receipt.room_id));
  ASSIGN_OR_RETURN(const auto terms,
                   peers.inventory.Call<inventory::v1::SaleTerms>("lintel.inventory.v1.ClaimsService/GetSaleTerms",
                                                                  terms_request, call.OnBehalf()));
  ASSIGN_OR_RETURN(const std::string payer, PayerName(call, peers, paper.receipt));
  reporting::v1::RenderDocumentRequest request;
  request.set_template_("receipt");
  reporting::v1::DocumentPage& page = *request.add_pages();
  auto& fields = *page.mutable_fields();
  fields["number"] = NumberText(paper.receipt.number);
  fields["date"] = ToIsoDate(paper.receipt.book_date);
  fields["project"] = terms.project_display_name();
  fields["room"] = fmt::format("{} {} {}", terms.room().building(), terms.room().entrance(), terms.room().number());
  fields["payer"] = payer;
  fields["contract"] = paper.contract_number;
  fields["method"] = MethodWord(paper.receipt.method);
  fields["amount"] = std::to_string(paper.receipt.amount.minor_units);
  fields["remark"] = paper.receipt.reference;
  fields["cashier"] = call.principal().display_name;
  fields["reprint"] = paper.receipt.prints > 0 ? "补打" : "";
  fields["reversal"] = paper.receipt.reversal_of ? "冲销" : "";
  AddRows(paper, page);
  ASSIGN_OR_RETURN(const auto rendered,
                   peers.reporting.Call<reporting::v1::RenderDocumentResponse>(
                       "lintel.reporting.v1.DocumentsService/RenderDocument", request, call.OnBehalf()));
  google::api::HttpBody body;
  body.set_content_type(rendered.content_type());
  body.set_data(rendered.content());
  return body;
}

}  // namespace lintel::finance
