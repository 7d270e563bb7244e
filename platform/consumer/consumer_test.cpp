// Proofs of the event path from Redis or ReadEvents to an effect that happens exactly once.
#include "platform/consumer/consumer.h"

#include <gtest/gtest.h>

#include "lintel/operations/v1/operations.pb.h"
#include "platform/ids/ids.h"
#include "platform/outbox/outbox.h"
#include "platform/relay/relay.h"
#include "platform/status/status.h"
#include "platform/testing/database.h"
#include "platform/testing/server.h"

namespace lintel {
namespace {

using operations::v1::Operation;
using std::chrono::milliseconds;

constexpr char kFacts[] = R"sql(
  CREATE TABLE facts (tenant_id bigint NOT NULL, name text NOT NULL, times int NOT NULL, PRIMARY KEY (tenant_id, name));
  SELECT protect_table('facts');)sql";
constexpr std::array<EmbeddedFile, 1> kReaderMigrations{{EmbeddedFile{"0001_facts.sql", kFacts}}};

constexpr char kCount[] = R"sql(
  INSERT INTO facts (tenant_id, name, times) VALUES ($1, $2, 1)
  ON CONFLICT (tenant_id, name) DO UPDATE SET times = facts.times + 1)sql";
constexpr char kEmpty[] = "DELETE FROM facts";

Redis::Deadline Soon() { return std::chrono::steady_clock::now() + std::chrono::seconds(5); }

class ConsumerTest : public ::testing::Test {
 protected:
  ConsumerTest() {
    owner_host_.server().Handle("lintel.event.v1.EventLogService/ReadEvents", &log_, &EventLog::ReadEvents);
    owner_host_.Start();
  }
  ~ConsumerTest() override { (void)redis_.Run({"DEL", stream_}, Soon()); }

  void Commit(const std::string& name) {
    ASSERT_TRUE(owner_.app()
                    .Execute({.tenant = 7},
                             [&](pg::Transaction& tx) {
                               Operation payload;
                               payload.set_name(name);
                               Outbox outbox(tx, {.tenant = 7, .actor = "services/test", .now = WallClock()});
                               name.empty() ? outbox.Record("reads", {}) : outbox.Append(payload, name, 1, {});
                               return absl::OkStatus();
                             })
                    .ok());
  }
  void Relayed() {
    ASSERT_TRUE(relay_->Seal().ok());
    ASSERT_TRUE(relay_->Publish().ok());
  }
  std::unique_ptr<Consumer> NewConsumer(Redis& redis) {
    auto made = std::make_unique<Consumer>("events", owner_host_.channel(), redis, reader_.job(), metrics_, stream_);
    made->On<Operation>([this](pg::Transaction& tx, const event::v1::Event& event, const Operation& payload) {
      tx.Query(kCount, event.tenant_id(), payload.name());
      return after_effect_ ? after_effect_(tx) : absl::OkStatus();
    });
    made->OnReset([](pg::Transaction& tx) {
      tx.Query(kEmpty);
      return absl::OkStatus();
    });
    return made;
  }
  // Turns until nothing new comes.
  void CatchUp(Consumer& consumer) {
    absl::StatusOr<int> moved;
    do {
      moved = consumer.Turn(milliseconds(1));
      ASSERT_TRUE(moved.ok()) << moved.status();
    } while (*moved > 0);
  }
  // "a1 b1": each fact and how often it was applied.
  std::string Facts() { return reader_.Value("SELECT string_agg(name || times, ' ' ORDER BY name) FROM facts"); }

  const std::string stream_ = "t:" + NewId();
  testing::TestDatabase owner_{"events", {}};
  testing::TestDatabase reader_{"readers", kReaderMigrations};
  Redis redis_{testing::TestRedis()};
  Redis no_redis_{"/tmp/there-is-no-such-socket"};
  Metrics metrics_{"test"};
  std::unique_ptr<Relay> NewRelay() {
    return std::make_unique<Relay>(RelayOptions{.connection = owner_.job_pool().options(), .stream = stream_}, redis_,
                                   metrics_);
  }
  std::unique_ptr<Relay> relay_ = NewRelay();
  EventLog log_{owner_.job()};
  testing::TestServer owner_host_;
  std::function<absl::Status(pg::Transaction&)> after_effect_;
};

TEST_F(ConsumerTest, AppliesEachEventOnceAndPassesOverAuditRows) {
  const auto consumer = NewConsumer(redis_);
  Commit("a");
  Commit("");
  Commit("b");
  Relayed();
  CatchUp(*consumer);
  EXPECT_EQ(Facts(), "a1 b1");
  EXPECT_EQ(reader_.Value("SELECT position FROM consumer_positions"), "3");
  EXPECT_EQ(reader_.Value("SELECT min(tenant_id) FROM facts"), "7");
}

TEST_F(ConsumerTest, AGapInTheStreamIsSeenAtOnceAndFilledByTheOwner) {
  const auto consumer = NewConsumer(redis_);
  Commit("a");
  Relayed();
  CatchUp(*consumer);
  for (const char* name : {"b", "c", "d"}) Commit(name);
  Relayed();
  ASSERT_TRUE(redis_.Run({"XDEL", stream_, "1-2", "1-3"}, Soon()).ok());
  CatchUp(*consumer);
  EXPECT_EQ(Facts(), "a1 b1 c1 d1");
}

