// The fee of a hold: the payer's money until there is a price.
#include "services/finance/testing/finance_fixture.h"

namespace lintel::finance {
namespace {

TEST_F(FinanceServiceTest, AHoldsFeeIsThePayersMoneyUntilThereIsAPrice) {  // CFG-01
  const std::string hold = GivenHold();
  const auto receipt = Book(FeeOf(hold, 300'000));
  ASSERT_TRUE(receipt.ok()) << receipt.status();
  EXPECT_EQ(receipt->hold(), hold);
  EXPECT_EQ(receipt->subscription(), "");
  EXPECT_EQ(receipt->number(), "SJ-000001");
  EXPECT_EQ(receipt->capitals(), "人民币叁仟元整");
  EXPECT_EQ(LedgerSum("ledger_account = 1001"), "300000");
  EXPECT_EQ(LedgerSum("ledger_account = 224101"), "-300000");
  EXPECT_EQ(LedgerSum(), "0");
  v1::GetJournalRequest journal;
  journal.set_name("journals/" + ToIsoDate(*DateIn(WallClock(), "Asia/Shanghai")));
  EXPECT_EQ(AsCashier<v1::Journal>("JournalsService/GetJournal", journal)->total().minor_units(), 300'000);
  v1::ListReceiptsRequest list;
  list.set_filter("hold = \"" + hold + "\"");
  EXPECT_EQ(AsCashier<v1::ListReceiptsResponse>("ReceiptsService/ListReceipts", list)->receipts_size(), 1);
  const auto beyond = Book(FeeOf(hold, 200'001));
  EXPECT_EQ(ReasonOf(beyond.status()), "HOLD_FEE_PAID");
  EXPECT_EQ(MetadataOf(beyond.status())["outstanding"], "2000.00");
  EXPECT_TRUE(Book(FeeOf(hold, 200'000)).ok());
}

TEST_F(FinanceServiceTest, AHoldsFeeNeedsAPermitAPayerAndNoItems) {  // DOMAIN §1
  v1::CreateReceiptRequest request = FeeOf(GivenHold(""), 1000);
  EXPECT_EQ(FieldOf(Book(request).status()), "receipt.payer");
  request.mutable_receipt()->set_payer("customers/" + NewId());
  office_.valid = false;
  EXPECT_EQ(ReasonOf(Book(request).status()), "PERMIT_MISSING");
  office_.valid = true;
  EXPECT_TRUE(Book(request).ok());
  request.mutable_receipt()->add_allocations()->set_receivable("receivables/" + NewId());
  EXPECT_EQ(FieldOf(Book(request).status()), "receipt.allocations");
  request.mutable_receipt()->set_subscription("subscriptions/" + NewId());
  EXPECT_EQ(FieldOf(Book(request).status()), "receipt.contract");
  EXPECT_EQ(Book(FeeOf("holds/" + NewId(), 1000)).status().code(), absl::StatusCode::kNotFound);
}

TEST_F(FinanceServiceTest, AHoldThatHasMoneyEndsOnlyAfterItWasGivenBack) {  // CFG-01
  const std::string hold = GivenHold();
  const auto receipt = Book(FeeOf(hold, 500'000));
  const auto refused = End(hold);
  EXPECT_EQ(ReasonOf(refused.status()), "HOLD_HAS_MONEY");
  EXPECT_EQ(MetadataOf(refused.status())["amount"], "5000.00");
  const auto reversal = Reverse(receipt->name());
  ASSERT_TRUE(reversal.ok()) << reversal.status();
  EXPECT_EQ(reversal->amount().minor_units(), -500'000);
  EXPECT_EQ(reversal->hold(), hold);
  EXPECT_EQ(LedgerSum("ledger_account = 224101"), "0");
  EXPECT_EQ(LedgerSum("ledger_account = 1001"), "0");
  EXPECT_TRUE(End(hold)->closed());
  EXPECT_TRUE(End(hold)->closed()) << "once more is harmless";
  EXPECT_EQ(ReasonOf(Book(FeeOf(hold, 1)).status()), "ACCOUNT_CLOSED");
}

TEST_F(FinanceServiceTest, AHoldsAccountThatWasEndedBeforeItCameStaysShut) {  // CFG-01
  v1::OpenHoldAccountRequest open = HoldOrder();
  ASSERT_TRUE(End(open.hold())->closed());
  EXPECT_EQ(ReasonOf(AsSales<v1::HoldAccount>("OpenHoldAccount", open, "HoldMoneyService/").status()),
            "ACCOUNT_CLOSED");
  EXPECT_EQ(Book(FeeOf(open.hold(), 1)).status().code(), absl::StatusCode::kNotFound);
}

TEST_F(FinanceServiceTest, AHoldsFeeGoesOnToTheSubscriptionsDeposit) {  // CFG-01, CFG-02
  const std::string hold = GivenHold();
  const std::string subscription = GivenAccount();
  const auto given_back = Book(FeeOf(hold, 100'000));
  ASSERT_TRUE(Reverse(given_back->name()).ok());
  const auto receipt = Book(FeeOf(hold, 500'000));
  ASSERT_TRUE(Carry(hold, subscription).ok());
  ASSERT_TRUE(Carry(hold, subscription).ok()) << "once more is harmless";
  EXPECT_EQ(database_.Value("SELECT paid_minor FROM receivables WHERE kind = 'DEPOSIT'"), "500000");
  EXPECT_EQ(LedgerSum("ledger_account = 224101"), "0");
  EXPECT_EQ(LedgerSum("ledger_account = 1122"), "99500001");
  EXPECT_EQ(LedgerSum(), "0");
  EXPECT_EQ(Events("HoldMoneyCarried"), "1");
  v1::GetReceiptRequest get;
  get.set_name(receipt->name());
  const auto carried = AsCashier<v1::Receipt>("ReceiptsService/GetReceipt", get);
  EXPECT_EQ(carried->subscription(), subscription);
  EXPECT_EQ(carried->hold(), hold);
  EXPECT_EQ(carried->unallocated().minor_units(), 0);
  ASSERT_EQ(carried->allocations_size(), 1);
  EXPECT_EQ(carried->allocations(0).amount().minor_units(), 500'000);
  const auto late = Book(FeeOf(hold, 1));
  EXPECT_EQ(ReasonOf(late.status()), "HOLD_CARRIED");
  EXPECT_EQ(MetadataOf(late.status())["subscription"], subscription);
}

TEST_F(FinanceServiceTest, AFeeThatWasCarriedIsReversedOnTheSubscription) {
  const std::string hold = GivenHold();
  const auto receipt = Book(FeeOf(hold, 500'000));
  ASSERT_TRUE(Carry(hold, GivenAccount()).ok());
  ASSERT_TRUE(Reverse(receipt->name()).ok());
  EXPECT_EQ(database_.Value("SELECT sum(paid_minor) FROM receivables"), "0");
  EXPECT_EQ(LedgerSum("ledger_account = 224101"), "0");
  EXPECT_EQ(LedgerSum("ledger_account = 1122"), "100000001");
  EXPECT_EQ(LedgerSum("ledger_account = 1001"), "0");
  EXPECT_EQ(LedgerSum(), "0");
}

}  // namespace
}  // namespace lintel::finance
