// REST in front of a contract that exists only here.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/limits.h"
#include "gateway/testing/running_gateway.h"
#include "gateway/text/json_value.h"
#include "platform/client/wire_status.h"
#include "platform/status/status.h"

namespace lintel::gateway::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// Echoes requests; refuses what the name asks for.
FakeAnswer Echo(const FakeCall& call) {
  if (call.json.find("things/missing") != std::string::npos) {
    return {.status = ToGrpc(Missing("thing", "missing"), "没有", call.metadata.at("accept-language"))};
  }
  if (call.json.find("things/bad") != std::string::npos) {
    return {.status = ToGrpc(InvalidField("hold_duration", "is too long"), "bad", "en")};
  }
  if (call.json.find("things/heavy") != std::string::npos) {
    return {.status = ToGrpc(InvalidField("thing.minor_units", "x"), "字段 thing.minor_units 无效", "zh-CN")};
  }
  FakeAnswer answer;
  if (call.method == "ListThings") {
    std::string many;
    for (int i = 0; i < 200; ++i) many += std::string(i > 0 ? "," : "") + R"({"displayName":"thing"})";
    answer.json = {"{\"things\":[" + many + "]}"};
  } else {
    std::string text;
    AppendJsonString(call.json, text);
    const auto etag = call.method == "GetThing" ? "e1" : "";
    answer.json = {R"({"displayName":)" + text + R"(,"tags":[")" + call.metadata.at("accept-language") +
                   R"("],"etag":")" + etag + "\"}"};
  }
  if (call.json.find("\"requestId\":\"again\"") != std::string::npos) answer.metadata["x-lintel-replayed"] = "true";
  return answer;
}

class Rest : public ::testing::Test {
 protected:
  Answer Ask(const std::string& verb, const std::string& target, const std::string& headers = "",
             const std::string& body = "") {
    return gateway_.Ask(verb, target, gateway_.Bearer() + headers, body);
  }
  RunningGateway gateway_{Echo};
};

TEST_F(Rest, ServesAProtoThatExistsOnlyInATest) {
  const Answer answer = Ask("GET", "/v1/shelves/a/things/b", "X-Request-Id: r-1\r\n");
  EXPECT_EQ(answer.status, 200);
  EXPECT_THAT(answer.body, HasSubstr(R"(\"name\":\"shelves/a/things/b\")"));
  EXPECT_THAT(answer.body, HasSubstr(R"("tags":["zh-CN"])"));
  EXPECT_EQ(answer.Header("x-request-id"), "r-1");
  EXPECT_EQ(answer.Header("traceparent").size(), 55u);
}

TEST_F(Rest, JoinsPathQueryAndBodyIntoOneMessage) {
  const Answer created =
      Ask("POST", "/v1/shelves/a/things", "Idempotency-Key: \"k-1\"\r\n", R"({"displayName":"x","minorUnits":"5"})");
  EXPECT_THAT(created.body, HasSubstr(R"(\"parent\":\"shelves/a\")"));
  EXPECT_THAT(created.body, HasSubstr(R"(\"minorUnits\":\"5\")"));
  EXPECT_THAT(created.body, HasSubstr(R"(\"requestId\":\"k-1\")"));
  const Answer updated =
      Ask("PATCH", "/v1/shelves/a/things/b?updateMask=displayName,inner.count", "", R"({"name":"other"})");
  EXPECT_THAT(updated.body, HasSubstr(R"(\"name\":\"shelves/a/things/b\")"));
  EXPECT_THAT(updated.body, HasSubstr(R"(\"updateMask\":\"displayName,inner.count\")"));
  EXPECT_EQ(Ask("GET",
                "/v1/shelves/a/"
                "things?pageSize=5&colours=RED&colours=GREEN&like.displayName=y&on=true&since=2026-11-23T00:00:00Z")
                .status,
            200);
}