TEST_F(ConsumerTest, RedisEmptiedInTheMiddleLosesNothing) {
  const auto consumer = NewConsumer(redis_);
  Commit("a");
  Commit("b");
  Relayed();
  ASSERT_TRUE(redis_.Run({"DEL", stream_}, Soon()).ok());
  Commit("c");
  Relayed();  // Within the same second: only c is in the stream now.
  CatchUp(*consumer);
  EXPECT_EQ(Facts(), "a1 b1 c1");
}

TEST_F(ConsumerTest, WithRedisAwayTheOwnerIsAsked) {
  const auto consumer = NewConsumer(no_redis_);
  Commit("a");
  Commit("b");
  ASSERT_TRUE(relay_->Seal().ok());
  CatchUp(*consumer);
  EXPECT_EQ(Facts(), "a1 b1");
}

TEST_F(ConsumerTest, KilledBetweenEffectAndPositionItAppliesTheEventOnce) {
  Commit("a");
  Relayed();
  auto killed = NewConsumer(redis_);
  after_effect_ = [](pg::Transaction& tx) {
    tx.Query("SELECT pg_terminate_backend(pg_backend_pid())");
    return absl::OkStatus();
  };
  EXPECT_FALSE(killed->Turn(milliseconds(1)).ok());
  EXPECT_EQ(Facts(), "");
  killed.reset();
  after_effect_ = nullptr;
  CatchUp(*NewConsumer(redis_));
  EXPECT_EQ(Facts(), "a1");
}

TEST_F(ConsumerTest, AnEffectThatFailsStopsTheSourceAndWhatCameBeforeItStands) {
  const auto consumer = NewConsumer(redis_);
  Commit("a");
  Commit("b");
  Relayed();
  int left = 3;  // The batch fails on b, the single a passes, the single b fails once more.
  after_effect_ = [&left](pg::Transaction&) {
    static constexpr int kFails[] = {0, 1, 0, 1};
    return kFails[3 - left--] != 0 ? absl::InternalError("poison") : absl::OkStatus();
  };
  EXPECT_EQ(*consumer->Turn(milliseconds(1)), 1);
  EXPECT_FALSE(consumer->Turn(milliseconds(1)).ok());
  EXPECT_EQ(Facts(), "a1");
  after_effect_ = nullptr;
  CatchUp(*consumer);
  EXPECT_EQ(Facts(), "a1 b1");
}

TEST_F(ConsumerTest, TwoReplicasOfTheReaderApplyEachEventOnce) {
  const auto one = NewConsumer(redis_);
  const auto two = NewConsumer(redis_);
  one->Start();
  two->Start();
  for (int i = 0; i < 40; ++i) Commit("n" + std::to_string(10 + i));
  Relayed();
  const auto deadline = Soon();
  while (reader_.Value("SELECT coalesce(max(position), 0) FROM consumer_positions") != "40" &&
         std::chrono::steady_clock::now() < deadline) {
  }
  EXPECT_EQ(reader_.Value("SELECT count(*) || '/' || sum(times) FROM facts"), "40/40");
}

TEST_F(ConsumerTest, ARebuildFromZeroWithRedisEmptyGivesTheSame) {
  const auto consumer = NewConsumer(redis_);
  for (const char* name : {"a", "b", "a"}) Commit(name);
  Relayed();
  CatchUp(*consumer);
  EXPECT_EQ(Facts(), "a2 b1");
  ASSERT_TRUE(redis_.Run({"DEL", stream_}, Soon()).ok());
  ASSERT_TRUE(consumer->Rebuild().ok());
  EXPECT_EQ(Facts(), "");
  const auto without_redis = NewConsumer(no_redis_);
  CatchUp(*without_redis);
  EXPECT_EQ(Facts(), "a2 b1");
}

TEST_F(ConsumerTest, ASourceRestoredFromAnOlderBackupIsReadAnew) {
  const auto consumer = NewConsumer(redis_);
  for (const char* name : {"a", "b", "c"}) Commit(name);
  Relayed();
  CatchUp(*consumer);
  // The backup knew a and b only; c is gone, and d happens in the new epoch.
  owner_.Execute("DELETE FROM outbox WHERE position = 3");
  owner_.Execute("UPDATE outbox_head SET epoch = 2, position = 2, hash = (SELECT hash FROM outbox WHERE position = 2)");
  relay_.reset();
  relay_ = NewRelay();
  Commit("d");
  const auto deadline = Soon();  // Until PostgreSQL has noticed that the first relay's connection ended.
  while (owner_.Value("SELECT max(epoch) FROM outbox") != "2" && std::chrono::steady_clock::now() < deadline) Relayed();
  Relayed();
  CatchUp(*consumer);
  CatchUp(*consumer);
  EXPECT_EQ(Facts(), "a1 b1 d1");
}

}  // namespace
}  // namespace lintel
