// Receipts in the books: on a deal's account, on a hold before there is one, and from there to the deal. Everything
// here works inside the caller's transaction and announces what it did.
#pragma once

#include "platform/outbox/outbox.h"
#include "services/finance/api/receipt_order.h"

namespace lintel::finance {

struct Posting {
  pg::Transaction& tx;
  const Cause cause;
  const Scope& scope;
};

// ACCOUNT_CLOSED, ALLOCATION_MISMATCH, RECEIVABLE_SETTLED.
absl::StatusOr<v1::Receipt> BookOnAccount(const Posting& posting, const std::string& account_id,
                                          const ReceiptOrder& order);

// HOLD_FEE_PAID (metadata outstanding) when it is more than the rest of the fee, HOLD_CARRIED (subscription) once the
// hold's money is a subscription's, ACCOUNT_CLOSED once the hold has ended.
absl::StatusOr<v1::Receipt> BookOnHold(const Posting& posting, const ReceiptOrder& order);

// The counter-booking. RECEIPT_REVERSED, OVER_PAYMENT_USED, a stale etag.
absl::StatusOr<v1::Receipt> BookReversal(const Posting& posting, const std::string& receipt_id,
                                         const std::string& reason, const std::string& etag);

// Makes the receipts that `hold` has those of `account`, which is locked as `hold` is; the hold takes no more money.
absl::Status CarryMoney(const Posting& posting, HoldAccount& hold, Account& account);

}  // namespace lintel::finance
