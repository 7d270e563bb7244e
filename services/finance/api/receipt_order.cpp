#include "services/finance/api/receipt_order.h"

#include <set>

#include "platform/ids/resource_name.h"
#include "platform/status/status.h"

namespace lintel::finance {
namespace {

constexpr int kMostAllocations = 100;

absl::Status TakeSubject(const v1::Receipt& receipt, ReceiptOrder& order) {
  if (!receipt.contract().empty() + !receipt.subscription().empty() + !receipt.hold().empty() != 1) {
    return InvalidField("receipt.contract", "or receipt.subscription or receipt.hold is needed: exactly one of them");
  }
  if (!receipt.contract().empty()) {
    ASSIGN_OR_RETURN(order.contract_id, ParseId("receipt.contract", receipt.contract(), "contracts/*"));
  } else if (!receipt.subscription().empty()) {
    ASSIGN_OR_RETURN(order.subscription_id, ParseId("receipt.subscription", receipt.subscription(), "subscriptions/*"));
  } else {
    ASSIGN_OR_RETURN(order.hold_id, ParseId("receipt.hold", receipt.hold(), "holds/*"));
  }
  return absl::OkStatus();
}

absl::Status TakeAllocations(const v1::Receipt& receipt, ReceiptOrder& order) {
  if (receipt.allocations_size() > kMostAllocations) return InvalidField("receipt.allocations", "must be at most 100");
  if (!order.hold_id.empty() && receipt.allocations_size() > 0) {
    return InvalidField("receipt.allocations", "must be empty: a hold has no items yet");
  }
  for (int i = 0; i < receipt.allocations_size(); ++i) {
    const std::string field = fmt::format("receipt.allocations[{}]", i);
    ASSIGN_OR_RETURN(const std::string id,
                     ParseId(field + ".receivable", receipt.allocations(i).receivable(), "receivables/*"));
    ASSIGN_OR_RETURN(const Money amount, PositiveMoney(field + ".amount", receipt.allocations(i).amount()));
    order.allocations.push_back({id, amount});
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<ReceiptOrder> ParseOrder(const v1::Receipt& receipt) {
  static const std::set<std::string> methods = {"CASH", "CARD", "TRANSFER", "CHEQUE", "LOAN"};
  ReceiptOrder order{.method = receipt.method(), .payer_note = receipt.payer_note(), .reference = receipt.reference()};
  ASSIGN_OR_RETURN(order.amount, PositiveMoney("receipt.amount", receipt.amount()));
  if (!methods.contains(order.method)) {
    return InvalidField("receipt.method", "must be CASH, CARD, TRANSFER, CHEQUE or LOAN");
  }
  RETURN_IF_ERROR(CheckLength("receipt.payer_note", receipt.payer_note(), 0, 100));
  RETURN_IF_ERROR(CheckLength("receipt.reference", receipt.reference(), 0, 60));
  if (receipt.has_book_date()) {
    ASSIGN_OR_RETURN(order.book_date, ToDate("receipt.book_date", receipt.book_date()));
  }
  if (!receipt.payer().empty()) {
    ASSIGN_OR_RETURN(order.payer_id, ParseId("receipt.payer", receipt.payer(), "customers/*"));
  }
  RETURN_IF_ERROR(TakeSubject(receipt, order));
  RETURN_IF_ERROR(TakeAllocations(receipt, order));
  return order;
}

}  // namespace lintel::finance
