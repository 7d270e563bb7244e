// What is owed, what is paid, and what is taken back.
#include "services/finance/store/undone_documents.h"
#include "services/finance/testing/finance_fixture.h"

namespace lintel::finance {
namespace {

TEST_F(FinanceServiceTest, ReceivablesAddUpToThePriceAndTheLedgerBalances) {  // FIN-19
  const std::string subscription = GivenAccount();
  v1::ListReceivablesRequest request;
  request.set_filter("subscription = \"" + subscription + "\"");
  const auto list = AsCashier<v1::ListReceivablesResponse>("ReceivablesService/ListReceivables", request);
  ASSERT_TRUE(list.ok()) << list.status();
  int64_t sum = 0;
  for (const auto& one : list->receivables()) sum += one.amount().minor_units();
  EXPECT_EQ(list->receivables_size(), 3);
  EXPECT_EQ(sum, 100'000'001);
  EXPECT_EQ(LedgerSum(), "0");
  EXPECT_EQ(LedgerSum("ledger_account = 1122"), "100000001");
}

TEST_F(FinanceServiceTest, AnItemAddedByHandIsOwedAuditedAndKeepsTheLedgerEven) {  // FIN-19
  v1::CreateReceivableRequest request;
  v1::Receivable& item = *request.mutable_receivable();
  item.set_subscription(GivenAccount());
  item.set_kind("DEED_TAX");
  item.set_note("代收契税");
  *item.mutable_amount() = lintel::ToProto(Yuan(12'000));
  *item.mutable_due_date() = lintel::ToProto(*ParseDate("2026-12-31"));
  const auto add = [&](const Principal& who) {
    return host_.channel().Call<v1::Receivable>("lintel.finance.v1.ReceivablesService/CreateReceivable", request,
                                                host_.As(who));
  };
  const auto added = add(cashier_);
  ASSERT_TRUE(added.ok()) << added.status();
  EXPECT_EQ(added->sequence(), 4) << "after those of the plan";
  EXPECT_EQ(LedgerSum(), "0");
  EXPECT_EQ(database_.Value("SELECT sum(amount_minor) FROM receivables"), "101200001");
  EXPECT_EQ(Events("ReceivablesChanged"), "2");
  const auto field = [&](const std::function<void(v1::Receivable&)>& change) {
    const v1::Receivable kept = item;
    change(item);
    const std::string named = FieldOf(add(cashier_).status());
    item = kept;
    return named;
  };
  EXPECT_EQ(field([](auto& wrong) { wrong.mutable_amount()->set_minor_units(0); }), "receivable.amount.minor_units");
  EXPECT_EQ(field([](auto& wrong) { wrong.mutable_due_date()->set_month(13); }), "receivable.due_date");
  EXPECT_EQ(field([](auto& wrong) { wrong.clear_kind(); }), "receivable.kind");
  EXPECT_EQ(add(testing::OperatorWith({"receivable.read"})).status().code(), absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(add(testing::OperatorWith({"receivable.write"}, 2)).status().code(), absl::StatusCode::kNotFound);
  database_.Execute("UPDATE accounts SET closed = true");
  EXPECT_EQ(ReasonOf(add(cashier_).status()), "ACCOUNT_CLOSED");
  EXPECT_EQ(database_.Value("SELECT count(*) FROM receivables WHERE manual"), "1");
}

TEST_F(FinanceServiceTest, AReceiptFillsTheOldestItemsAndSaysItsSumInCapitals) {  // FIN-20, RPT-32
  const auto receipt = Book(ReceiptOf(GivenAccount(), 5'000'100));
  ASSERT_TRUE(receipt.ok()) << receipt.status();
  EXPECT_EQ(receipt->number(), "SJ-000001");
  EXPECT_EQ(receipt->capitals(), "人民币伍万零壹元整");
  ASSERT_EQ(receipt->allocations_size(), 2);
  EXPECT_EQ(LedgerSum("ledger_account = 1001"), "5000100");
  EXPECT_EQ(LedgerSum(), "0");
}

TEST_F(FinanceServiceTest, WhatIsPaidTooMuchStaysOnTheAccount) {
  const auto receipt = Book(ReceiptOf(GivenAccount(), 100'000'501));
  EXPECT_EQ(receipt->unallocated().minor_units(), 500);
  EXPECT_EQ(LedgerSum("ledger_account = 2241"), "-500");
}

TEST_F(FinanceServiceTest, AReplayedReceiptIsBookedOnce) {
  const auto request = ReceiptOf(GivenAccount(), 1000);
  const auto first = Book(request);
  EXPECT_EQ(Book(request)->name(), first->name());
  EXPECT_EQ(database_.Value("SELECT count(*) FROM receipts"), "1");
}

TEST_F(FinanceServiceTest, AReversalTurnsEverySignAndHappensOnce) {  // FIN-20
  const auto receipt = Book(ReceiptOf(GivenAccount(), 5'000'100));
  const auto reversal = Reverse(receipt->name());
  ASSERT_TRUE(reversal.ok()) << reversal.status();
  EXPECT_EQ(reversal->amount().minor_units(), -5'000'100);
  EXPECT_EQ(reversal->number(), "SJ-000002");
  EXPECT_EQ(ReasonOf(Reverse(receipt->name()).status()), "RECEIPT_REVERSED");
  EXPECT_EQ(ReasonOf(Reverse(reversal->name()).status()), "RECEIPT_REVERSED");
  EXPECT_EQ(LedgerSum("ledger_account = 1001"), "0");
  EXPECT_EQ(database_.Value("SELECT sum(paid_minor) FROM receivables"), "0");
}

TEST_F(FinanceServiceTest, TheDayJournalEqualsTheReceiptsOfTheDay) {  // FIN-21
  const std::string subscription = GivenAccount();
  ASSERT_TRUE(Book(ReceiptOf(subscription, 700)).ok());
  const auto second = Book(ReceiptOf(subscription, 300));
  ASSERT_TRUE(Reverse(second->name()).ok());
  v1::GetJournalRequest request;
  request.set_name("journals/" + ToIsoDate(*DateIn(WallClock(), "Asia/Shanghai")));
  const auto journal = AsCashier<v1::Journal>("JournalsService/GetJournal", request);
  EXPECT_EQ(journal->lines_size(), 3);
  EXPECT_EQ(journal->received().minor_units(), 1000);
  EXPECT_EQ(journal->reversed().minor_units(), -300);
  EXPECT_EQ(journal->total().minor_units(), 700);
}

TEST_F(FinanceServiceTest, TakesNoMoneyWithoutAValidPermit) {  // DOMAIN §1
  const auto request = ReceiptOf(GivenAccount(), 1000);
  office_.valid = false;
  EXPECT_EQ(ReasonOf(Book(request).status()), "PERMIT_MISSING");
  EXPECT_EQ(database_.Value("SELECT count(*) FROM receipts"), "0");
}

TEST_F(FinanceServiceTest, StampTaxFollowsTheRateOfTheSigningDay) {  // CFG-03
  const auto rate = [&](const std::string& from, int64_t ppm) {
    v1::CreateTaxRateRequest request;
    request.mutable_tax_rate()->set_kind("STAMP");
    request.mutable_tax_rate()->set_payer("SELLER");
    request.mutable_tax_rate()->set_rate_ppm(ppm);
    *request.mutable_tax_rate()->mutable_valid_from() = lintel::ToProto(*ParseDate(from));
    ASSERT_TRUE(AsCashier<v1::TaxRate>("JournalsService/CreateTaxRate", request).ok());
  };
  rate("2022-07-01", 500);
  rate("2026-12-01", 300);
  v1::RecordContractRequest request;
  request.set_subscription(GivenAccount());
  request.set_contract("contracts/" + NewId());
  request.set_number("HT-1");
  *request.mutable_sign_date() = lintel::ToProto(*ParseDate("2026-11-30"));
  const auto recorded = AsSales<v1::RecordContractResponse>("RecordContract", request);
  EXPECT_EQ(recorded->stamp_tax().minor_units(), 50'000);
  EXPECT_EQ(recorded->rate_ppm(), 500);
}

TEST_F(FinanceServiceTest, AnAccountWithMoneyIsNotUndone) {
  const std::string subscription = GivenAccount();
  ASSERT_TRUE(Book(ReceiptOf(subscription, 1000)).ok());
  v1::CloseAccountRequest request;
  request.set_subscription(subscription);
  EXPECT_EQ(ReasonOf(AsSales<v1::Account>("CloseAccount", request).status()), "ACCOUNT_HAS_MONEY");
}

TEST_F(FinanceServiceTest, ADealHasOneOpenAccountAndAnotherOnceThatIsClosed) {  // FIN-19
  v1::OpenAccountRequest request = AccountOrder();
  ASSERT_TRUE(AsSales<v1::Account>("OpenAccount", request).ok());
  v1::CloseAccountRequest close;
  close.set_subscription(request.subscription());
  request.set_subscription("subscriptions/" + NewId());
  EXPECT_EQ(ReasonOf(AsSales<v1::Account>("OpenAccount", request).status()), "ACCOUNT_EXISTS");
  ASSERT_TRUE(AsSales<v1::Account>("CloseAccount", close).ok());
  EXPECT_EQ(AsSales<v1::Account>("OpenAccount", request)->subscription(), request.subscription());
}

TEST_F(FinanceServiceTest, AnOrderThatComesAfterItsUndoIsRefused) {  // FIN-19
  v1::OpenAccountRequest open = AccountOrder();
  v1::CloseAccountRequest close;
  close.set_subscription(open.subscription());
  ASSERT_TRUE(AsSales<v1::Account>("CloseAccount", close)->closed());
  ASSERT_TRUE(AsSales<v1::Account>("CloseAccount", close)->closed()) << "once more is harmless";
  EXPECT_EQ(ReasonOf(AsSales<v1::Account>("OpenAccount", open).status()), "ACCOUNT_CLOSED");
  EXPECT_EQ(database_.Value("SELECT count(*) FROM accounts"), "0");
  open.set_subscription("subscriptions/" + NewId());
  EXPECT_TRUE(AsSales<v1::Account>("OpenAccount", open).ok()) << "the deal's next subscription is free";

  v1::RecordContractRequest record;
  record.set_subscription(open.subscription());
  record.set_contract("contracts/" + NewId());
  *record.mutable_sign_date() = lintel::ToProto(*ParseDate("2026-11-30"));
  v1::ForgetContractRequest forget;
  forget.set_subscription(record.subscription());
  forget.set_contract(record.contract());
  ASSERT_TRUE(AsSales<v1::Account>("ForgetContract", forget).ok());
  EXPECT_EQ(ReasonOf(AsSales<v1::RecordContractResponse>("RecordContract", record).status()), "CONTRACT_UNDONE");
  record.set_contract("contracts/" + NewId());
  EXPECT_TRUE(AsSales<v1::RecordContractResponse>("RecordContract", record).ok()) << "the next contract is free";
}

TEST_F(FinanceServiceTest, AnUndoWaitsForTheOrderThatIsBeingCarriedOut) {  // FIN-19
  v1::CloseAccountRequest close;
  close.set_subscription("subscriptions/" + NewId());
  const auto undo = [&](std::chrono::milliseconds patience) {
    CallOptions options = host_.AsService("sales");
    options.deadline = std::chrono::steady_clock::now() + patience;
    return host_.channel().Call<v1::Account>("lintel.finance.v1.AccountsService/CloseAccount", close, options);
  };
  const absl::Status ordered = database_.app().Execute({.tenant = 1}, [&](pg::Transaction& tx) -> absl::Status {
    UndoneDocuments(tx, 1).Lock(close.subscription().substr(sizeof("subscriptions/") - 1));
    return undo(std::chrono::milliseconds(500)).status();
  });
  EXPECT_EQ(ordered.code(), absl::StatusCode::kDeadlineExceeded) << ordered;
  EXPECT_TRUE(undo(std::chrono::seconds(10)).ok());
}

TEST_F(FinanceServiceTest, ABadReceiptNamesItsField) {
  v1::CreateReceiptRequest request = ReceiptOf(GivenAccount(), 0);
  EXPECT_EQ(FieldOf(Book(request).status()), "receipt.amount.minor_units");
  request = ReceiptOf("subscriptions/x", 1);
  EXPECT_EQ(FieldOf(Book(request).status()), "receipt.subscription");
  request.mutable_receipt()->set_method("BITCOIN");
  EXPECT_EQ(FieldOf(Book(request).status()), "receipt.method");
}

TEST_F(FinanceServiceTest, EveryListedPlanHasItsOwnLines) {  // BX-04
  const std::string first = GivenPlan();
  const std::string second = GivenPlan();
  const auto list =
      AsCashier<v1::ListPaymentPlansResponse>("PaymentPlansService/ListPaymentPlans", v1::ListPaymentPlansRequest());
  ASSERT_TRUE(list.ok()) << list.status();
  ASSERT_EQ(list->payment_plans_size(), 2);
  for (const v1::PaymentPlan& plan : list->payment_plans()) {
    v1::GetPaymentPlanRequest get;
    get.set_name(plan.name());
    EXPECT_EQ(plan.DebugString(), AsCashier<v1::PaymentPlan>("PaymentPlansService/GetPaymentPlan", get)->DebugString());
    EXPECT_EQ(plan.lines(1).kind(), "INSTALMENT");
  }
}

}  // namespace
}  // namespace lintel::finance
