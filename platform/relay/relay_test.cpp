// Proofs of the event path up to Redis, on real PostgreSQL and Redis: nothing is lost, nothing is out of order, and a
// change of history is found.
#include "platform/relay/relay.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lintel/operations/v1/operations.pb.h"
#include "platform/ids/ids.h"
#include "platform/outbox/outbox.h"
#include "platform/status/status.h"
#include "platform/testing/database.h"

namespace lintel {
namespace {

Redis::Deadline Soon() { return std::chrono::steady_clock::now() + std::chrono::seconds(5); }

class RelayTest : public ::testing::Test {
 protected:
  ~RelayTest() override { (void)redis_.Run({"DEL", stream_}, Soon()); }

  std::unique_ptr<Relay> NewRelay(testing::TestDatabase& database) {
    pg::PoolOptions connection = database.job_pool().options();
    return std::make_unique<Relay>(RelayOptions{.connection = connection, .stream = stream_}, redis_, metrics_);
  }
  static void Append(pg::Transaction& tx, const std::string& aggregate) {
    operations::v1::Operation payload;
    payload.set_name(aggregate);
    Outbox(tx, {.tenant = 1, .actor = "services/test", .action = "test", .now = WallClock()})
        .Append(payload, aggregate, 1, {.before = "", .after = R"({"name":")" + aggregate + "\"}"});
  }
  void Commit(const std::string& aggregate) {
    ASSERT_TRUE(database_.app()
                    .Execute({.tenant = 1},
                             [&](pg::Transaction& tx) {
                               Append(tx, aggregate);
                               return absl::OkStatus();
                             })
                    .ok());
  }
  // Seals and publishes until nothing is left.
  void Relayed(Relay& relay) {
    absl::StatusOr<int> count;
    do {
      count = relay.Seal();
      ASSERT_TRUE(count.ok()) << count.status();
    } while (*count > 0);
    ASSERT_TRUE(relay.Publish().ok());
  }
  // "1-1 a, 1-2 b": what the stream holds.
  std::string Stream() {
    std::string text;
    const auto entries = redis_.Run({"XRANGE", stream_, "-", "+"}, Soon());
    for (const RedisReply& entry : entries->items) {
      event::v1::Event event;
      EXPECT_TRUE(event.ParseFromString(entry.items[1].items[1].text));
      EXPECT_EQ(entry.items[0].text, ToStreamId({event.epoch(), event.position()}));
      text += (text.empty() ? "" : ", ") + entry.items[0].text + " " + event.aggregate();
    }
    return text;
  }

  const std::string stream_ = "t:" + NewId();
  testing::TestDatabase database_{"events", {}};
  Redis redis_{testing::TestRedis()};
  Metrics metrics_{"test"};
};

TEST_F(RelayTest, TwoTransactionsThatCommitOutOfOrderAreBothPublishedWithoutAGap) {
  const auto relay = NewRelay(database_);
  const absl::Status outer = database_.app().Execute({.tenant = 1}, [&](pg::Transaction& tx) {
    Append(tx, "early");  // Draws the lower id and commits last.
    Commit("late");
    Relayed(*relay);
    EXPECT_EQ(Stream(), "1-1 late");
    return absl::OkStatus();
  });
  ASSERT_TRUE(outer.ok());
  Relayed(*relay);
  EXPECT_EQ(Stream(), "1-1 late, 1-2 early");
  EXPECT_TRUE(VerifyChain(database_.job()).ok());
}

TEST_F(RelayTest, AWriterThatStaysOpenInAnotherServiceHoldsNothingUp) {
  // The condition instead of the clock: every event of this service is published while the other's transaction, which
  // began before them and wrote, is still open.
  testing::TestDatabase other("others", {});
  const auto relay = NewRelay(database_);
  relay->Start();
  const absl::Status open = other.app().Execute(
      {.tenant = 1, .deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60)}, [&](pg::Transaction& tx) {
        Append(tx, "open");
        for (int i = 1; i <= 50; ++i) Commit(std::to_string(i));
        relay->Wake();
        const auto deadline = Soon();
        std::string last;
        while (last != "1-50" && std::chrono::steady_clock::now() < deadline) {
          const auto end = redis_.Run({"XREAD", "BLOCK", "50", "STREAMS", stream_, "1-49"}, deadline);
          if (end.ok() && !end->items.empty()) last = end->items[0].items[1].items[0].items[0].text;
        }
        EXPECT_EQ(last, "1-50");
        EXPECT_EQ(other.Value("SELECT count(*) FROM outbox"), "0") << "the other transaction ended too early";
        return absl::OkStatus();
      });
  EXPECT_TRUE(open.ok());
}

