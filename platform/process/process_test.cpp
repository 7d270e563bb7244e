#include "platform/process/process.h"

#include <gtest/gtest.h>

#include "lintel/operations/v1/operations.pb.h"
#include "platform/ids/ids.h"
#include "platform/status/status.h"
#include "platform/testing/database.h"
#include "platform/testing/server.h"

namespace lintel {
namespace {

using operations::v1::CancelOperationRequest;
using operations::v1::Operation;
using std::chrono::seconds;

constexpr char kDocuments[] = R"sql(
  CREATE TABLE documents (tenant_id bigint NOT NULL, id uuid NOT NULL, state text NOT NULL, why text NOT NULL DEFAULT '',
                          PRIMARY KEY (tenant_id, id));
  SELECT protect_table('documents');)sql";
constexpr std::array<EmbeddedFile, 1> kMigrations{{EmbeddedFile{"0001_documents.sql", kDocuments}}};
constexpr char kCreate[] = "INSERT INTO documents (tenant_id, id, state) VALUES ($1, $2, 'pending')";
constexpr char kMove[] = "UPDATE documents SET state = $3, why = $4 WHERE tenant_id = $1 AND id = $2";

// Two peers that do what the test tells them, and remember the order of calls.
class ProcessTest : public ::testing::Test {
 protected:
  ProcessTest() { Define(processes_); }

  void Define(Processes& processes) {
    using Definition = ProcessDefinition<Operation, Operation>;
    const auto forward = [this](const std::string& name) {
      return [this, name](const ProcessContext& context, Operation& data) {
        data.set_kind(data.kind() + name);
        EXPECT_GT(context.deadline, std::chrono::steady_clock::now());
        return Answer(name);
      };
    };
    const auto undo = [this](const std::string& name) {
      return [this, name](const ProcessContext&, const Operation&) { return Answer("-" + name); };
    };
    Definition certain{.kind = "release", .steps = {{"c", forward("c"), {}, /*must_happen=*/true}}};
    certain.finish = [](pg::Transaction&, const ProcessContext&, const Operation&) { return Operation(); };
    certain.fail = [](pg::Transaction&, const ProcessContext&, const Operation&, const absl::Status&) {
      return absl::OkStatus();
    };
    processes.Define(std::move(certain));
    Definition definition{.kind = "sale", .steps = {{"a", forward("a"), undo("a")}, {"b", forward("b"), undo("b")}}};
    definition.finish = [this](pg::Transaction& tx, const ProcessContext& context,
                               const Operation& data) -> absl::StatusOr<Operation> {
      RETURN_IF_ERROR(Answer("finish"));
      tx.Query(kMove, context.tenant, context.document_id, "active", "");
      Operation reply;
      reply.set_name("documents/" + context.document_id);
      reply.set_kind(data.kind());
      return reply;
    };
    definition.fail = [](pg::Transaction& tx, const ProcessContext& context, const Operation&,
                         const absl::Status& why) {
      tx.Query(kMove, context.tenant, context.document_id, "failed", ReasonOf(why));
      return absl::OkStatus();
    };
    processes.Define(std::move(definition));
  }

  // What is planned for this call: nothing is OK.
  absl::Status Answer(const std::string& name) {
    calls_ += name + " ";
    if (during_.contains(name)) std::exchange(during_, {}).at(name)();
    auto& planned = plan_[name];
    if (planned.empty()) return absl::OkStatus();
    const absl::Status status = planned.front();
    planned.erase(planned.begin());
    return status;
  }

