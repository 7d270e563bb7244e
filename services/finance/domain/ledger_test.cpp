#include "services/finance/domain/ledger.h"

#include <gtest/gtest.h>

namespace lintel::finance {
namespace {

TEST(Ledger, EveryEntryBalances) {  // FIN-20
  EXPECT_TRUE(Balances(PriceDue(Fen(291342672))));
  EXPECT_TRUE(Balances(MoneyReceived("CASH", Fen(7), Fen(3))));
  EXPECT_TRUE(Balances(MoneyReceived("CARD", Fen(7), Fen(0))));
  EXPECT_TRUE(Balances(HoldMoneyReceived("CASH", Fen(500))));
  EXPECT_TRUE(Balances(HoldMoneyCarried(Fen(400), Fen(100))));
  EXPECT_TRUE(Balances(StampTax(Fen(145671))));
  EXPECT_TRUE(Balances(Reversed(MoneyReceived("CASH", Fen(7), Fen(3)))));
}

TEST(Ledger, CashAndBankAreTwoAccounts) {
  EXPECT_EQ(MoneyReceived("CASH", Fen(7), Fen(0)).front().account, LedgerAccount::kCash);
  EXPECT_EQ(MoneyReceived("TRANSFER", Fen(7), Fen(0)).front().account, LedgerAccount::kBank);
}

}  // namespace
}  // namespace lintel::finance
