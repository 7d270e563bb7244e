// A whole service on real PostgreSQL and Redis, as its main.cpp would start it.
#include "platform/service/service.h"

#include <gtest/gtest.h>

#include "lintel/identity/v1/events.pb.h"
#include "platform/ids/ids.h"
#include "platform/relay/stream.h"
#include "platform/testing/database.h"
#include "platform/testing/folder.h"
#include "platform/testing/server.h"

namespace lintel {
namespace {

using event::v1::ReadEventsRequest;
using event::v1::ReadEventsResponse;

constexpr char kNotes[] = R"sql(
  CREATE TABLE notes (tenant_id bigint NOT NULL, id int NOT NULL, PRIMARY KEY (tenant_id, id));
  SELECT protect_table('notes');)sql";
constexpr std::array<EmbeddedFile, 1> kMigrations{{EmbeddedFile{"0001_notes.sql", kNotes}}};
constexpr char kInsert[] = "INSERT INTO notes (tenant_id, id) VALUES ($1, 1)";
constexpr char kCount[] = "SELECT count(*) FROM notes";

class ServiceTest : public ::testing::Test {
 protected:
  ServiceTest() {
    home_.Write("secrets/service.key", RandomHex(32) + "\n");
    home_.Write("secrets/token.pub", NewSigningKey().public_hex + "\n");
  }

  std::map<std::string, std::string> Variables() {
    return {{"LINTEL_HOME", home_.path()},
            {"LINTEL_PG", database_.connection()},
            {"LINTEL_REDIS", testing::TestRedis()},
            {"LINTEL_NOTES_LISTEN", "127.0.0.1:0"},
            {"LINTEL_IDENTITY_ADDR", "127.0.0.1:1"}};
  }
  std::unique_ptr<Service> NewService(Environment& environment) {
    ServiceConfig config = ReadServiceConfig("notes", environment);
    EXPECT_TRUE(ReadSecrets(config, environment).ok());
    return std::make_unique<Service>(ServiceSpec{.name = "notes", .migrations = kMigrations}, config, environment);
  }
  // As identity's relay would, one further than what is there.
  static void Announce(const std::string& session) {
    const auto soon = std::chrono::steady_clock::now() + std::chrono::seconds(5);
    Redis redis(testing::TestRedis());
    const auto end = EndOfStream(redis, StreamOf("identity"), soon);
    ASSERT_TRUE(end.ok()) << end.status();
    identity::v1::SessionRevoked revoked;
    revoked.set_session(session);
    event::v1::Event event;
    event.set_epoch(std::max<int64_t>(end->epoch, 1));
    event.set_position(end->position + 1);
    event.set_type(identity::v1::SessionRevoked::descriptor()->full_name());
    event.set_payload(revoked.SerializeAsString());
    (void)redis.Run({"XADD", StreamOf("identity"), "MAXLEN", "~", "1000", ToStreamId({event.epoch(), event.position()}),
                     "e", event.SerializeAsString()},
                    soon);
  }
  int Count(pg::Database& database, int64_t tenant) {
    return *database.Run<int>({.tenant = tenant}, [](pg::Transaction& tx) -> absl::StatusOr<int> {
      return tx.Query(kCount)[0][0].as<int>();
    });
  }

  const testing::Folder home_;
  testing::TestDatabase database_{"notes", kMigrations};
};

TEST_F(ServiceTest, ServesItsEventsAndStopsGently) {
  Environment environment(Variables());
  const auto service = NewService(environment);
  ASSERT_TRUE(service->Start().ok());
  Channel channel("127.0.0.1:" + std::to_string(service->port()), "test", "notes", service->tokens());
  const auto events = channel.Call<ReadEventsResponse>(
      "lintel.event.v1.EventLogService/ReadEvents", ReadEventsRequest(),
      {.deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10), .tenant = 1});
  ASSERT_TRUE(events.ok()) << events.status();
  EXPECT_EQ(events->head_epoch(), 1);
  service->Stop();
}

TEST_F(ServiceTest, ASelectWithTheTenantForgottenReturnsNoRowsThroughTheLivePool) {  // NFR-01
  Environment environment(Variables());
  const auto service = NewService(environment);
  ASSERT_TRUE(service->app()
                  .Execute({.tenant = 1},
                           [](pg::Transaction& tx) {
                             tx.Query(kInsert, 1);
                             return absl::OkStatus();
                           })
                  .ok());
  EXPECT_EQ(Count(service->app(), 1), 1);
  EXPECT_EQ(Count(service->app(), 0), 0);
  EXPECT_EQ(Count(service->app(), 2), 0);
  EXPECT_EQ(Count(service->job(), 0), 1) << "the job role sees all tenants";
}

// Identity answers once and is away ever after, so that only the event can end what the cache goes on serving.
TEST_F(ServiceTest, ASessionThatIdentityRevokesIsNoLongerAdmitted) {  // NFR-01
  Environment environment(Variables());
  const auto service = NewService(environment);
  std::atomic<bool> away = false;
  service->ResolvePrincipals([&](const auth::TokenClaims&) -> absl::StatusOr<Principal> {
    if (away.exchange(true)) return absl::UnavailableError("identity is away");
    return Principal{.tenant = 1};
  });
  ASSERT_TRUE(service->Start().ok());
  auth::TokenClaims claims;
  claims.set_session("sessions/" + NewId());
  ASSERT_TRUE(service->principals().Get(claims).ok());
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (service->principals().Get(claims).ok() && std::chrono::steady_clock::now() < until) {
    Announce(claims.session());  // Again, for the service may not have found the stream's end yet.
    std::this_thread::yield();
  }
  EXPECT_FALSE(service->principals().Get(claims).ok());
}

TEST_F(ServiceTest, AMissingVariableStopsTheStartByItsName) {
  std::map<std::string, std::string> variables = Variables();
  variables.erase("LINTEL_IDENTITY_ADDR");
  Environment environment(variables);
  const auto service = NewService(environment);
  service->Peer("inventory");
  const absl::Status refused = service->Start();
  EXPECT_NE(refused.message().find("LINTEL_IDENTITY_ADDR"), absl::string_view::npos) << refused;
  EXPECT_NE(refused.message().find("LINTEL_INVENTORY_ADDR"), absl::string_view::npos) << refused;
}

TEST_F(ServiceTest, InTestModeTheClockFollowsItsFile) {
  std::map<std::string, std::string> variables = Variables();
  variables["LINTEL_TEST_MODE"] = "1";
  home_.Write("test-clock", "86400\n");
  Environment environment(variables);
  EXPECT_GT(NewService(environment)->clock()(), WallClock() + std::chrono::hours(23));
}

}  // namespace
}  // namespace lintel
