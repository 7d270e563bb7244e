// The double-entry ledger: what each event books. Debits are positive, credits negative, and every entry sums to zero.
#pragma once

#include <string>
#include <vector>

#include "platform/money/money.h"

namespace lintel::finance {

// The accounts of the trade's chart (企业会计准则): cash 1001, bank 1002, receivable 1122, contract liability 2205
// (money for rooms not handed over), other payable 2241 (over-payments; 224101 holds' fees, the payer's own until there
// is a price), taxes payable 2221, taxes and surcharges 6403.
enum class LedgerAccount {
  kCash = 1001,
  kBank = 1002,
  kReceivable = 1122,
  kContractLiability = 2205,
  kTaxesPayable = 2221,
  kOverPayment = 2241,
  kTaxesAndSurcharges = 6403,
  kHoldMoney = 224101
};

struct LedgerLine {
  LedgerAccount account;
  int64_t amount_minor = 0;
};
using Entry = std::vector<LedgerLine>;

// A deal's price becomes due.
Entry PriceDue(const Money& price);
// Money came in by `method` ("CASH", or anything else through the bank).
Entry MoneyReceived(const std::string& method, const Money& allocated, const Money& unallocated);
// A hold's fee came in, or goes back when negative.
Entry HoldMoneyReceived(const std::string& method, const Money& amount);
// A hold's fee becomes its subscription's money.
Entry HoldMoneyCarried(const Money& allocated, const Money& unallocated);
Entry StampTax(const Money& tax);
// The same entry with every sign turned: how things are undone.
Entry Reversed(Entry entry);

// Whether the lines sum to zero; the database checks it once more.
bool Balances(const Entry& entry);

}  // namespace lintel::finance
