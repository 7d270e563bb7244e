// Accounts and receipts on real PostgreSQL through a real server, with a permit that the test can take away.
#pragma once

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

inline constexpr char kTerms[] = "lintel.inventory.v1.ClaimsService/GetSaleTerms";

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
    server.Handle(prefix + "ReassignClaim", this, &PermitOffice::NotAsked<Claim, ReassignClaimRequest>);
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
  // An account over 1,000,000.01 yuan with a deposit of 50,000.
  v1::OpenAccountRequest AccountOrder() {
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
    return request;
  }
  // The name of a subscription whose account is open.
  std::string GivenAccount() {
    const v1::OpenAccountRequest request = AccountOrder();
    const auto opened = AsSales<v1::Account>("OpenAccount", request);
    EXPECT_TRUE(opened.ok()) << opened.status();
    return request.subscription();
  }
  // A hold with a fee of 5,000 yuan.
  v1::OpenHoldAccountRequest HoldOrder(const std::string& customer = "customers/" + NewId()) {
    v1::OpenHoldAccountRequest request;
    request.set_hold("holds/" + NewId());
    request.set_deal(request.hold().substr(6));
    request.set_room("projects/" + NewId() + "/rooms/" + NewId());
    request.set_customer(customer);
    *request.mutable_fee() = lintel::ToProto(Yuan(5'000));
    request.set_time_zone("Asia/Shanghai");
    return request;
  }
  // The name of a hold whose account is open.
  std::string GivenHold(const std::string& customer = "customers/" + NewId()) {
    const v1::OpenHoldAccountRequest request = HoldOrder(customer);
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

}  // namespace lintel::finance
