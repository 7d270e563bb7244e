// The database half of platform on real PostgreSQL: walls, retries, remembered requests.
#include <gtest/gtest.h>

#include "lintel/operations/v1/operations.pb.h"
#include "platform/command/command.h"
#include "platform/migrate/migrate.h"
#include "platform/outbox/outbox.h"
#include "platform/status/status.h"
#include "platform/testing/database.h"
#include "platform/testing/server.h"

namespace lintel {
namespace {

using operations::v1::CancelOperationRequest;
using operations::v1::Operation;

constexpr char kNotes[] = R"sql(
  CREATE TABLE notes (tenant_id bigint NOT NULL, id int NOT NULL, PRIMARY KEY (tenant_id, id));
  SELECT protect_table('notes');)sql";
constexpr std::array<EmbeddedFile, 1> kMigrations{{EmbeddedFile{"0001_notes.sql", kNotes}}};

constexpr char kInsert[] = "INSERT INTO notes (tenant_id, id) VALUES ($1, $2)";
constexpr char kCount[] = "SELECT count(*) FROM notes";

class PlatformTest : public ::testing::Test {
 protected:
  Call CallOf(const Principal& principal) {
    return Call({.principal = principal,
                 .method = "test/Method",
                 .deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20)});
  }
  int Count(int64_t tenant) {
    return *database_.app().Run<int>({.tenant = tenant}, [](pg::Transaction& tx) -> absl::StatusOr<int> {
      return tx.Query(kCount)[0][0].as<int>();
    });
  }
  void Insert(int64_t tenant, int id) {
    ASSERT_TRUE(database_.app()
                    .Execute({.tenant = tenant},
                             [&](pg::Transaction& tx) {
                               tx.Query(kInsert, tenant, id);
                               return absl::OkStatus();
                             })
                    .ok());
  }
  testing::TestDatabase database_{"notes", kMigrations};
};

TEST_F(PlatformTest, TenantsAreWallsAndAForgottenTenantSeesNothing) {
  Insert(1, 1);
  Insert(2, 1);
  EXPECT_EQ(Count(1), 1);
  EXPECT_EQ(Count(0), 0);
  EXPECT_EQ(database_.Value("SELECT count(*) FROM notes"), "2");
  const absl::Status across = database_.app().Execute({.tenant = 1}, [](pg::Transaction& tx) {
    tx.Query(kInsert, 2, 9);
    return absl::OkStatus();
  });
  EXPECT_FALSE(across.ok());
}

TEST_F(PlatformTest, ARefusalRollsBack) {
  const absl::Status refused = database_.app().Execute({.tenant = 1}, [](pg::Transaction& tx) {
    tx.Query(kInsert, 1, 5);
    return Refused("NO", "no");
  });
  EXPECT_EQ(ReasonOf(refused), "NO");
  EXPECT_EQ(Count(1), 0);
}

TEST_F(PlatformTest, AStatementEndsWithTheDeadlineAndTheConnectionIsGoodAgain) {
  const absl::Status late = database_.app().Execute(
      {.tenant = 1, .deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(200)},
      [](pg::Transaction& tx) {
        tx.Query("SELECT pg_sleep(30)");
        return absl::OkStatus();
      });
  EXPECT_EQ(late.code(), absl::StatusCode::kDeadlineExceeded);
  EXPECT_EQ(Count(1), 0);
}

TEST_F(PlatformTest, AConnectionKilledBeforeTheCommitIsTriedAgain) {
  int runs = 0;
  const absl::Status done = database_.app().Execute({.tenant = 1}, [&](pg::Transaction& tx) {
    if (++runs == 1) tx.Query("SELECT pg_terminate_backend(pg_backend_pid())");
    tx.Query(kInsert, 1, 6);
    return absl::OkStatus();
  });
  EXPECT_TRUE(done.ok()) << done;
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(Count(1), 1);
}

class CommandsTest : public PlatformTest {
 protected:
  absl::StatusOr<Operation> Send(const Call& call, const std::string& request_id, const std::string& name) {
    CancelOperationRequest request;
    request.set_request_id(request_id);
    request.set_name(name);
    return commands_.Run<Operation>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<Operation> {
      if (name == "refuse") return Refused("NO", "no");
      tx.Query(kInsert, call.tenant(), ++ran_);
      Outbox(tx, call.CauseAt(commands_.Now())).Append(request, "notes/1", 1, {});
      Operation operation;
      operation.set_progress_percent(ran_);
      return operation;
    });
  }
  int ran_ = 0;
  Commands commands_{database_.app(), WallClock};
};

TEST_F(CommandsTest, AReplayGetsTheFirstAnswerAndNothingHappensTwice) {
  const Call call = CallOf(testing::OperatorWith({}));
  EXPECT_EQ(Send(call, "r1", "a")->progress_percent(), 1);
  EXPECT_EQ(Send(call, "r1", "a")->progress_percent(), 1);
  EXPECT_EQ(call.reply_metadata().at("x-lintel-replayed"), "true");
  EXPECT_EQ(Count(1), 1);
  EXPECT_EQ(database_.Value("SELECT count(*) FROM outbox"), "1");
}

TEST_F(CommandsTest, AnotherBodyUnderTheSameIdIsRefused) {
  const Call call = CallOf(testing::OperatorWith({}));
  ASSERT_TRUE(Send(call, "r1", "a").ok());
  EXPECT_EQ(ReasonOf(Send(call, "r1", "b").status()), "REQUEST_ID_REUSED");
}

TEST_F(CommandsTest, TheSameIdOfAnotherOperatorIsAnotherRequest) {
  ASSERT_TRUE(Send(CallOf(testing::OperatorWith({})), "r1", "a").ok());
  EXPECT_EQ(Send(CallOf(testing::OperatorWith({})), "r1", "b")->progress_percent(), 2);
}

TEST_F(CommandsTest, ARefusalIsJudgedAnew) {
  const Call call = CallOf(testing::OperatorWith({}));
  EXPECT_EQ(ReasonOf(Send(call, "r1", "refuse").status()), "NO");
  EXPECT_EQ(Send(call, "r1", "now it may")->progress_percent(), 1);
}

TEST(Migrate, RefusesAFileThatChangedAfterItWasApplied) {  // BX-18
  testing::TestDatabase database("changed", kMigrations);
  constexpr std::array<EmbeddedFile, 1> changed{{EmbeddedFile{"0001_notes.sql", "SELECT 1"}}};
  const absl::Status status =
      Migrate({.admin_connection = database.connection() + " user=postgres", .service = "changed"}, changed);
  EXPECT_EQ(ReasonOf(status), "MIGRATION_CHANGED");
  EXPECT_EQ(ReasonOf(Migrate({.admin_connection = database.connection() + " user=postgres", .service = "changed"}, {})),
            "SCHEMA_NEWER");
}

}  // namespace
}  // namespace lintel