TEST_F(Rest, MakesARequestIdWhereTheClientSentNone) {
  EXPECT_THAT(Ask("POST", "/v1/shelves/a/things", "", "{}").body, Not(HasSubstr(R"(\"requestId\":\"\")")));
  EXPECT_EQ(Ask("POST", "/v1/shelves/a/things/b:move", "Idempotency-Key: k\r\n", R"({"requestId":"other"})").status,
            400);
}

TEST_F(Rest, SaysThatAnAnswerIsAReplay) {
  EXPECT_EQ(Ask("POST", "/v1/shelves/a/things", "Idempotency-Key: again\r\n", "{}").Header("idempotency-replayed"),
            "true");
  EXPECT_EQ(Ask("POST", "/v1/shelves/a/things", "", "{}").Header("idempotency-replayed"), "");
}

TEST_F(Rest, AnswersNotModifiedToItsOwnEtag) {
  const Answer first = Ask("GET", "/v1/shelves/a/things/b");
  EXPECT_EQ(first.Header("etag"), "W/\"e1\"");
  EXPECT_EQ(Ask("GET", "/v1/shelves/a/things/b", "If-None-Match: " + first.Header("etag") + "\r\n").status, 304);
  EXPECT_EQ(Ask("GET", "/v1/shelves/a/things/b", "If-None-Match: \"other\"\r\n").status, 200);
}

TEST_F(Rest, RefusesInAip193AndInRfc9457) {
  const Answer aip = Ask("GET", "/v1/shelves/a/things/missing");
  EXPECT_EQ(aip.status, 404);
  EXPECT_THAT(aip.body, HasSubstr(R"("code":404,"message":"没有","status":"NOT_FOUND")"));
  EXPECT_THAT(aip.body, HasSubstr(R"("reason":"RESOURCE_MISSING","domain":"lintel")"));
  const Answer problem = Ask("GET", "/v1/shelves/a/things/missing", "Accept: application/problem+json\r\n");
  EXPECT_EQ(problem.Header("content-type"), "application/problem+json");
  EXPECT_THAT(problem.body, HasSubstr(R"("reason":"RESOURCE_MISSING")"));
  EXPECT_THAT(Ask("GET", "/v1/shelves/a/things/bad").body, HasSubstr(R"("field":"holdDuration")"));
}

TEST_F(Rest, NamesAFieldAsTheClientWroteItInTheTextToo) {
  const Answer refused = Ask("PATCH", "/v1/shelves/a/things/heavy", "", R"({"minorUnits":"5"})");
  EXPECT_THAT(refused.body, HasSubstr(R"("fieldViolations":[{"field":"minorUnits")"));
  EXPECT_THAT(refused.body, HasSubstr("字段 minorUnits 无效"));
  EXPECT_THAT(refused.body, Not(HasSubstr("minor_units")));
}

TEST_F(Rest, NamesTheValuesThatAFieldTakes) {
  EXPECT_THAT(Ask("POST", "/v1/shelves/a/things", "", R"({"colour":"BLUE"})").body, HasSubstr("RED, GREEN"));
}

TEST_F(Rest, NamesTheFieldOfEveryBadInput) {
  const std::string things = "/v1/shelves/a/things";
  const std::string deep = std::string(40, '[') + std::string(40, ']');
  const std::vector<std::array<std::string, 4>> cases{
      {"POST", things, R"({"nope":1})", "nope"},
      {"POST", things, R"({"count":"x"})", "count"},
      {"POST", things, R"({"count":1,"count":2})", "count"},
      {"POST", things, "{\"displayName\":\"\xFF\"}", "displayName"},
      {"POST", things, R"({"displayName":"\u0000"})", "displayName"},
      {"POST", things, R"({"extra":{"a":)" + deep + "}}", "extra"},
      {"POST", things, "{", "body"},
      {"POST", things + "?parent=shelves/b&nope=1", "{}", "nope"},
      {"GET", things + "?pageSize=x", "", "pageSize"},
      {"GET", things + "?pageSize=99999999999", "", "pageSize"},
      {"GET", things + "?colours=BLUE", "", "colours"},
      {"GET", things + "?%FF=1", "", "query"},
      {"GET", "/v1/shelves/%00/things/b", "", "name"},
      {"GET", "/v1/shelves/a%2Fb/things/b", "", "name"},
      {"POST", things + "/b:move?to=x", "{}", "to"},
  };
  for (const auto& [verb, target, body, field] : cases) {
    const Answer answer = Ask(verb, target, "", body);
    EXPECT_EQ(answer.status, 400) << target << body;
    EXPECT_THAT(answer.body, HasSubstr("\"field\":\"" + field)) << target << body;
  }
}

