// Claims that come together are opened together, and each is answered for itself (docs/adr/0010).
#include "services/inventory/app/open_claims.h"

#include <future>

#include "services/inventory/testing/claims_fixture.h"

namespace lintel::inventory {
namespace {

constexpr char kWaitingForRows[] = R"sql(
  SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE NOT granted AND datname = current_database())sql";

class OpenClaimsTest : public ClaimsServiceTest {
 protected:
  using Answer = absl::StatusOr<v1::Claim>;

  Answer Open(const v1::OpenClaimRequest& request, int64_t tenant = 1) {
    const Call call({.principal = {.tenant = tenant, .service = "sales"},
                     .scope = {.tenant = tenant, .all_projects = true},
                     .method = "OpenClaim",
                     .deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30)});
    return open_.Open(call, request);
  }
  std::future<Answer> OpenLater(const v1::OpenClaimRequest& request, int64_t tenant = 1) {
    return std::async(std::launch::async, [this, request, tenant] { return Open(request, tenant); });
  }
  static bool Eventually(const std::function<bool()>& holds) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (!holds()) {
      if (std::chrono::steady_clock::now() > deadline) return false;
      std::this_thread::yield();
    }
    return true;
  }

  // Opens the claims, in this order, while claims on locked rooms keep every place for a group: they go together.
  std::vector<Answer> OpenTogether(const std::vector<v1::OpenClaimRequest>& requests) {
    std::vector<std::string> locked;
    for (size_t i = 0; i < OpenClaims::kAtOnce; ++i) locked.push_back(GivenAvailableRoom());
    std::vector<std::future<Answer>> first;
    std::vector<std::future<Answer>> sent;
    const absl::Status held = database_.app().Execute({.tenant = 1}, [&](pg::Transaction& tx) {
      tx.QueryText("SELECT FROM rooms FOR UPDATE", {});
      for (const std::string& room : locked) first.push_back(OpenLater(HoldOf(room, NewId())));
      EXPECT_TRUE(Eventually([&] { return database_.Value(kWaitingForRows) == std::to_string(locked.size()); }));
      for (const auto& request : requests) {
        sent.push_back(OpenLater(request));
        EXPECT_TRUE(Eventually([&] { return open_.waiting() == sent.size(); }));
      }
      return absl::OkStatus();
    });
    EXPECT_TRUE(held.ok()) << held;
    for (auto& claim : first) EXPECT_TRUE(claim.get().ok());
    std::vector<Answer> answers;
    for (auto& claim : sent) answers.push_back(claim.get());
    return answers;
  }
  // How many transactions wrote the claims.
  std::string Transactions(const std::vector<v1::OpenClaimRequest>& requests) {
    std::vector<std::string> ids;
    for (const auto& request : requests) ids.push_back(request.claim_id());
    return database_.Value("SELECT count(DISTINCT xmin::text) FROM claims WHERE id = ANY('" + pg::ArrayOf(ids) +
                           "'::uuid[])");
  }

  OpenClaims open_{commands_};
};

TEST_F(OpenClaimsTest, ClaimsThatComeTogetherAreOneTransactionWithAnEventEach) {
  std::vector<v1::OpenClaimRequest> requests;
  for (int i = 0; i < 5; ++i) requests.push_back(HoldOf(GivenAvailableRoom(), NewId(), "team " + std::to_string(i)));
  const std::vector<Answer> answers = OpenTogether(requests);
  for (size_t i = 0; i < requests.size(); ++i) {
    ASSERT_TRUE(answers[i].ok()) << answers[i].status();
    EXPECT_EQ(answers[i]->claim_id(), requests[i].claim_id());
    EXPECT_EQ(answers[i]->room(), requests[i].room());
    EXPECT_EQ(answers[i]->stage(), v1::HELD);
    EXPECT_EQ(answers[i]->version(), 2);
    EXPECT_EQ(database_.Value("SELECT count(*) FROM outbox WHERE aggregate = '" + requests[i].room() +
                              "' AND aggregate_version = 2 AND actor = 'services/sales'"),
              "1");
  }
  EXPECT_EQ(Transactions(requests), "1");
  EXPECT_EQ(database_.Value("SELECT count(*) FROM room_transitions WHERE to_state = 3 AND version = 2"), "7");
  EXPECT_EQ(database_.Value("SELECT count(DISTINCT team) FROM rooms WHERE team LIKE 'team _'"), "5");
}