  Call CallOf(seconds patience = seconds(20)) {
    return Call({.principal = me_, .method = "test/Sell", .deadline = std::chrono::steady_clock::now() + patience});
  }
  absl::StatusOr<Operation> Sell(const Call& call, const std::string& request_id = "r1", const std::string& body = "") {
    CancelOperationRequest request;
    request.set_request_id(request_id);
    request.set_name(body);
    return processes_.Run<Operation, Operation>(call, request, "sale",
                                                [&](pg::Transaction& tx) -> absl::StatusOr<ProcessStart<Operation>> {
                                                  ProcessStart<Operation> start{.document_id = NewId()};
                                                  tx.Query(kCreate, call.tenant(), start.document_id);
                                                  return start;
                                                });
  }
  // Leaves a process as a crash would: its lease runs out.
  void Abandon() { database_.Execute("UPDATE processes SET lease_until = now() - interval '1 second'"); }
  std::string Documents() {
    return database_.Value("SELECT string_agg(trim(state || ' ' || why), ', ' ORDER BY id) FROM documents");
  }

  const Principal me_ = testing::OperatorWith({});
  testing::TestDatabase database_{"processes", kMigrations};
  Metrics metrics_{"test"};
  Commands commands_{database_.app(), WallClock};
  Processes processes_{commands_, database_.job(), metrics_};
  std::map<std::string, std::vector<absl::Status>> plan_;
  std::map<std::string, std::function<void()>> during_;
  std::string calls_;
};

TEST_F(ProcessTest, RunsItsStepsInOrderAndAnswersWhatFinishMade) {
  const auto sold = Sell(CallOf());
  ASSERT_TRUE(sold.ok()) << sold.status();
  EXPECT_EQ(calls_, "a b finish ");
  EXPECT_EQ(sold->kind(), "ab");
  EXPECT_EQ(Documents(), "active");
}

TEST_F(ProcessTest, AReplayGetsTheFirstAnswer) {
  const auto sold = Sell(CallOf());
  const Call again = CallOf();
  const auto replayed = Sell(again);
  EXPECT_EQ(replayed->name(), sold->name());
  EXPECT_EQ(again.reply_metadata().at("x-lintel-replayed"), "true");
  EXPECT_EQ(calls_, "a b finish ");
  EXPECT_EQ(ReasonOf(Sell(CallOf(), "r1", "another body").status()), "REQUEST_ID_REUSED");
}

TEST_F(ProcessTest, ARefusalUndoesInReverseBeginningWithTheStepThatWasRefused) {
  plan_["b"] = {Refused("ROOM_TAKEN", "taken", {{"team", "east"}})};
  const absl::Status refused = Sell(CallOf()).status();
  EXPECT_EQ(ReasonOf(refused), "ROOM_TAKEN");
  EXPECT_EQ(MetadataOf(refused)["team"], "east");
  EXPECT_EQ(calls_, "a b -b -a ");
  EXPECT_EQ(Documents(), "failed ROOM_TAKEN");
  // The request is judged anew.
  EXPECT_TRUE(Sell(CallOf()).ok());
}

TEST_F(ProcessTest, WhatMayPassIsTriedAgainAndThenUndone) {
  plan_["b"] = {absl::UnavailableError("away"), absl::DeadlineExceededError("late")};
  EXPECT_TRUE(Sell(CallOf()).ok());
  EXPECT_EQ(calls_, "a b b b finish ");
  plan_["a"] = std::vector<absl::Status>(3, absl::UnavailableError("away"));
  EXPECT_EQ(Sell(CallOf(), "r2").status().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(Documents(), "active, failed");
}

TEST_F(ProcessTest, ARefusalOfTheLastTransactionUndoesEverything) {
  plan_["finish"] = {Refused("TOO_LATE", "too late")};
  EXPECT_EQ(ReasonOf(Sell(CallOf()).status()), "TOO_LATE");
  EXPECT_EQ(calls_, "a b finish -b -a ");
  EXPECT_EQ(Documents(), "failed TOO_LATE");
}

TEST_F(ProcessTest, AProcessThatItsHandlerLeftIsFinishedByTheSweeperAndTheReplayLearnsIt) {
  // The handler dies after the answer of step b and before it stored it.
  during_["b"] = [this] { throw std::runtime_error("killed"); };
  EXPECT_THROW((void)Sell(CallOf()), std::runtime_error);
  EXPECT_FALSE(*processes_.SweepOne()) << "the lease still lives";
  EXPECT_EQ(ReasonOf(Sell(CallOf(seconds(1))).status()), "IN_PROGRESS");
  Abandon();
  EXPECT_TRUE(*processes_.SweepOne());
  EXPECT_EQ(calls_, "a b b finish ");
  EXPECT_EQ(Documents(), "active");
  EXPECT_EQ(Sell(CallOf())->kind(), "ab") << "what a step had not stored is not kept";
}

TEST_F(ProcessTest, WhoLostTheLeaseStopsAndStillAnswersHowItEnded) {
  during_["a"] = [this] {
    Abandon();
    EXPECT_TRUE(*processes_.SweepOne());
  };
  const auto sold = Sell(CallOf());
  ASSERT_TRUE(sold.ok()) << sold.status();
  EXPECT_EQ(calls_, "a a b finish ");
  EXPECT_EQ(Documents(), "active");
}

TEST_F(ProcessTest, AnUndoThatCannotHappenNowIsAnsweredAtOnceAndDoneLater) {
  plan_["b"] = {Refused("ROOM_TAKEN", "taken")};
  plan_["-a"] = std::vector<absl::Status>(4, absl::UnavailableError("away"));
  EXPECT_EQ(ReasonOf(Sell(CallOf()).status()), "ROOM_TAKEN");
  EXPECT_EQ(Documents(), "pending");
  Abandon();
  EXPECT_TRUE(*processes_.SweepOne());
  EXPECT_EQ(Documents(), "pending");
  Abandon();
  EXPECT_TRUE(*processes_.SweepOne());
  EXPECT_EQ(Documents(), "failed ROOM_TAKEN");
}

TEST_F(ProcessTest, AnUndoThatIsRefusedIsATaskForAPerson) {
  plan_["b"] = {Refused("ROOM_TAKEN", "taken")};
  plan_["-a"] = {Refused("ACCOUNT_HAS_MONEY", "money")};
  EXPECT_EQ(ReasonOf(Sell(CallOf()).status()), "ROOM_TAKEN");
  EXPECT_EQ(database_.Value("SELECT direction || ' ' || step FROM processes"), "stuck a");
  Abandon();
  EXPECT_FALSE(*processes_.SweepOne());
}

TEST_F(ProcessTest, AStepThatMustHappenIsTriedUntilItDoes) {
  plan_["c"] = std::vector<absl::Status>(4, absl::UnavailableError("away"));
  ASSERT_TRUE(database_.app()
                  .Execute({.tenant = 1},
                           [&](pg::Transaction& tx) {
                             return processes_.Begin(tx, "release", NewId(), Operation(), "services/test");
                           })
                  .ok());
  const auto direction = [&] { return database_.Value("SELECT direction FROM processes"); };
  EXPECT_TRUE(*processes_.SweepOne());
  EXPECT_EQ(direction(), "forward");
  Abandon();
  EXPECT_TRUE(*processes_.SweepOne());
  EXPECT_EQ(direction(), "forward");
  Abandon();
  EXPECT_TRUE(*processes_.SweepOne());
  EXPECT_EQ(direction(), "done");
  EXPECT_EQ(calls_, "c c c c c ");
}

TEST_F(ProcessTest, OneBegunInAJobIsRunByTheSweeper) {
  const std::string id = NewId();
  const auto begin = [&] {
    return database_.app().Execute({.tenant = 1}, [&](pg::Transaction& tx) {
      return processes_.Begin(tx, "sale", id, Operation(), "services/test");
    });
  };
  ASSERT_TRUE(begin().ok());
  EXPECT_EQ(ReasonOf(begin()), "DOCUMENT_BUSY");
  EXPECT_TRUE(*processes_.SweepOne());
  EXPECT_EQ(database_.Value("SELECT direction FROM processes"), "done");
  EXPECT_TRUE(begin().ok()) << "a finished one makes room";
}

}  // namespace
}  // namespace lintel