TEST_F(Rest, RefusesBodiesThatAreTooLargeOrOfAnotherType) {
  const std::string large = "{\"displayName\":\"" + std::string(limits::kLargestJsonWithBytes, 'x') + "\"}";
  EXPECT_EQ(Ask("POST", "/v1/shelves/a/things", "", large).status, 413);
  EXPECT_EQ(
      Ask("POST", "/v1/shelves/a/things/b:move", "", "{\"to\":\"" + std::string(limits::kLargestJson, 'x') + "\"}")
          .status,
      413);
  EXPECT_EQ(Ask("POST", "/v1/shelves/a/things", "Content-Type: text/plain\r\n", "{}").status, 415);
}

TEST_F(Rest, RefusesPathsAndVerbsThatDoNotExist) {
  EXPECT_EQ(Ask("GET", "/v1/nowhere").status, 404);
  EXPECT_EQ(Ask("GET", "/v1/hidden/x").status, 404);
  const Answer verb = Ask("DELETE", "/v1/shelves/a/things");
  EXPECT_EQ(verb.status, 405);
  EXPECT_THAT(verb.body, HasSubstr("METHOD_NOT_ALLOWED"));
}

TEST_F(Rest, RefusesCredentialsThatAreNoToken) {
  for (const char* header : {"Basic abc", "Bearer", "Bearer a b", "Bearer \xC3\xA9"}) {
    EXPECT_EQ(gateway_.Ask("GET", "/v1/shelves/a/things/b", std::string("Authorization: ") + header + "\r\n").status,
              401)
        << header;
  }
}

TEST_F(Rest, TellsAStrangerSoWhateverHeSends) {
  EXPECT_EQ(gateway_.Ask("POST", "/v1/shelves/a/things", "", "{\"title\":5").status, 401);
  EXPECT_EQ(gateway_.Ask("POST", "/v1/shelves/a/things", "Content-Type: text/plain\r\n", "x").status, 401);
}

