// HTTP/1.1 to the letter: where one request ends and the next begins, and how large each part may be.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>

#include "gateway/limits.h"
#include "gateway/testing/running_gateway.h"

namespace lintel::gateway::testing {
namespace {

using ::testing::HasSubstr;

class Http : public ::testing::Test {
 protected:
  // Head and body of a call with a body of `size` bytes; `field` is a text.
  Answer Post(const std::string& path, const std::string& field, size_t size, const std::string& headers = "") {
    const std::string frame = "{\"" + field + "\":\"\"}";
    const std::string body = "{\"" + field + "\":\"" + std::string(size - frame.size(), 'x') + "\"}";
    return gateway_.Ask("POST", path, gateway_.Bearer() + headers, body);
  }
  // The answer to raw bytes, whose connection must then end.
  Answer Last(const std::string& bytes) {
    HttpClient client(gateway_.port());
    client.Send(bytes);
    Answer answer = client.Receive();
    EXPECT_EQ(answer.Header("connection"), "close") << bytes;
    EXPECT_EQ(client.Receive().status, 0) << bytes;
    return answer;
  }
  std::atomic<int> calls_{0};
  RunningGateway gateway_{[this](const FakeCall& call) {
    ++calls_;
    return FakeAnswer{.json = {call.method == "GetThing" ? call.json : "{}"}};
  }};
};

TEST_F(Http, KeepsAConnectionUntilOneSideSaysOtherwise) {
  HttpClient client(gateway_.port());
  for (int i = 0; i < 3; ++i) EXPECT_EQ(client.Ask("GET", "/healthz").status, 200);
  EXPECT_EQ(client.Ask("GET", "/healthz", "Connection: close\r\n").Header("connection"), "close");
  EXPECT_TRUE(client.Closes());
  EXPECT_EQ(Last("GET /healthz HTTP/1.0\r\n\r\n").status, 200);
}

TEST_F(Http, AnswersPipelinedRequestsOneAfterAnother) {
  HttpClient client(gateway_.port());
  std::string all;
  for (const std::string thing : {"one", "two", "three"}) {
    all += "GET /v1/shelves/a/things/" + thing + " HTTP/1.1\r\nHost: x\r\n" + gateway_.Bearer() + "\r\n";
  }
  all += "POST /v1/shelves/a/things HTTP/1.1\r\nHost: x\r\n" + gateway_.Bearer() +
         "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";
  client.Send(all);
  for (const std::string thing : {"one", "two", "three"}) {
    EXPECT_THAT(client.Receive().body, HasSubstr("shelves/a/things/" + thing));
  }
  EXPECT_EQ(client.Receive().status, 200);
  EXPECT_THAT(client.Receive().body, HasSubstr("ok"));
}

TEST_F(Http, AnswersHeadWhereverItAnswersGetButForEndlessStreams) {
  const Answer whole = gateway_.Ask("GET", "/v1/shelves/a/things/b", gateway_.Bearer());
  HttpClient client(gateway_.port());
  for (int i = 0; i < 2; ++i) {  // A body would be taken for the second answer.
    const Answer head = client.Ask("HEAD", "/v1/shelves/a/things/b", gateway_.Bearer());
    EXPECT_EQ(head.status, 200);
    EXPECT_EQ(head.Header("content-length"), whole.Header("content-length"));
  }
  EXPECT_EQ(gateway_.Ask("HEAD", "/v1/shelves/a/things:watch", gateway_.Bearer()).status, 405);
  EXPECT_EQ(gateway_.Ask("HEAD", "/v1/nowhere").status, 404);
}

TEST_F(Http, TakesARequestThatComesByteByByte) {
  HttpClient client(gateway_.port());
  for (const char c : std::string("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")) client.Send(std::string(1, c));
  EXPECT_EQ(client.Receive().status, 200);
}

TEST_F(Http, RefusesRequestsThatTwoReadersWouldReadDifferently) {
  const std::string post =
      "POST /v1/shelves/a/things HTTP/1.1\r\nHost: x\r\n" + gateway_.Bearer() + "Content-Type: application/json\r\n";
  const std::string smuggled = "GET /v1/shelves/a/things/smuggled HTTP/1.1\r\nHost: x\r\n\r\n";
  for (const std::string& bytes : std::vector<std::string>{
           post + "Content-Length: 2\r\nContent-Length: 40\r\n\r\n{}" + smuggled,
           post + "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}" + smuggled,
           post + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + smuggled,
           post + "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n0\r\n\r\n" + smuggled,
           post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n" + smuggled,
           post + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" + smuggled,
           post + "X: a\r\n Content-Length: 2\r\n\r\n{}" + smuggled, "GET /healthz HTTP/1.1\nHost: x\n\n" + smuggled,
           "GET /healthz HTTP/1.1\r\nHost: x\r\nX: a\nContent-Length: 40\r\n\r\n" + smuggled,
           "GET /healthz HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n" + smuggled,
           "GET /healthz HTTP/1.1\r\n\r\n" + smuggled}) {
    const Answer answer = Last(bytes);
    EXPECT_EQ(answer.status, 400) << bytes;
    EXPECT_THAT(answer.body, HasSubstr("MALFORMED_REQUEST")) << bytes;
  }
  EXPECT_EQ(calls_, 0);
}

TEST_F(Http, RefusesChunksThatTwoReadersWouldReadDifferently) {
  const std::string post = "POST /v1/shelves/a/things HTTP/1.1\r\nHost: x\r\n" + gateway_.Bearer() +
                           "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (const std::string body : {"2\n{}\n0\n\n", "-2\r\n{}\r\n0\r\n\r\n", "2\r\n{}xx0\r\n\r\n",
                                 "0x2\r\n{}\r\n0\r\n\r\n", "fffffffffffffffff\r\n{}\r\n0\r\n\r\n"}) {
    EXPECT_EQ(Last(post + body).status, 400) << body;
  }
  EXPECT_EQ(calls_, 0);
}