TEST_F(RelayTest, RedisEmptiedInTheMiddleAndAfterTheLastEventIsFilledAgain) {
  const auto relay = NewRelay(database_);
  Commit("a");
  Commit("b");
  Relayed(*relay);
  ASSERT_TRUE(redis_.Run({"DEL", stream_}, Soon()).ok());
  Commit("c");
  relay->Start();  // From here its own second tick heals.
  const auto wait_for = [&](const std::string& part) {
    const auto deadline = Soon();
    while (Stream().find(part) == std::string::npos && std::chrono::steady_clock::now() < deadline) {
      (void)redis_.Run({"XREAD", "BLOCK", "50", "STREAMS", stream_, "1-999"}, deadline);
    }
    return Stream();
  };
  // What came before c may be missing from the stream now; a reader sees the gap and asks the owner (consumer_test).
  EXPECT_THAT(wait_for("1-3 c"), ::testing::EndsWith("1-3 c"));
  ASSERT_TRUE(redis_.Run({"DEL", stream_}, Soon()).ok());
  EXPECT_EQ(wait_for("1-3 c"), "1-1 a, 1-2 b, 1-3 c");
}

TEST_F(RelayTest, ARelayKilledBetweenSealingAndPublishingLosesNothing) {
  auto first = NewRelay(database_);
  Commit("a");
  ASSERT_EQ(*first->Seal(), 1);
  EXPECT_EQ(Stream(), "");
  first.reset();  // It never published.
  const auto second = NewRelay(database_);
  Commit("b");
  // The lock ends with the first one's connection, which PostgreSQL may notice a moment later.
  const auto deadline = Soon();
  while (database_.Value("SELECT count(position) FROM outbox") != "2" && std::chrono::steady_clock::now() < deadline) {
    ASSERT_TRUE(second->Seal().ok());
  }
  ASSERT_TRUE(second->Publish().ok());
  EXPECT_EQ(Stream(), "1-1 a, 1-2 b");
}

TEST_F(RelayTest, OfTwoReplicasOneSeals) {
  const auto first = NewRelay(database_);
  const auto second = NewRelay(database_);
  Commit("a");
  ASSERT_EQ(*first->Seal(), 1);
  Commit("b");
  EXPECT_EQ(*second->Seal(), 0);
  EXPECT_EQ(*first->Seal(), 1);
}

TEST_F(RelayTest, PublishingTwiceIsHarmlessAndAStreamOfAnotherDatabaseIsDropped) {
  const auto relay = NewRelay(database_);
  ASSERT_TRUE(redis_.Run({"XADD", stream_, "1-77", "e", ""}, Soon()).ok());
  Commit("a");
  Relayed(*relay);
  Relayed(*NewRelay(database_));
  EXPECT_EQ(Stream(), "1-1 a");
}

TEST_F(RelayTest, ARestoredBackupGoesOnInANewEpoch) {
  const auto relay = NewRelay(database_);
  Commit("a");
  Relayed(*relay);
  database_.Execute("UPDATE outbox_head SET epoch = epoch + 1");
  Commit("b");
  Relayed(*relay);
  EXPECT_EQ(Stream(), "1-1 a, 2-2 b");
  EXPECT_TRUE(VerifyChain(database_.job()).ok());
}

class ChainTest : public RelayTest {
 protected:
  void SetUp() override {
    for (const char* name : {"a", "b", "c"}) Commit(name);
    Relayed(*relay_);
  }
  std::string Broken() {
    const absl::Status status = VerifyChain(database_.job()).status();
    return ReasonOf(status) + " " + MetadataOf(status)["position"];
  }
  const std::unique_ptr<Relay> relay_ = NewRelay(database_);
};

TEST_F(ChainTest, HoldsAfterACustomersAuditPartsAndSaltsAreErased) {
  database_.Execute("UPDATE outbox SET audit = NULL, audit_salt = NULL WHERE aggregate = 'b'");
  const auto report = VerifyChain(database_.job());
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->rows, 3);
  EXPECT_EQ(report->erased, 1);
}

TEST_F(ChainTest, FindsOneChangedAuditRow) {
  database_.Execute("UPDATE outbox SET audit = 'forged' WHERE aggregate = 'b'");
  EXPECT_EQ(Broken(), "CHAIN_BROKEN 2");
}

TEST_F(ChainTest, FindsAnAuditRowChangedTogetherWithItsDigest) {
  database_.Execute(
      "UPDATE outbox SET audit = 'forged', audit_digest = sha256(audit_salt || 'forged'::bytea) WHERE aggregate = 'b'");
  EXPECT_EQ(Broken(), "CHAIN_BROKEN 2");
}

TEST_F(ChainTest, FindsAChangedActorAndADeletedRow) {
  database_.Execute("UPDATE outbox SET actor = 'operators/other' WHERE aggregate = 'c'");
  EXPECT_EQ(Broken(), "CHAIN_BROKEN 3");
  database_.Execute("DELETE FROM outbox WHERE aggregate = 'a'");
  EXPECT_EQ(Broken(), "CHAIN_BROKEN 1");
}

TEST_F(ChainTest, FindsThatTheNewestRowIsGone) {
  database_.Execute("DELETE FROM outbox WHERE aggregate = 'c'");
  EXPECT_EQ(Broken(), "CHAIN_BROKEN 3");
}

}  // namespace
}  // namespace lintel
