#include "services/sales/testing/sales_floor.h"

#include "lintel/customers/v1/customers.pb.h"
#include "platform/ids/ids.h"
#include "platform/status/status.h"
#include "services/finance/embedded.h"
#include "services/inventory/embedded.h"
#include "services/inventory/store/room_store.h"
#include "services/sales/embedded.h"

namespace lintel::sales {

SalesFloor::SalesFloor()
    : sales_db_("sales", SalesMigrations()),
      inventory_db_("inventory", inventory::InventoryMigrations()),
      finance_db_("finance", finance::FinanceMigrations()),
      host_(SalesReasons()) {
  using customers::v1::GetCustomerNamesRequest;
  using customers::v1::GetCustomerNamesResponse;
  others_.Answer<GetCustomerNamesResponse, GetCustomerNamesRequest>(
      "lintel.customers.v1.CustomersService/GetCustomerNames", [this](const GetCustomerNamesRequest& request) {
        if (when_customers_are_asked_) when_customers_are_asked_();
        GetCustomerNamesResponse response;
        for (const std::string& name : request.names()) {
          if (name == Customer()) (*response.mutable_display_names())[name] = "示例客户";
        }
        return response;
      });
  others_.Answer<identity::v1::GetDisplayNamesResponse, identity::v1::GetDisplayNamesRequest>(
      "lintel.identity.v1.IdentityService/GetDisplayNames",
      [this](const identity::v1::GetDisplayNamesRequest&) -> absl::StatusOr<identity::v1::GetDisplayNamesResponse> {
        if (names_away_) return absl::UnavailableError("away");
        identity::v1::GetDisplayNamesResponse response;
        response.mutable_display_names()->insert(team_names_.begin(), team_names_.end());
        return response;
      });
  others_.Answer<identity::v1::SendNoticeResponse, identity::v1::SendNoticeRequest>(
      "lintel.identity.v1.IdentityService/SendNotice",
      [this](const identity::v1::SendNoticeRequest& notice) -> absl::StatusOr<identity::v1::SendNoticeResponse> {
        if (inboxes_away_) return absl::UnavailableError("away");
        notices_.push_back(notice);
        return identity::v1::SendNoticeResponse();
      });
  others_.Answer<identity::v1::TakeFilesResponse, identity::v1::TakeFilesRequest>(
      "lintel.identity.v1.IdentityService/TakeFiles",
      [this](const identity::v1::TakeFilesRequest& request) -> absl::StatusOr<identity::v1::TakeFilesResponse> {
        for (const std::string& name : request.names()) {
          if (!uploads_.contains(name)) return Missing("file", name);
        }
        taken_.insert(request.names().begin(), request.names().end());
        return identity::v1::TakeFilesResponse();
      });
  claims_.Register(backs_.server());
  projects_.Register(backs_.server());
  accounts_.Register(backs_.server());
  desk_.Register(backs_.server());
  hold_money_.Register(backs_.server());
  backs_.Start();
  peers_ = std::unique_ptr<Peers>(new Peers{backs_.channel(), others_.channel(), backs_.channel(), others_.channel()});
  DefineHoldProcesses(processes_, *peers_, sales_db_.app());
  DefineDealProcesses(processes_, *peers_, sales_db_.app());
  DefineHandOverProcess(processes_, *peers_);
  holds_ = std::make_unique<HoldsService>(commands_, processes_, *peers_);
  subscriptions_ = std::make_unique<SubscriptionsService>(commands_, processes_, *peers_);
  contracts_ = std::make_unique<ContractsService>(commands_, processes_, *peers_);
  people_ = std::make_unique<PeopleService>(commands_, processes_, *peers_);
  reminders_ = std::make_unique<Reminders>(sales_db_.app(), processes_, *peers_);
  reconciliation_ = std::make_unique<Reconciliation>(sales_db_.job(), *peers_, metrics_);
  holds_->Register(host_.server());
  subscriptions_->Register(host_.server());
  contracts_->Register(host_.server());
  people_->Register(host_.server());
  reconciliations_.Register(host_.server());
  // The cashier's desk stands beside sales: it asks inventory, which runs by now.
  receipts_ = std::make_unique<finance::ReceiptsService>(
      finance_commands_, finance::ReceiptPeers{backs_.channel(), others_.channel(), others_.channel()});
  receipts_->Register(host_.server());
  host_.Start();
}

Principal SalesFloor::NewOperator(std::vector<std::string> more) {
  for (const char* right : {"deal.read", "room.hold", "subscription.create", "contract.sign"}) more.emplace_back(right);
  return testing::OperatorWith(more);
}

std::string SalesFloor::GivenRoom() {
  inventory::v1::CreateProjectRequest request;
  request.mutable_project()->set_display_name("示例苑 " + NewId());
  inventory::v1::Permit& permit = *request.mutable_project()->add_permits();
  permit.set_number("示预字 2026-1");
  *permit.mutable_valid_from() = ToProto(*ParseDate("2020-01-01"));
  const auto project = Send<inventory::v1::Project>("inventory.v1.ProjectsService/CreateProject", request, manager_);
  EXPECT_TRUE(project.ok()) << project.status();
  project_ = project->name();
  const inventory::Room room{.id = NewId(),
                             .project_id = project_.substr(9),
                             .place = {.building = "3栋", .floor = 18, .number = "1806"},
                             .built_area = Area{9642},
                             .unit_price = Yuan(10'371),
                             .list_price = Yuan(1'000'000),
                             .availability = inventory::Available{},
                             .state_time = now_};
  const Scope scope = WholeTenant(1);
  EXPECT_TRUE(inventory_db_.app()
                  .Execute({.tenant = 1},
                           [&](pg::Transaction& tx) {
                             return inventory::RoomStore(tx, scope).Insert({room}) ? absl::OkStatus()
                                                                                   : absl::AbortedError("room");
                           })
                  .ok());
  if (plan_.empty()) {
    finance::v1::CreatePaymentPlanRequest plan;
    plan.mutable_payment_plan()->set_display_name("分期");
    plan.mutable_payment_plan()->set_kind(finance::v1::INSTALMENTS);
    const auto line = [&](const char* kind, int64_t ppm, int months) {
      finance::v1::PlanLine& added = *plan.mutable_payment_plan()->add_lines();
      added.set_kind(kind);
      added.set_ppm(ppm);
      added.set_due_months(months);
    };
    line("DEPOSIT", 0, 0);
    line("DOWN_PAYMENT", 300'000, 1);
    line("BALANCE", 0, 6);
    const auto made =
        Send<finance::v1::PaymentPlan>("finance.v1.PaymentPlansService/CreatePaymentPlan", plan, manager_);
    EXPECT_TRUE(made.ok()) << made.status();
    plan_ = made->name();
  }
  return project_ + "/rooms/" + room.id;
}

void SalesFloor::GivenNumbers(int64_t first, int64_t last) {
  v1::CreateContractNumberRangeRequest request;
  v1::ContractNumberRange& range = *request.mutable_contract_number_range();
  range.set_project(project_);
  range.set_prefix("HT-");
  range.set_first(first);
  range.set_last(last);
  range.set_digits(4);
  const auto made =
      Send<v1::ContractNumberRange>("sales.v1.ContractsService/CreateContractNumberRange", request, manager_);
  EXPECT_TRUE(made.ok()) << made.status();
}

std::string SalesFloor::GivenConsultant(const std::string& code, const Principal& who, const std::string& team_name) {
  v1::CreateConsultantRequest request;
  request.mutable_consultant()->set_code(code);
  request.mutable_consultant()->set_display_name("顾问 " + code);
  request.mutable_consultant()->set_operator_name(who.operator_name);
  request.mutable_consultant()->set_team(who.team);
  request.mutable_consultant()->set_team_display_name(team_name);
  const auto made = Send<v1::Consultant>("sales.v1.ConsultantsService/CreateConsultant", request, manager_);
  EXPECT_TRUE(made.ok()) << made.status();
  return made->name();
}

v1::Policy SalesFloor::GivenPolicy(const std::function<void(v1::Policy&)>& change) {
  v1::GetPolicyRequest get;
  get.set_name(project_ + "/policy");
  v1::UpdatePolicyRequest request;
  *request.mutable_policy() = *Send<v1::Policy>("sales.v1.PoliciesService/GetPolicy", get, manager_);
  change(*request.mutable_policy());
  const auto set = Send<v1::Policy>("sales.v1.PoliciesService/UpdatePolicy", request, manager_);
  EXPECT_TRUE(set.ok()) << set.status();
  return *set;
}

absl::StatusOr<v1::Hold> SalesFloor::Hold(const std::string& room, const Principal& who,
                                          const std::function<void(v1::Hold&)>& change, const std::string& request_id) {
  v1::CreateHoldRequest request;
  request.mutable_hold()->set_room(room);
  request.mutable_hold()->set_customer(Customer());
  request.set_request_id(request_id.empty() ? NewId() : request_id);
  if (change) change(*request.mutable_hold());
  return Send<v1::Hold>("sales.v1.HoldsService/CreateHold", request, who);
}

v1::Hold SalesFloor::ReadHold(const std::string& name) {
  v1::GetHoldRequest request;
  request.set_name(name);
  return *Send<v1::Hold>("sales.v1.HoldsService/GetHold", request, manager_);
}

absl::StatusOr<v1::Subscription> SalesFloor::Subscribe(const std::string& room, const std::string& hold,
                                                       const Principal& who,
                                                       const std::function<void(v1::Subscription&)>& change) {
  v1::CreateSubscriptionRequest request;
  v1::Subscription& subscription = *request.mutable_subscription();
  subscription.set_room(room);
  subscription.add_buyers()->set_customer(Customer());
  subscription.set_payment_plan(plan_);
  subscription.set_hold(hold);
  *subscription.mutable_deposit() = ToProto(Yuan(50'000));
  request.set_request_id(NewId());
  if (change) change(subscription);
  return Send<v1::Subscription>("sales.v1.SubscriptionsService/CreateSubscription", request, who);
}

absl::StatusOr<v1::Contract> SalesFloor::Sign(const std::string& subscription,
                                              const std::function<void(v1::Contract&)>& change) {
  v1::CreateContractRequest request;
  request.mutable_contract()->set_subscription(subscription);
  request.set_request_id(NewId());
  if (change) change(*request.mutable_contract());
  return Send<v1::Contract>("sales.v1.ContractsService/CreateContract", request, anna_);
}

std::string SalesFloor::RoomState(const std::string& room) {
  const Scope scope = WholeTenant(1);
  return *inventory_db_.app().Run<std::string>({.tenant = 1}, [&](pg::Transaction& tx) -> absl::StatusOr<std::string> {
    const auto found = inventory::RoomStore(tx, scope).Find(room.substr(9, 36), room.substr(52));
    if (!found.ok()) return found.status();
    const inventory::v1::Room message = inventory::ToProto(*found);
    return inventory::v1::RoomState_Name(message.state()) + (message.deal().empty() ? "" : " " + message.deal());
  });
}

absl::StatusOr<finance::v1::Receipt> SalesFloor::PayFee(const std::string& hold, int64_t yuan) {
  finance::v1::CreateReceiptRequest request;
  request.mutable_receipt()->set_hold(hold);
  *request.mutable_receipt()->mutable_amount() = ToProto(Yuan(yuan));
  request.mutable_receipt()->set_method("CASH");
  request.set_request_id(NewId());
  return host_.channel().Call<finance::v1::Receipt>("lintel.finance.v1.ReceiptsService/CreateReceipt", request,
                                                    host_.As(cashier_));
}

absl::StatusOr<finance::v1::Receipt> SalesFloor::GiveBack(const std::string& receipt) {
  finance::v1::ReverseReceiptRequest request;
  request.set_name(receipt);
  request.set_reason("客户放弃");
  return host_.channel().Call<finance::v1::Receipt>("lintel.finance.v1.ReceiptsService/ReverseReceipt", request,
                                                    host_.As(cashier_));
}

void SalesFloor::RevokePermits() { inventory_db_.Execute("UPDATE permits SET revoked = true"); }

void SalesFloor::RunDue() {
  JobRunner runner(sales_db_.app(), sales_db_.job(), clock_, metrics_);  // Anew: as after a restart.
  reminders_->Register(runner);
  RegisterNotices(runner, *peers_);
  while (*runner.RunOne()) {
  }
  while (*processes_.SweepOne()) {
  }
}

std::string SalesFloor::Events(const std::string& type) {
  return sales_db_.Value("SELECT count(*) FROM outbox WHERE type = 'lintel.sales.v1." + type + "'");
}

int SalesFloor::Differences() { return *reconciliation_->RunAll(now_); }

}  // namespace lintel::sales
