#include "services/finance/domain/ledger.h"

namespace lintel::finance {
namespace {

// Lines of zero say nothing.
Entry WithoutZeros(const Entry& entry) {
  Entry kept;
  for (const LedgerLine& line : entry) {
    if (line.amount_minor != 0) kept.push_back(line);
  }
  return kept;
}

LedgerAccount Into(const std::string& method) { return method == "CASH" ? LedgerAccount::kCash : LedgerAccount::kBank; }

}  // namespace

Entry PriceDue(const Money& price) {
  return WithoutZeros(
      {{LedgerAccount::kReceivable, price.minor_units}, {LedgerAccount::kContractLiability, -price.minor_units}});
}

Entry MoneyReceived(const std::string& method, const Money& allocated, const Money& unallocated) {
  return WithoutZeros({{Into(method), allocated.minor_units + unallocated.minor_units},
                       {LedgerAccount::kReceivable, -allocated.minor_units},
                       {LedgerAccount::kOverPayment, -unallocated.minor_units}});
}

Entry HoldMoneyReceived(const std::string& method, const Money& amount) {
  return WithoutZeros({{Into(method), amount.minor_units}, {LedgerAccount::kHoldMoney, -amount.minor_units}});
}

Entry HoldMoneyCarried(const Money& allocated, const Money& unallocated) {
  return WithoutZeros({{LedgerAccount::kHoldMoney, allocated.minor_units + unallocated.minor_units},
                       {LedgerAccount::kReceivable, -allocated.minor_units},
                       {LedgerAccount::kOverPayment, -unallocated.minor_units}});
}

Entry StampTax(const Money& tax) {
  return WithoutZeros(
      {{LedgerAccount::kTaxesAndSurcharges, tax.minor_units}, {LedgerAccount::kTaxesPayable, -tax.minor_units}});
}

Entry Reversed(Entry entry) {
  for (LedgerLine& line : entry) line.amount_minor = -line.amount_minor;
  return entry;
}

bool Balances(const Entry& entry) {
  int64_t sum = 0;
  for (const LedgerLine& line : entry) sum += line.amount_minor;
  return sum == 0;
}

}  // namespace lintel::finance
