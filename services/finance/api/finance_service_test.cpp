// Accounts and receipts on real PostgreSQL through a real server, with a permit that the test can take away.
#include <gtest/gtest.h>

#include "lintel/inventory/v1/claims.pb.h"
#include "platform/ids/ids.h"
#include "platform/status/status.h"
#include "platform/testing/database.h"
#include "platform/testing/server.h"
#include "services/finance/api/accounts_service.h"
#include "services/finance/api/desk_service.h"
#include "services/finance/api/hold_money_service.h"
#include "services/finance/api/receipts_service.h"
#include "services/finance/embedded.h"

namespace lintel::finance {
namespace {

constexpr char kTerms[] = "lintel.inventory.v1.ClaimsService/GetSaleTerms";

// Inventory as far as finance asks it: whether a valid permit covers a room.
class PermitOffice {
 public:
  bool valid = true;
  absl::StatusOr<inventory::v1::SaleTerms> GetSaleTerms(const Call&, const inventory::v1::GetSaleTermsRequest&) {
    inventory::v1::SaleTerms terms;
    terms.set_permit_valid(valid);
    return terms;
  }
  template <class Reply, class Request>
  absl::StatusOr<Reply> NotAsked(const Call&, const Request&) {
    return absl::UnimplementedError("finance does not ask this");
  }
  void Register(Server& server) {
    using namespace inventory::v1;
    const std::string prefix = "lintel.inventory.v1.ClaimsService/";
    server.Handle(kTerms, this, &PermitOffice::GetSaleTerms);
    server.Handle(prefix + "OpenClaim", this, &PermitOffice::NotAsked<Claim, OpenClaimRequest>);
    server.Handle(prefix + "AdvanceClaim", this, &PermitOffice::NotAsked<Claim, AdvanceClaimRequest>);
    server.Handle(prefix + "RetreatClaim", this, &PermitOffice::NotAsked<Claim, RetreatClaimRequest>);
    server.Handle(prefix + "ReleaseClaim", this, &PermitOffice::NotAsked<Claim, ReleaseClaimRequest>);
    server.Handle(prefix + "ExtendClaim", this, &PermitOffice::NotAsked<Claim, ExtendClaimRequest>);
    server.Handle(prefix + "SwapClaim", this, &PermitOffice::NotAsked<Claim, SwapClaimRequest>);
    server.Handle(prefix + "GetClaim", this, &PermitOffice::NotAsked<Claim, GetClaimRequest>);
    server.Handle(prefix + "ListOpenClaims", this,
                  &PermitOffice::NotAsked<ListOpenClaimsResponse, ListOpenClaimsRequest>);
  }
};

class FinanceServiceTest : public ::testing::Test {
 protected:
  void SetUp() override {
    office_.Register(inventory_.server());
    inventory_.Start();
    channel_ = std::make_unique<Channel>(inventory_.address(), "finance", "inventory", inventory_.tokens());
    receipts_ = std::make_unique<ReceiptsService>(commands_, ReceiptPeers{*channel_, *channel_, *channel_});
    accounts_.Register(host_.server());
    desk_.Register(host_.server());
    hold_money_.Register(host_.server());
    receipts_->Register(host_.server());
    host_.Start();
  }

  template <class Reply>
  absl::StatusOr<Reply> AsCashier(const std::string& method, const google::protobuf::Message& request) {
    return host_.channel().Call<Reply>("lintel.finance.v1." + method, request, host_.As(cashier_));
  }
  template <class Reply>
  absl::StatusOr<Reply> AsSales(const std::string& method, const google::protobuf::Message& request,
                                const std::string& service = "AccountsService/") {
    return host_.channel().Call<Reply>("lintel.finance.v1." + service + method, request, host_.AsService("sales"));
  }