TEST_F(Rest, AnswersMalformedHttpAndGoesOn) {
  for (const std::string bytes : {"GARBAGE\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "GET http://x/ HTTP/1.1\r\n\r\n"}) {
    HttpClient client(gateway_.port());
    client.Send(bytes);
    EXPECT_EQ(client.Receive().status, 400) << bytes;
  }
  HttpClient client(gateway_.port());
  client.Send("GET / HTTP/1.1\r\nX: " + std::string(limits::kLargestHeader, 'x') + "\r\n\r\n");
  EXPECT_EQ(client.Receive().status, 431);
  EXPECT_EQ(Ask("GET", "/healthz").status, 200);
}

TEST_F(Rest, KeepsAConnectionForTheNextRequest) {
  HttpClient client(gateway_.port());
  for (int i = 0; i < 3; ++i) EXPECT_EQ(client.Ask("GET", "/v1/shelves/a/things/b", gateway_.Bearer()).status, 200);
}

TEST_F(Rest, CompressesLongAnswers) {
  for (const std::string coding : {"br", "gzip"}) {
    const Answer answer = Ask("GET", "/v1/shelves/a/things", "Accept-Encoding: " + coding + "\r\n");
    EXPECT_EQ(answer.Header("content-encoding"), coding);
    EXPECT_LT(answer.body.size(), 2000u);
  }
  EXPECT_EQ(Ask("GET", "/v1/shelves/a/things", "Accept-Encoding: br;q=0\r\n").Header("content-encoding"), "");
}

TEST_F(Rest, DescribesItselfAndItsState) {
  const Answer openapi = Ask("GET", "/openapi.json");
  EXPECT_TRUE(ParseJson(openapi.body, 64).ok());
  EXPECT_THAT(openapi.body, HasSubstr("/things/{thing}:move"));
  EXPECT_THAT(openapi.body, HasSubstr("One thing by its name."));
  EXPECT_THAT(openapi.body, Not(HasSubstr("Hidden")));
  EXPECT_EQ(Ask("GET", "/docs").status, 200);
  EXPECT_EQ(Ask("GET", "/openapi.json", "If-None-Match: " + openapi.Header("etag") + "\r\n").status, 304);
  EXPECT_EQ(Ask("GET", "/docs/nope.js").status, 404);
  EXPECT_THAT(Ask("GET", "/metrics").body, HasSubstr("lintel_gateway_open_connections"));
}

TEST_F(Rest, DescribesWhoMayAndWhyItRefuses) {
  const std::string openapi = Ask("GET", "/openapi.json").body;
  const size_t begin = openapi.find("\"operationId\":\"Shelf_CreateThing\"");
  ASSERT_NE(begin, std::string::npos);
  const std::string operation = openapi.substr(begin, openapi.find("\"operationId\"", begin + 1) - begin);
  EXPECT_THAT(operation, HasSubstr(R"("summary":"Puts a thing on a shelf","description":)"));
  EXPECT_THAT(operation, HasSubstr(R"("x-summary-zh":"将物品放上货架")"));
  EXPECT_THAT(operation, HasSubstr(R"("x-lintel-right":"thing.manage","x-lintel-scope":"PROJECT")"));
  EXPECT_THAT(operation, HasSubstr(R"({"reason":"SHELF_FULL","code":"FAILED_PRECONDITION","status":409})"));
  EXPECT_THAT(
      operation,
      HasSubstr(R"("409":{"$ref":"#/components/responses/Conflict","description":"SHELF_FULL, THING_EXISTS"})"));
  EXPECT_THAT(operation, HasSubstr(R"("401":{"$ref":"#/components/responses/Unauthenticated"})"));
  EXPECT_THAT(operation, HasSubstr(R"("example":{"name":)"));
  EXPECT_THAT(openapi, HasSubstr(R"("RateLimited":{"description":)"));
  EXPECT_THAT(openapi, HasSubstr(R"("reason":"RATE_LIMITED","domain":"lintel","metadata":{"retryAfterSeconds":"3"})"));
}

TEST(RestWithoutService, NamesTheServiceThatIsAway) {
  RunningGateway gateway(
      [](const FakeCall&) { return FakeAnswer{.status = grpc::Status(grpc::StatusCode::UNAVAILABLE, "gone")}; });
  const Answer answer = gateway.Ask("GET", "/v1/shelves/a/things/b", gateway.Bearer());
  EXPECT_EQ(answer.status, 503);
  EXPECT_THAT(answer.body, HasSubstr(R"("metadata":{"service":"sample"})"));
  EXPECT_EQ(answer.Header("retry-after"), "1");
}

TEST(RestWithLimits, SaysHowManyRequestsAreLeftAndWhenToComeBack) {
  RunningGateway gateway(Echo, {.requests_per_minute = 12});  // Two at once.
  const std::string bearer = gateway.Bearer();
  EXPECT_EQ(gateway.Ask("GET", "/v1/shelves/a/things/b", bearer).Header("ratelimit"), "\"principal\";r=1;t=5");
  EXPECT_EQ(gateway.Ask("GET", "/v1/shelves/a/things/b", bearer).status, 200);
  const Answer refused = gateway.Ask("GET", "/v1/shelves/a/things/b", bearer);
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.Header("ratelimit-policy"), "\"principal\";q=2;w=10");
  EXPECT_THAT(refused.Header("retry-after"), ::testing::AnyOf("4", "5"));
}

}  // namespace
}  // namespace lintel::gateway::testing
