// A sales floor for tests: sales with the real inventory and finance beside it, each on its own database, and customers
// and identity as far as sales asks them. The clock stands where the test puts it.
#pragma once

#include <gtest/gtest.h>

#include "platform/testing/database.h"
#include "platform/testing/fake_peer.h"
#include "platform/testing/server.h"
#include "services/finance/api/accounts_service.h"
#include "services/finance/api/desk_service.h"
#include "services/finance/api/hold_money_service.h"
#include "services/finance/api/receipts_service.h"
#include "services/inventory/api/claims_service.h"
#include "services/inventory/api/projects_service.h"
#include "services/sales/api/contracts_service.h"
#include "services/sales/api/holds_service.h"
#include "services/sales/api/people_service.h"
#include "services/sales/api/reconciliations_service.h"
#include "services/sales/api/subscriptions_service.h"
#include "services/sales/app/hand_over.h"
#include "services/sales/app/notices.h"
#include "services/sales/app/reconcile.h"
#include "services/sales/app/reminders.h"

namespace lintel::sales {

class SalesFloor : public ::testing::Test {
 protected:
  SalesFloor();

  // A priced room of 96.42 m² at a list price of a million yuan, in a project with a permit.
  std::string GivenRoom();
  // In the project of the last room.
  void GivenNumbers(int64_t first, int64_t last);
  std::string GivenConsultant(const std::string& code, const Principal& who, const std::string& team_name);
  v1::Policy GivenPolicy(const std::function<void(v1::Policy&)>& change);
  static std::string Customer() { return "customers/0193a1b2-0000-7000-8000-00000000000c"; }

  template <class Reply>
  absl::StatusOr<Reply> Send(const std::string& method, const google::protobuf::Message& request,
                             const Principal& who) {
    testing::TestServer& server = method.rfind("sales.", 0) == 0 ? host_ : backs_;
    return server.channel().Call<Reply>("lintel." + method, request, server.As(who));
  }
  absl::StatusOr<v1::Hold> Hold(const std::string& room, const Principal& who,
                                const std::function<void(v1::Hold&)>& change = {}, const std::string& request_id = "");
  v1::Hold ReadHold(const std::string& name);
  absl::StatusOr<v1::Subscription> Subscribe(const std::string& room, const std::string& hold, const Principal& who,
                                             const std::function<void(v1::Subscription&)>& change = {});
  absl::StatusOr<v1::Contract> Sign(const std::string& subscription,
                                    const std::function<void(v1::Contract&)>& change = {});
  // "HELD holds/...": the room as inventory knows it.
  std::string RoomState(const std::string& room);
  void RevokePermits();
  // The cashier takes, and gives back, the fee of a hold.
  absl::StatusOr<finance::v1::Receipt> PayFee(const std::string& hold, int64_t yuan);
  absl::StatusOr<finance::v1::Receipt> GiveBack(const std::string& receipt);

  // Everything that is due now: jobs, and processes they began.
  void RunDue();
  std::string Events(const std::string& type);
  int Differences();

  static Principal NewOperator(std::vector<std::string> more = {});

  Instant now_ = WallClock();
  const Clock clock_ = [this] { return now_; };
  testing::TestDatabase sales_db_;
  testing::TestDatabase inventory_db_;
  testing::TestDatabase finance_db_;
  testing::TestServer backs_;  // Inventory and finance
  testing::TestServer host_;   // Sales
  testing::FakePeer others_;
  std::function<void()> when_customers_are_asked_;
  std::set<std::string> uploads_;                         // What identity keeps for whoever signs
  std::set<std::string> taken_;                           // ... and what sales took over
  std::map<std::string, std::string> team_names_;         // What identity calls the teams
  std::vector<identity::v1::SendNoticeRequest> notices_;  // Put into inboxes
  bool inboxes_away_ = false;
  bool names_away_ = false;
  std::string project_;
  std::string plan_;

  Commands commands_{sales_db_.app(), clock_};
  Commands inventory_commands_{inventory_db_.app(), clock_};
  Commands finance_commands_{finance_db_.app(), clock_};
  Metrics metrics_{"test"};
  Processes processes_{commands_, sales_db_.job(), metrics_};
  inventory::ClaimsService claims_{inventory_commands_};
  inventory::ProjectsService projects_{inventory_commands_};
  finance::AccountsService accounts_{finance_commands_};
  finance::DeskService desk_{finance_commands_};
  finance::HoldMoneyService hold_money_{finance_commands_};
  std::unique_ptr<finance::ReceiptsService> receipts_;
  std::unique_ptr<Peers> peers_;
  std::unique_ptr<HoldsService> holds_;
  std::unique_ptr<SubscriptionsService> subscriptions_;
  std::unique_ptr<ContractsService> contracts_;
  std::unique_ptr<PeopleService> people_;
  ReconciliationsService reconciliations_{sales_db_.app()};
  std::unique_ptr<Reminders> reminders_;
  std::unique_ptr<Reconciliation> reconciliation_;
  const Principal manager_ = NewOperator({"room.release", "room.hold.manager", "discount.approve", "consultant.manage",
                                          "policy.manage", "project.manage", "price.publish"});
  const Principal anna_ = NewOperator();
  const Principal cashier_ = NewOperator({"receipt.book", "receipt.reverse"});
  const Principal boris_ = NewOperator();
};

}  // namespace lintel::sales
