#include "platform/jobs/jobs.h"

#include <gtest/gtest.h>

#include "platform/jobs/operations.h"
#include "platform/jobs/runner.h"
#include "platform/status/status.h"
#include "platform/testing/database.h"
#include "platform/testing/server.h"

namespace lintel {
namespace {

using operations::v1::Operation;
using std::chrono::hours;

constexpr char kEffects[] = R"sql(
  CREATE TABLE effects (tenant_id bigint NOT NULL, name text NOT NULL);
  SELECT protect_table('effects');)sql";
constexpr std::array<EmbeddedFile, 1> kMigrations{{EmbeddedFile{"0001_effects.sql", kEffects}}};
constexpr char kEffect[] = "INSERT INTO effects (tenant_id, name) VALUES ($1, $2)";
constexpr char kOther[] = "INSERT INTO effects (tenant_id, name) VALUES ($1 + 1, 'foreign')";

class JobsTest : public ::testing::Test {
 protected:
  std::string Schedule(const std::string& key, Instant run_at, bool again = false) {
    return *database_.app().Run<std::string>({.tenant = 1}, [&](pg::Transaction& tx) -> absl::StatusOr<std::string> {
      const Job job{.tenant = 1, .kind = "test", .key = key, .run_at = run_at, .payload = key, .actor = actor_};
      Jobs jobs(tx, now_);
      return again ? jobs.Reschedule(job) : jobs.Schedule(job);
    });
  }
  // Writes its payload, in the transaction that completes it.
  absl::Status Effect(JobRun& run) {
    return run.Complete([&](pg::Transaction& tx) -> absl::StatusOr<std::string> {
      tx.Query(kEffect, run.job().tenant, run.job().payload);
      return R"({"wrote": 1})";
    });
  }
  bool RunOne() { return *runner_.RunOne(); }
  std::string Effects() { return database_.Value("SELECT string_agg(name, ' ' ORDER BY name) FROM effects"); }
  std::string State() { return database_.Value("SELECT state || attempts FROM jobs"); }
  Call CallOf(const Principal& principal) {
    return Call({.principal = principal,
                 .method = "test/Method",
                 .language = "en",
                 .deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20)});
  }

  Instant now_ = WallClock();
  std::string actor_ = "operators/me";
  testing::TestDatabase database_{"jobs", kMigrations};
  Metrics metrics_{"test"};
  JobRunner runner_{database_.app(), database_.job(), [this] { return now_; }, metrics_};
  Reasons reasons_{{}};
  Commands commands_{database_.app(), WallClock};
  Operations operations_{"jobs", commands_, reasons_};
};

TEST_F(JobsTest, RunsWhenDueAndNotAMicrosecondEarlier) {
  runner_.Handle("test", [this](JobRun& run) { return Effect(run); });
  Schedule("a", now_ + hours(1));
  EXPECT_FALSE(RunOne());
  now_ += hours(1) - std::chrono::microseconds(1);
  EXPECT_FALSE(RunOne());
  now_ += std::chrono::microseconds(1);
  EXPECT_TRUE(RunOne());
  EXPECT_FALSE(RunOne());
  EXPECT_EQ(Effects(), "a");
}

TEST_F(JobsTest, SchedulingTwiceIsHarmless) {
  runner_.Handle("test", [this](JobRun& run) { return Effect(run); });
  const std::string id = Schedule("a", now_);
  EXPECT_EQ(Schedule("a", now_ + hours(9)), id);
  EXPECT_TRUE(RunOne());
  Schedule("a", now_);
  EXPECT_FALSE(RunOne());
  Schedule("a", now_, /*again=*/true);
  EXPECT_TRUE(RunOne());
  EXPECT_EQ(Effects(), "a a");
}

TEST_F(JobsTest, FiresOnceThoughTheProcessDiesAfterTheEffectOrTheWorkerLosesItsLease) {
  // The first worker's lease runs out while it works; the second completes; the first comes back and is undone.
  Schedule("a", now_);
  runner_.Handle("test", [this](JobRun& run) {
    database_.Execute("UPDATE jobs SET lease_until = now() - interval '1 second'");
    JobRunner second(
        database_.app(), database_.job(), [this] { return now_; }, metrics_);
    second.Handle("test", [this](JobRun& other) { return Effect(other); });
    EXPECT_TRUE(*second.RunOne());
    const absl::Status late = Effect(run);
    EXPECT_EQ(late.code(), absl::StatusCode::kCancelled);
    return late;
  });
  EXPECT_TRUE(RunOne());
  EXPECT_EQ(Effects(), "a");
  EXPECT_EQ(State(), "done2");
}

