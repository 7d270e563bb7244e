// Raw bytes both ways: downloads with ranges, uploads in chunks, and streams of messages.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/limits.h"
#include "gateway/testing/running_gateway.h"
#include "google/api/httpbody.pb.h"

namespace lintel::gateway::testing {
namespace {

using ::testing::HasSubstr;

constexpr size_t kSize = 200'000;

std::string Piece(const std::string& data) {
  google::api::HttpBody body;
  body.set_content_type("audio/wav");
  body.set_data(data);
  return body.SerializeAsString();
}

FakeAnswer Files(const FakeCall& call) {
  if (call.method == "PutFile") {
    return {.json = {R"({"count":)" + std::to_string(call.json.size()) + R"(,"displayName":")" +
                     call.metadata.at("x-lintel-filename") + "\"}"}};
  }
  if (call.method == "WatchThings") return {.json = {R"({"name":"one"})", R"({"name":"two"})"}};
  std::string data(kSize, 'x');
  data[100] = 'y';
  FakeAnswer answer{.metadata = {{"x-lintel-etag", "e7"},
                                 {"x-lintel-total-size", std::to_string(kSize)},
                                 {"x-lintel-filename", "a.wav"}}};
  if (const auto range = call.metadata.find("x-lintel-range"); range != call.metadata.end()) {
    if (range->second == "bytes=999999-") return {.status = grpc::Status(grpc::StatusCode::OUT_OF_RANGE, "no")};
    answer.metadata["x-lintel-range-start"] = "100";
    data = data.substr(100, 10);
  }
  for (size_t at = 0; at < data.size(); at += limits::kChunk)
    answer.bytes.push_back(Piece(data.substr(at, limits::kChunk)));
  return answer;
}

class Bytes : public ::testing::Test {
 protected:
  Answer Ask(const std::string& verb, const std::string& target, const std::string& headers = "",
             const std::string& body = "") {
    return gateway_.Ask(verb, target, gateway_.Bearer() + headers, body);
  }
  RunningGateway gateway_{Files};
};

TEST_F(Bytes, AreServedWholeWithTheirLengthAndName) {
  const Answer answer = Ask("GET", "/v1/shelves/a/things/b/picture");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body.size(), kSize);
  EXPECT_EQ(answer.Header("content-type"), "audio/wav");
  EXPECT_EQ(answer.Header("etag"), "\"e7\"");
  EXPECT_THAT(answer.Header("content-disposition"), HasSubstr("inline; filename=\"a.wav\""));
  EXPECT_THAT(answer.Header("content-security-policy"), HasSubstr("sandbox"));
}

TEST_F(Bytes, AreServedInPart) {
  const Answer answer = Ask("GET", "/v1/shelves/a/things/b/picture", "Range: bytes=100-109\r\n");
  EXPECT_EQ(answer.status, 206);
  EXPECT_EQ(answer.Header("content-range"), "bytes 100-109/200000");
  EXPECT_EQ(answer.body, "yxxxxxxxxx");
  EXPECT_EQ(Ask("GET", "/v1/shelves/a/things/b/picture", "Range: bytes=999999-\r\n").status, 416);
}

TEST_F(Bytes, AreNotSentAgainToWhoHasThem) {
  const Answer answer = Ask("GET", "/v1/shelves/a/things/b/picture", "If-None-Match: \"e7\"\r\n");
  EXPECT_EQ(answer.status, 304);
  EXPECT_EQ(answer.body, "");
}

TEST_F(Bytes, AreTakenInChunksWithTheirNameAndType) {
  const std::string body(3 * limits::kChunk + 17, 'z');
  const Answer answer = Ask("POST", "/v1/uploads?filename=%E6%88%BF.csv", "Content-Type: text/csv\r\n", body);
  EXPECT_EQ(answer.status, 200);
  EXPECT_THAT(answer.body, HasSubstr("\"count\":" + std::to_string(body.size() + 8)));
  EXPECT_THAT(answer.body, HasSubstr("%E6%88%BF.csv"));
}

TEST_F(Bytes, AreTakenInChunkedCodingAndAfterContinue) {
  HttpClient client(gateway_.port());
  client.Send("POST /v1/uploads?filename=a HTTP/1.1\r\nHost: x\r\n" + gateway_.Bearer() +
              "Transfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_THAT(client.ReadUntil("\r\n\r\n"), HasSubstr("100 Continue"));
  client.Send("5\r\nhello\r\n0\r\n\r\n");
  EXPECT_THAT(client.Receive().body, HasSubstr("\"count\":5"));
}

TEST_F(Bytes, BeyondTheLimitAreRefusedBeforeTheyAreSent) {
  HttpClient client(gateway_.port());
  client.Send("POST /v1/uploads HTTP/1.1\r\nHost: x\r\n" + gateway_.Bearer() + "Content-Length: 999999999\r\n\r\n");
  const Answer answer = client.Receive();
  EXPECT_EQ(answer.status, 413);
  EXPECT_THAT(answer.body, HasSubstr("BODY_TOO_LARGE"));
}

TEST_F(Bytes, WithBrokenFramingAreRefused) {
  HttpClient client(gateway_.port());
  client.Send("POST /v1/shelves/a/things HTTP/1.1\r\nHost: x\r\n" + gateway_.Bearer() +
              "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n");
  EXPECT_EQ(client.Receive().status, 400);
}

TEST_F(Bytes, OfAClientThatLeavesDoNoHarm) {
  {
    HttpClient client(gateway_.port());
    client.Send("POST /v1/uploads?filename=a HTTP/1.1\r\nHost: x\r\n" + gateway_.Bearer() +
                "Content-Length: 1000\r\n\r\npart");
  }
  EXPECT_EQ(Ask("GET", "/healthz").status, 200);
}

TEST_F(Bytes, OfOtherStreamsBecomeEvents) {
  const Answer answer = Ask("GET", "/v1/shelves/a/things:watch");
  EXPECT_EQ(answer.Header("content-type"), "text/event-stream");
  EXPECT_THAT(answer.body, HasSubstr("data: {\"name\":\"one\""));
  EXPECT_THAT(answer.body, HasSubstr("data: {\"name\":\"two\""));
  EXPECT_THAT(answer.body, HasSubstr("event: end"));
}

}  // namespace
}  // namespace lintel::gateway::testing