TEST_F(OpenClaimsTest, OfTwoClaimsOnARoomInOneGroupTheFirstWinsAndTheOtherIsClosed) {  // BX-01
  const std::string room = GivenAvailableRoom();
  const std::vector<v1::OpenClaimRequest> rivals = {HoldOf(room, NewId(), "一组"), HoldOf(room, NewId(), "二组")};
  const std::vector<Answer> answers = OpenTogether(rivals);
  EXPECT_TRUE(answers[0].ok()) << answers[0].status();
  EXPECT_EQ(ReasonOf(answers[1].status()), "ROOM_TAKEN");
  EXPECT_EQ(MetadataOf(answers[1].status()).at("team"), "一组");
  ASSERT_TRUE(Release(room, rivals[0].claim_id()).ok());
  EXPECT_EQ(ReasonOf(Open(rivals[1]).status()), "CLAIM_CLOSED");
}

TEST_F(OpenClaimsTest, ACopyOfAClaimInTheSameGroupGetsTheSameAnswer) {
  const v1::OpenClaimRequest request = HoldOf(GivenAvailableRoom(), NewId());
  const std::vector<Answer> answers = OpenTogether({request, request});
  ASSERT_TRUE(answers[0].ok() && answers[1].ok());
  EXPECT_EQ(answers[0]->SerializeAsString(), answers[1]->SerializeAsString());
  EXPECT_EQ(database_.Value("SELECT count(*) FROM outbox WHERE aggregate = '" + request.room() + "'"), "1");
}

TEST_F(OpenClaimsTest, ARefusalCostsTheOthersOfItsGroupNothing) {
  const v1::OpenClaimRequest good = HoldOf(GivenAvailableRoom(), NewId());
  v1::OpenClaimRequest unpermitted = HoldOf(GivenAvailableRoom(false), NewId());
  unpermitted.set_stage(v1::SUBSCRIBED);
  v1::OpenClaimRequest nowhere = HoldOf(good.room(), NewId());
  nowhere.set_room(good.room().substr(0, good.room().rfind('/') + 1) + NewId());
  const std::vector<Answer> answers = OpenTogether({unpermitted, nowhere, good});
  EXPECT_EQ(ReasonOf(answers[0].status()), "PERMIT_MISSING");
  EXPECT_EQ(answers[1].status().code(), absl::StatusCode::kNotFound);
  EXPECT_TRUE(answers[2].ok()) << answers[2].status();
  EXPECT_EQ(database_.Value("SELECT count(*) FROM claims WHERE id = '" + nowhere.claim_id() + "'"), "0");
  EXPECT_EQ(database_.Value("SELECT closed FROM claims WHERE id = '" + unpermitted.claim_id() + "'"), "t");
}

TEST_F(OpenClaimsTest, AClaimThatTheDatabaseItselfRefusesFailsAlone) {
  const v1::OpenClaimRequest good = HoldOf(GivenAvailableRoom(), NewId());
  v1::OpenClaimRequest broken = HoldOf(GivenAvailableRoom(), NewId());
  broken.set_team(std::string("a\0b", 3));  // No text column takes it.
  const std::vector<Answer> answers = OpenTogether({broken, good});
  EXPECT_FALSE(answers[0].ok());
  EXPECT_TRUE(answers[1].ok()) << answers[1].status();
  EXPECT_EQ(database_.Value("SELECT count(*) FROM claims WHERE id = '" + broken.claim_id() + "'"), "0");
}

TEST_F(OpenClaimsTest, AClaimOfAnotherTenantFindsNoRoom) {  // OUT-01
  EXPECT_EQ(Open(HoldOf(GivenAvailableRoom(), NewId()), 2).status().code(), absl::StatusCode::kNotFound);
}

TEST_F(OpenClaimsTest, BadInputNamesTheFieldAndLeavesNoClaim) {
  v1::OpenClaimRequest request = HoldOf(GivenAvailableRoom(), NewId());
  request.clear_until();
  EXPECT_EQ(FieldOf(Open(request).status()), "until");
  request.set_stage(v1::SIGNED);
  EXPECT_EQ(FieldOf(Open(request).status()), "stage");
  EXPECT_EQ(database_.Value("SELECT count(*) FROM claims"), "0");
}

}  // namespace
}  // namespace lintel::inventory
