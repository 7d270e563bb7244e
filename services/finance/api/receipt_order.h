// What a cashier asks to be booked, checked as far as it can be without looking at the books.
#pragma once

#include "services/finance/api/convert.h"

namespace lintel::finance {

struct ReceiptOrder {
  // Exactly one of the three says what is paid for.
  std::string contract_id;
  std::string subscription_id;
  std::string hold_id;
  Money amount;
  std::string method;
  std::optional<Date> book_date;
  std::optional<std::string> payer_id;
  std::string payer_note;
  std::string reference;
  std::vector<Allocation> allocations;
};

absl::StatusOr<ReceiptOrder> ParseOrder(const v1::Receipt& receipt);

}  // namespace lintel::finance