TEST_F(Http, TakesHeadsUpToTheLimitAndNotOneByteMore) {
  const auto ask = [&](size_t size) {
    const std::string begin = "GET /healthz HTTP/1.1\r\nHost: x\r\nX: ";
    HttpClient client(gateway_.port());
    client.Send(begin + std::string(size - begin.size() - 4, 'x') + "\r\n\r\n");
    return client.Receive().status;
  };
  EXPECT_EQ(ask(limits::kLargestHeader - 1), 200);
  EXPECT_EQ(ask(limits::kLargestHeader), 200);
  EXPECT_EQ(ask(limits::kLargestHeader + 1), 431);
}

TEST_F(Http, TakesTargetsUpToTheLimitAndNotOneByteMore) {
  const auto ask = [&](size_t size) {
    const std::string begin = "/healthz?x=";
    return gateway_.Ask("GET", begin + std::string(size - begin.size(), 'x')).status;
  };
  EXPECT_EQ(ask(limits::kLargestTarget - 1), 200);
  EXPECT_EQ(ask(limits::kLargestTarget), 200);
  EXPECT_EQ(ask(limits::kLargestTarget + 1), 414);
}

TEST_F(Http, TakesBodiesUpToTheLimitAndNotOneByteMore) {
  const std::string move = "/v1/shelves/a/things/b:move";
  EXPECT_EQ(Post(move, "to", limits::kLargestJson - 1).status, 200);
  EXPECT_EQ(Post(move, "to", limits::kLargestJson).status, 200);
  const Answer refused = Post(move, "to", limits::kLargestJson + 1);
  EXPECT_EQ(refused.status, 413);
  EXPECT_THAT(refused.body, HasSubstr("\"limitBytes\":\"1048576\""));
  // A message that has a field of bytes.
  EXPECT_EQ(Post("/v1/shelves/a/things", "displayName", limits::kLargestJsonWithBytes).status, 200);
  EXPECT_EQ(Post("/v1/shelves/a/things", "displayName", limits::kLargestJsonWithBytes + 1).status, 413);
}

TEST_F(Http, RefusesAMuchTooLargeBodyInAWayThatOneWhoWritesItAllFirstCanRead) {
  const Answer refused = Post("/v1/shelves/a/things", "displayName", 20 << 20);
  EXPECT_EQ(refused.status, 413);
  EXPECT_THAT(refused.body, HasSubstr("BODY_TOO_LARGE"));
}

TEST_F(Http, CountsABodyInChunksLikeAnyOther) {
  const auto ask = [&](size_t size) {
    HttpClient client(gateway_.port());
    client.Send("POST /v1/shelves/a/things/b:move HTTP/1.1\r\nHost: x\r\n" + gateway_.Bearer() +
                "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n{\"to\":\"xx\r\n");
    size_t left = size - 11;
    for (; left > 0; left -= std::min<size_t>(left, 1000)) {
      const size_t piece = std::min<size_t>(left, 1000);
      client.Send(fmt::format("{:x}\r\n{}\r\n", piece, std::string(piece, 'x')));
    }
    client.Send("2\r\n\"}\r\n0\r\n\r\n");
    return client.Receive().status;
  };
  EXPECT_EQ(ask(limits::kLargestJson), 200);
  EXPECT_EQ(ask(limits::kLargestJson + 1), 413);
}

}  // namespace
}  // namespace lintel::gateway::testing
