// GET /v1/live: who hears what, in which order, from where, and until when.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/limits.h"
#include "gateway/testing/running_gateway.h"
#include "lintel/event/v1/event.pb.h"

namespace lintel::gateway::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kMoved[] = "lintel.sample.v1.ThingMoved";
constexpr char kNoticed[] = "lintel.sample.v1.ThingNoticed";

class Live : public ::testing::Test {
 protected:
  // An open stream; its head was read.
  std::unique_ptr<HttpClient> Listen(const std::string& query = "", const std::string& headers = "") {
    auto client = std::make_unique<HttpClient>(gateway_.port());
    client->Send("GET /v1/live" + query + " HTTP/1.1\r\nHost: x\r\n" + gateway_.Bearer() + headers + "\r\n");
    EXPECT_EQ(client->ReceiveHead().Header("content-type"), "text/event-stream");
    EXPECT_TRUE(client->WaitFor("retry: 2000\n\n"));  // What is replayed comes before it and stays to be read.
    return client;
  }
  void Move(int64_t position, const std::string& thing, int64_t epoch = 1) {
    gateway_.Append(epoch, position, kMoved, R"({"project":"projects/p","thing":")" + thing + "\"}", 1,
                    "projects/p/things/" + thing);
  }
  RunningGateway gateway_{
      [](const FakeCall&) { return FakeAnswer{.json = {R"({"name":"first"})"}, .stay_open = true}; }};
};

TEST_F(Live, TellsEventsAsTheyHappenWithTheirPosition) {
  const auto client = Listen();
  Move(1, "a");
  const std::string event = client->ReadUntil("\"a\"}}\n\n");
  EXPECT_THAT(event, HasSubstr("id: sample:1-1\n"));
  EXPECT_THAT(event,
              HasSubstr(R"("type":"lintel.sample.v1.ThingMoved","service":"sample","epoch":"1","position":"1")"));
  EXPECT_THAT(event, HasSubstr(R"("payload":{"project":"projects/p","thing":"a"})"));
}

TEST_F(Live, GoesOnAfterThePositionTheClientNames) {
  {
    const auto first = Listen();
    for (int i = 1; i <= 3; ++i) Move(i, "t" + std::to_string(i));
    EXPECT_THAT(first->ReadUntil("t3"), HasSubstr("t1"));
  }
  const auto by_query = Listen("?after=sample:1-1");
  EXPECT_THAT(by_query->ReadUntil("t3"), ::testing::AllOf(HasSubstr("t2"), Not(HasSubstr("t1"))));
  const auto by_header = Listen("?after=sample:1-1", "Last-Event-ID: sample:1-2\r\n");
  EXPECT_THAT(by_header->ReadUntil("t3"), Not(HasSubstr("t2")));
}

TEST_F(Live, SaysResyncWhenThePositionIsTooOldOrOfAnotherEpoch) {
  {
    const auto first = Listen();
    Move(50, "a");
    first->ReadUntil("1-50");
  }
  EXPECT_THAT(Listen("?after=sample:1-10")->ReadUntil("}\n\n"), HasSubstr("event: resync"));
  const auto open = Listen("?after=sample:1-50");
  Move(1, "b", 2);
  EXPECT_THAT(open->ReadUntil("2-1"), HasSubstr("event: resync"));
}

TEST_F(Live, SaysResyncAndGoesOnWhenMoreWasMissedThanIsWorthReplaying) {
  {
    const auto first = Listen();
    for (int i = 1; i <= limits::kMostReplayed + 2; ++i) Move(i, "t" + std::to_string(i));
    first->ReadUntil("\"t" + std::to_string(limits::kMostReplayed + 2) + "\"");
  }
  const auto all = Listen("?after=sample:1-2");
  EXPECT_THAT(all->ReadUntil("\"t" + std::to_string(limits::kMostReplayed + 2) + "\""), Not(HasSubstr("resync")));
  const auto too_many = Listen("?after=sample:1-1");
  EXPECT_THAT(too_many->ReadUntil("}\n\n"), HasSubstr("event: resync"));
  Move(limits::kMostReplayed + 3, "next");
  EXPECT_THAT(too_many->ReadUntil("\"next\""), Not(HasSubstr("\"t2\"")));
}

TEST_F(Live, EndsStreamsOfOtherCallsWithTheirSessionToo) {
  HttpClient client(gateway_.port());
  client.Send("GET /v1/shelves/a/things:watch HTTP/1.1\r\nHost: x\r\n" + gateway_.Bearer() + "\r\n");
  EXPECT_TRUE(client.WaitFor("\"first\""));
  gateway_.SetRights("");
  EXPECT_THAT(client.ReadUntil("event: signed-out"), HasSubstr("signed-out"));
  EXPECT_TRUE(Eventually([&] { return gateway_.backend().Open("WatchThings") == 0; }));
  EXPECT_EQ(gateway_.Ask("GET", "/v1/shelves/a/things:watch", gateway_.Bearer()).status, 401);
  EXPECT_EQ(gateway_.Ask("GET", "/v1/shelves/a/things:watch").status, 401);
}

