// Clients that keep the gateway waiting: cut off at a deadline, to nobody else's harm.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/testing/running_gateway.h"
#include "google/api/httpbody.pb.h"

namespace lintel::gateway::testing {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr auto kShort = milliseconds(400);
constexpr auto kDribble = milliseconds(50);
constexpr auto kFarTooLong = std::chrono::seconds(5);

// Pictures without end to speak of: 64 MB.
FakeAnswer Large(const FakeCall& call) {
  if (call.method != "GetPicture") return {.json = {"{}"}};
  google::api::HttpBody piece;
  piece.set_data(std::string(64 << 10, 'x'));
  FakeAnswer answer;
  answer.bytes.assign(1000, piece.SerializeAsString());
  return answer;
}

class Slow : public ::testing::Test {
 protected:
  // How long the gateway bears a client that sends `first` and then a byte now and then.
  milliseconds Bears(const std::string& first) {
    HttpClient client(gateway_.port());
    const auto from = steady_clock::now();
    client.Send(first);
    while (!client.ClosesWithin(kDribble) && steady_clock::now() - from < kFarTooLong) client.Send("x");
    return std::chrono::duration_cast<milliseconds>(steady_clock::now() - from);
  }
  std::string Post() {
    return "POST /v1/shelves/a/things HTTP/1.1\r\nHost: x\r\n" + gateway_.Bearer() +
           "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n";
  }
  RunningGateway gateway_{Large, {.patience = {.head = kShort, .body = kShort, .write = kShort}}};
};

TEST_F(Slow, HeadsEndAtTheirDeadlineHoweverTheyDribble) {
  const milliseconds borne = Bears("GET /healthz HTTP/1.1\r\nX: ");
  EXPECT_GE(borne, kShort);
  EXPECT_LT(borne, kFarTooLong);
}

TEST_F(Slow, HeadsOfALaterRequestEndAtTheSameDeadline) {
  const milliseconds borne = Bears("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\nGET /healthz HTTP/1.1\r\nX: ");
  EXPECT_LT(borne, kFarTooLong);
}

TEST_F(Slow, BodiesEndAtTheirDeadlineHoweverTheyDribble) {
  const milliseconds borne = Bears(Post());
  EXPECT_GE(borne, kShort);
  EXPECT_LT(borne, kFarTooLong);
}

TEST_F(Slow, ClientsThatSendNothingAtAllAreCutOffToo) {
  HttpClient silent(gateway_.port());
  EXPECT_TRUE(silent.ClosesWithin(kFarTooLong));
  HttpClient stalled(gateway_.port());
  stalled.Send(Post());
  EXPECT_TRUE(stalled.ClosesWithin(kFarTooLong));
}

TEST_F(Slow, ReadersLoseTheirAnswerAndTheServiceIsToldSo) {
  HttpClient client(gateway_.port(), {.receive_buffer = 4 << 10});
  client.Send("GET /v1/shelves/a/things/b/picture HTTP/1.1\r\nHost: x\r\n" + gateway_.Bearer() + "\r\n");
  EXPECT_TRUE(Eventually([&] {
    return gateway_.Metric({"lintel_rpc_seconds_count", "GetPicture", "\"CANCELLED\""}) == 1;
  }));
}

TEST_F(Slow, ClientsDoNotKeepAnHonestOneWaiting) {
  HttpClient honest(gateway_.port());
  EXPECT_EQ(honest.Ask("GET", "/v1/shelves/a/things/b", gateway_.Bearer()).status, 200);
  std::vector<std::unique_ptr<HttpClient>> slow;
  for (int i = 0; i < 50; ++i) {
    slow.push_back(std::make_unique<HttpClient>(gateway_.port()));
    slow.back()->Send(i % 2 == 0 ? "GET / HTTP/1.1\r\n" : Post());
  }
  for (int i = 0; i < 3; ++i) EXPECT_EQ(gateway_.Ask("GET", "/v1/shelves/a/things/b", gateway_.Bearer()).status, 200);
  for (const auto& client : slow) EXPECT_TRUE(client->ClosesWithin(kFarTooLong));
  // Idle for longer than a head may take, which is no offence.
  EXPECT_EQ(honest.Ask("GET", "/v1/shelves/a/things/b", gateway_.Bearer()).status, 200);
}

TEST(ManyConnections, OfOneAddressLeaveRoomForOthers) {
  RunningGateway gateway(Large, {.most_of_one_address = 4});
  const auto answers = [&](const char* source) {
    return HttpClient(gateway.port(), {.source = source}).Ask("GET", "/healthz").status;
  };
  std::vector<std::unique_ptr<HttpClient>> held;
  for (int i = 0; i < 4; ++i) {
    held.push_back(std::make_unique<HttpClient>(gateway.port(), HttpClientOptions{.source = "127.0.0.77"}));
    EXPECT_EQ(held.back()->Ask("GET", "/healthz").status, 200);
  }
  EXPECT_EQ(answers("127.0.0.77"), 0);
  EXPECT_EQ(answers("127.0.0.78"), 200);
  held.pop_back();
  EXPECT_TRUE(Eventually([&] { return answers("127.0.0.77") == 200; }));
}

// With time to write that is longer than what it takes to fill the queue, so that the queue's bound is what is met.
TEST(SlowListeners, AreDroppedAtABoundedQueueWhileOthersHearOn) {
  RunningGateway gateway(Large, {.patience = {.write = std::chrono::seconds(3)}});
  const auto listen = [&](HttpClientOptions options) {
    auto client = std::make_unique<HttpClient>(gateway.port(), options);
    client->Send("GET /v1/live HTTP/1.1\r\nHost: x\r\n" + gateway.Bearer() + "\r\n");
    EXPECT_TRUE(client->WaitFor("retry: 2000\n\n"));
    return client;
  };
  const auto stuck = listen({.receive_buffer = 4 << 10});
  const auto good = listen({});
  const std::string thing(16 << 10, 't');
  const auto move = [&](int position) {
    gateway.Append(1, position, "lintel.sample.v1.ThingMoved", R"({"project":"projects/p","thing":")" + thing + "\"}");
    return good->ReadUntil("id: sample:1-" + std::to_string(position) + "\n") != "";
  };
  // More than the kernel's buffers and the listener's queue hold together.
  int position = 0;
  while (position < 2000 && gateway.Metric({"lintel_gateway_slow_listeners_total"}) == 0) {
    for (int i = 0; i < 50; ++i) ASSERT_TRUE(move(++position));
  }
  EXPECT_EQ(gateway.Metric({"lintel_gateway_slow_listeners_total"}), 1);
  EXPECT_TRUE(Eventually([&] { return gateway.Metric({"lintel_gateway_open_streams"}) == 1; }));
  EXPECT_TRUE(move(++position));
}

}  // namespace
}  // namespace lintel::gateway::testing
