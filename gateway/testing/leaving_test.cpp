// Clients that go away before they have their answer: nobody works on for them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/testing/running_gateway.h"
#include "google/api/httpbody.pb.h"

namespace lintel::gateway::testing {
namespace {

// A call that the service never ends by itself; downloads have sent a first piece by then.
FakeAnswer Endless(const FakeCall& call) {
  FakeAnswer answer{.stay_open = true};
  if (call.json.find("begun") == std::string::npos) return answer;
  google::api::HttpBody piece;
  piece.set_data("first");
  if (call.method == "GetPicture") answer.bytes = {piece.SerializeAsString()};
  if (call.method == "WatchThings") answer.json = {R"({"name":"first"})"};
  return answer;
}

class Leaving : public ::testing::Test {
 protected:
  // A client in the middle of `request`, which the service has taken.
  std::unique_ptr<HttpClient> Asking(const std::string& method, const std::string& request,
                                     const std::string& body = "") {
    auto client = std::make_unique<HttpClient>(gateway_.port());
    client->Send(request + " HTTP/1.1\r\nHost: x\r\n" + gateway_.Bearer() + "Content-Type: application/json\r\n" +
                 "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    EXPECT_TRUE(Eventually([&] { return gateway_.backend().Open(method) == 1; })) << method;
    return client;
  }
  // Whether the service saw the call cancelled, and the metrics say so.
  bool WasCancelled(const std::string& method) {
    return Eventually([&] { return gateway_.backend().Open(method) == 0; }) && Eventually([&] {
             return gateway_.Metric({"lintel_rpc_seconds_count", "ShelfService/" + method, "\"CANCELLED\""}) == 1;
           });
  }
  RunningGateway gateway_{Endless};
};

TEST_F(Leaving, CancelsAUnaryCall) {
  Asking("GetThing", "GET /v1/shelves/a/things/b").reset();
  EXPECT_TRUE(WasCancelled("GetThing"));
}

TEST_F(Leaving, CancelsAUnaryCallWithABody) {
  Asking("CreateThing", "POST /v1/shelves/a/things", R"({"displayName":"x"})").reset();
  EXPECT_TRUE(WasCancelled("CreateThing"));
}

TEST_F(Leaving, IsNotMistakenForSendingTheNextRequestAhead) {
  auto client = Asking("GetThing", "GET /v1/shelves/a/things/b");
  client->Send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(gateway_.Ask("GET", "/healthz").status, 200);
  EXPECT_EQ(gateway_.backend().Open("GetThing"), 1);
  client.reset();
  EXPECT_TRUE(WasCancelled("GetThing"));
}

TEST_F(Leaving, CancelsADownloadBeforeItsFirstByteAndInTheMiddle) {
  Asking("GetPicture", "GET /v1/shelves/a/things/b/picture").reset();
  EXPECT_TRUE(WasCancelled("GetPicture"));
  auto client = Asking("GetPicture", "GET /v1/shelves/a/things/begun/picture");
  EXPECT_EQ(client->ReceiveHead().status, 200);
  client.reset();
  EXPECT_TRUE(Eventually([&] { return gateway_.backend().Open("GetPicture") == 0; }));
}

TEST_F(Leaving, CancelsAStreamOfEventsBeforeItsFirstAndInTheMiddle) {
  Asking("WatchThings", "GET /v1/shelves/a/things:watch").reset();
  EXPECT_TRUE(WasCancelled("WatchThings"));
  auto client = Asking("WatchThings", "GET /v1/shelves/begun/things:watch");
  EXPECT_NE(client->ReadUntil("first"), "");
  client.reset();
  EXPECT_TRUE(Eventually([&] { return gateway_.backend().Open("WatchThings") == 0; }));
}

TEST_F(Leaving, CancelsAnUploadThatWaitsForItsAnswer) {
  Asking("PutFile", "POST /v1/uploads?filename=a", "bytes").reset();
  EXPECT_TRUE(WasCancelled("PutFile"));
}

TEST_F(Leaving, DisturbsNobodyElse) {
  const auto other = Asking("GetThing", "GET /v1/shelves/a/things/b");
  Asking("ListThings", "GET /v1/shelves/a/things").reset();
  EXPECT_TRUE(WasCancelled("ListThings"));
  EXPECT_EQ(gateway_.backend().Open("GetThing"), 1);
}

}  // namespace
}  // namespace lintel::gateway::testing