TEST_F(Live, TellsOnlyTheTopicsAskedFor) {
  const auto client = Listen("?topics=notices");
  Move(1, "a");
  gateway_.Append(1, 2, kNoticed, R"({"operator":"operators/o"})");
  const std::string heard = client->ReadUntil("operators/o");
  EXPECT_THAT(heard, Not(HasSubstr("ThingMoved")));
  EXPECT_THAT(heard, HasSubstr("id: sample:1-2"));
}

TEST_F(Live, KeepsTenantsOperatorsAndRightsApart) {
  gateway_.SetRights(R"({"tenantId":"1","operatorName":"operators/o","rights":[]})");
  const auto client = Listen();
  gateway_.Append(1, 1, kNoticed, R"({"operator":"operators/other"})");
  gateway_.Append(1, 2, kNoticed, R"({"operator":"operators/o"})", 2);
  Move(3, "secret");
  gateway_.Append(1, 4, kNoticed, R"({"operator":"operators/o"})");
  const std::string heard = client->ReadUntil("1-4");
  EXPECT_THAT(heard, Not(HasSubstr("secret")));
  EXPECT_THAT(heard, Not(HasSubstr("1-1")));
  EXPECT_THAT(heard, Not(HasSubstr("1-2\n")));
}

TEST_F(Live, TellsOnlyOfTheProjectsTheListenerHas) {
  gateway_.SetRights(
      R"({"tenantId":"1","operatorName":"operators/o","projects":["projects/p"],"rights":[{"right":"thing.read","scope":"PROJECT"}]})");
  const auto client = Listen();
  gateway_.Append(1, 1, kMoved, R"({"project":"projects/q","thing":"hidden"})");
  Move(2, "shown");
  EXPECT_THAT(client->ReadUntil("shown"), Not(HasSubstr("hidden")));
}

TEST_F(Live, PassesSignalsOnToWhomTheyConcern) {
  const auto client = Listen();
  const auto signal = [&](const std::string& bell, const std::string& to) {
    event::v1::Signal message;
    message.set_tenant_id(1);
    message.set_type("lintel.sample.v1.ThingRang");
    message.set_operator_name(to);
    message.set_payload(gateway_.Bytes(message.type(), R"({"bell":")" + bell + "\"}"));
    return message.SerializeAsString();
  };
  ASSERT_TRUE(Eventually([&] { return gateway_.backend().Emit(signal("other", "operators/x")) == 1; }));
  gateway_.backend().Emit(signal("mine", "operators/o"));
  const std::string heard = client->ReadUntil("mine");
  EXPECT_THAT(heard, Not(HasSubstr("other")));
  EXPECT_THAT(heard, HasSubstr(R"("position":"0")"));
}

TEST_F(Live, EndsWhenAnEventSaysThatTheSessionIsOver) {
  const auto client = Listen();
  gateway_.Append(1, 1, "lintel.sample.v1.SessionEnded", R"({"session":"sessions/s","operator":"operators/o"})");
  EXPECT_THAT(client->ReadUntil("event: signed-out"), HasSubstr("signed-out"));
}

TEST_F(Live, EndsWithinFiveSecondsWhenTheSessionIsNoLongerKnown) {
  const auto client = Listen();
  gateway_.SetRights("");
  const auto from = std::chrono::steady_clock::now();
  EXPECT_THAT(client->ReadUntil("event: signed-out"), HasSubstr("signed-out"));
  EXPECT_LT(std::chrono::steady_clock::now() - from, std::chrono::seconds(5));
}

TEST_F(Live, RefusesStrangersAndMalformedPositions) {
  EXPECT_EQ(gateway_.Ask("GET", "/v1/live").status, 401);
  EXPECT_EQ(gateway_.Ask("GET", "/v1/live", "Authorization: Bearer o1.x.y\r\n").status, 401);
  const Answer answer = gateway_.Ask("GET", "/v1/live?after=nonsense", gateway_.Bearer());
  EXPECT_EQ(answer.status, 400);
  EXPECT_THAT(answer.body, HasSubstr(R"("field":"after")"));
  EXPECT_EQ(gateway_.Ask("GET", "/v1/live?nope=1", gateway_.Bearer()).status, 400);
}

TEST_F(Live, LimitsTheStreamsOfOneSession) {
  std::vector<std::unique_ptr<HttpClient>> open;
  for (int i = 0; i < 16; ++i) open.push_back(Listen());
  EXPECT_EQ(gateway_.Ask("GET", "/v1/live", gateway_.Bearer()).status, 429);
  open.clear();
  EXPECT_TRUE(Eventually([&] {
    HttpClient client(gateway_.port());
    client.Send("GET /v1/live HTTP/1.1\r\nHost: x\r\n" + gateway_.Bearer() + "\r\n");
    return client.ReceiveHead().status == 200;
  }));
}

}  // namespace
}  // namespace lintel::gateway::testing