TEST_F(JobsTest, WhatMayPassIsTriedAgainLaterAndARefusalIsNot) {
  Schedule("a", now_);
  absl::Status answer = absl::UnavailableError("away");
  runner_.Handle("test", [&](JobRun&) { return answer; });
  EXPECT_TRUE(RunOne());
  EXPECT_EQ(State(), "waiting1");
  EXPECT_FALSE(RunOne());
  now_ += std::chrono::seconds(2);
  answer = Refused("ROOM_HELD", "held");
  EXPECT_TRUE(RunOne());
  EXPECT_EQ(State(), "failed2");
}

TEST_F(JobsTest, AJobSeesItsTenantOnly) {
  Schedule("a", now_);
  runner_.Handle("test", [&](JobRun& run) {
    return run.Complete([&](pg::Transaction& tx) -> absl::StatusOr<std::string> {
      tx.Query(kOther, run.job().tenant);
      return "";
    });
  });
  EXPECT_TRUE(RunOne());
  EXPECT_EQ(Effects(), "");
  EXPECT_EQ(State(), "waiting1");
}

TEST_F(JobsTest, PeriodicWorkWaitsForItsNextTime) {
  Schedule("a", now_);
  runner_.Handle("test", [&](JobRun& run) {
    return run.Again(now_ + hours(24), [&](pg::Transaction& tx) {
      tx.Query(kEffect, run.job().tenant, "tick");
      return absl::OkStatus();
    });
  });
  EXPECT_TRUE(RunOne());
  EXPECT_FALSE(RunOne());
  now_ += hours(24);
  EXPECT_TRUE(RunOne());
  EXPECT_EQ(Effects(), "tick tick");
}

TEST_F(JobsTest, AnOperationShowsProgressResponseAndItsOwnersOnly) {
  const Principal me = testing::OperatorWith({});
  actor_ = me.operator_name;
  const std::string id = Schedule("a", now_);
  runner_.Handle("test", [&](JobRun& run) {
    EXPECT_TRUE(run.Advance(40, [](pg::Transaction&) { return absl::OkStatus(); }).ok());
    EXPECT_EQ(operations_.Load(CallOf(me), id)->progress_percent(), 40);
    return Effect(run);
  });
  EXPECT_TRUE(RunOne());
  const Operation done = *operations_.Load(CallOf(me), id);
  EXPECT_TRUE(done.done());
  EXPECT_EQ(done.name(), "operations/jobs-" + id);
  EXPECT_EQ(done.response().fields().at("wrote").number_value(), 1);
  EXPECT_EQ(operations_.Load(CallOf(testing::OperatorWith({})), id).status().code(), absl::StatusCode::kNotFound);
  Principal other_tenant = me;
  other_tenant.tenant = 2;
  EXPECT_EQ(operations_.Load(CallOf(other_tenant), id).status().code(), absl::StatusCode::kNotFound);
}

TEST_F(JobsTest, AFailedOperationSaysWhyInTheReadersLanguage) {
  const Principal me = testing::OperatorWith({});
  actor_ = me.operator_name;
  const std::string id = Schedule("a", now_);
  runner_.Handle("test", [&](JobRun&) { return Missing("room", "7"); });
  EXPECT_TRUE(RunOne());
  const Operation failed = *operations_.Load(CallOf(me), id);
  EXPECT_EQ(failed.error().reason(), "RESOURCE_MISSING");
  EXPECT_EQ(failed.error().message(), "There is no room 7, or you may not see it.");
}

TEST_F(JobsTest, ACancelledOperationDoesNothingMore) {
  const Principal me = testing::OperatorWith({});
  actor_ = me.operator_name;
  const std::string id = Schedule("a", now_);
  runner_.Handle("test", [&](JobRun& run) {
    operations::v1::CancelOperationRequest request;
    request.set_name("operations/jobs-" + id);
    EXPECT_TRUE(operations_.CancelOperation(CallOf(me), request)->done());
    return Effect(run);
  });
  EXPECT_TRUE(RunOne());
  EXPECT_EQ(Effects(), "");
  EXPECT_EQ(operations_.Load(CallOf(me), id)->error().code(), static_cast<int>(absl::StatusCode::kCancelled));
  EXPECT_EQ(operations_.Load(CallOf(me), "0193a1b2-0000-7000-8000-000000000000").status().code(),
            absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace lintel