  std::string GivenPlan() {
    v1::CreatePaymentPlanRequest request;
    v1::PaymentPlan& plan = *request.mutable_payment_plan();
    plan.set_display_name("分期 " + NewId());
    plan.set_kind(v1::INSTALMENTS);
    const auto line = [&](const std::string& kind, int64_t ppm, int months) {
      v1::PlanLine& added = *plan.add_lines();
      added.set_kind(kind);
      added.set_ppm(ppm);
      added.set_due_months(months);
    };
    line("DEPOSIT", 0, 0);
    line("INSTALMENT", 333'333, 1);
    line("BALANCE", 0, 2);
    return AsCashier<v1::PaymentPlan>("PaymentPlansService/CreatePaymentPlan", request)->name();
  }
  // The name of a subscription whose account is open over 1,000,000.01 yuan with a deposit of 50,000.
  std::string GivenAccount() {
    v1::OpenAccountRequest request;
    request.set_subscription("subscriptions/" + NewId());
    const std::string project = "projects/" + NewId();
    request.set_project(project);
    request.set_room(project + "/rooms/" + NewId());
    request.set_deal(NewId());
    request.add_customers("customers/" + NewId());
    request.set_payment_plan(GivenPlan());
    *request.mutable_price() = lintel::ToProto(Fen(100'000'001));
    *request.mutable_deposit() = lintel::ToProto(Yuan(50'000));
    *request.mutable_start_date() = lintel::ToProto(*ParseDate("2026-11-23"));
    request.set_time_zone("Asia/Shanghai");
    const auto opened = AsSales<v1::Account>("OpenAccount", request);
    EXPECT_TRUE(opened.ok()) << opened.status();
    return request.subscription();
  }
  // The name of a hold with a fee of 5,000 yuan.
  std::string GivenHold(const std::string& customer = "customers/" + NewId()) {
    v1::OpenHoldAccountRequest request;
    request.set_hold("holds/" + NewId());
    request.set_deal(request.hold().substr(6));
    request.set_room("projects/" + NewId() + "/rooms/" + NewId());
    request.set_customer(customer);
    *request.mutable_fee() = lintel::ToProto(Yuan(5'000));
    request.set_time_zone("Asia/Shanghai");
    const auto opened = AsSales<v1::HoldAccount>("OpenHoldAccount", request, "HoldMoneyService/");
    EXPECT_TRUE(opened.ok()) << opened.status();
    return request.hold();
  }
  v1::CreateReceiptRequest FeeOf(const std::string& hold, int64_t fen) {
    v1::CreateReceiptRequest request = ReceiptOf("", fen);
    request.mutable_receipt()->set_hold(hold);
    return request;
  }
  absl::StatusOr<v1::HoldAccount> End(const std::string& hold) {
    v1::CloseHoldAccountRequest request;
    request.set_hold(hold);
    return AsSales<v1::HoldAccount>("CloseHoldAccount", request, "HoldMoneyService/");
  }
  absl::StatusOr<v1::HoldAccount> Carry(const std::string& hold, const std::string& subscription) {
    v1::CarryHoldMoneyRequest request;
    request.set_hold(hold);
    request.set_subscription(subscription);
    return AsSales<v1::HoldAccount>("CarryHoldMoney", request, "HoldMoneyService/");
  }
  std::string Events(const std::string& type) {
    return database_.Value("SELECT count(*) FROM outbox WHERE type = 'lintel.finance.v1." + type + "'");
  }
  v1::CreateReceiptRequest ReceiptOf(const std::string& subscription, int64_t fen) {
    v1::CreateReceiptRequest request;
    request.mutable_receipt()->set_subscription(subscription);
    *request.mutable_receipt()->mutable_amount() = lintel::ToProto(Fen(fen));
    request.mutable_receipt()->set_method("CASH");
    request.set_request_id(NewId());
    return request;
  }
  absl::StatusOr<v1::Receipt> Book(const v1::CreateReceiptRequest& request) {
    return AsCashier<v1::Receipt>("ReceiptsService/CreateReceipt", request);
  }
  absl::StatusOr<v1::Receipt> Reverse(const std::string& receipt) {
    v1::ReverseReceiptRequest request;
    request.set_name(receipt);
    request.set_reason("wrong buyer");
    return AsCashier<v1::Receipt>("ReceiptsService/ReverseReceipt", request);
  }
  std::string LedgerSum(const std::string& where = "true") {
    return database_.Value("SELECT coalesce(sum(amount_minor), 0) FROM ledger_lines WHERE " + where);
  }

  const Principal cashier_ = testing::OperatorWith(
      {"receipt.book", "receipt.reverse", "receivable.read", "receivable.write", "policy.manage", "deal.read"});
  testing::TestDatabase database_{"finance", FinanceMigrations()};
  Commands commands_{database_.app(), WallClock};
  PermitOffice office_;
  testing::TestServer inventory_;
  std::unique_ptr<Channel> channel_;
  AccountsService accounts_{commands_};
  DeskService desk_{commands_};
  HoldMoneyService hold_money_{commands_};
  std::unique_ptr<ReceiptsService> receipts_;
  testing::TestServer host_{FinanceReasons()};
};

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

TEST_F(FinanceServiceTest, ABadReceiptNamesItsField) {
  v1::CreateReceiptRequest request = ReceiptOf(GivenAccount(), 0);
  EXPECT_EQ(FieldOf(Book(request).status()), "receipt.amount.minor_units");
  request = ReceiptOf("subscriptions/x", 1);
  EXPECT_EQ(FieldOf(Book(request).status()), "receipt.subscription");
  request.mutable_receipt()->set_method("BITCOIN");
  EXPECT_EQ(FieldOf(Book(request).status()), "receipt.method");
}

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
