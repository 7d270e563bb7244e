// JSON to messages and back, on a contract that exists only in tests.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/contract/json_reader.h"
#include "gateway/contract/json_scalars.h"
#include "gateway/contract/json_writer.h"
#include "gateway/contract/router.h"
#include "gateway/limits.h"
#include "platform/status/status.h"

namespace lintel::gateway {
namespace {

const Contract& Sample() {
  static const std::unique_ptr<Contract> contract = Contract::Load(LINTEL_SAMPLE_DESCRIPTORS).value();
  return *contract;
}

std::unique_ptr<google::protobuf::Message> NewThing() {
  return Sample().New(Sample().pool().FindMessageTypeByName("lintel.sample.v1.Thing"));
}

absl::Status ReadThing(const std::string& json, google::protobuf::Message* thing) {
  const auto value = ParseJson(json, limits::kDeepestJson);
  if (!value.ok()) return value.status();
  return ReadJson(*value, thing);
}

std::string RoundTrip(const std::string& json) {
  const auto thing = NewThing();
  const absl::Status status = ReadThing(json, thing.get());
  if (!status.ok()) return "refused " + FieldOf(status);
  static const JsonWriter writer(Sample());
  return writer.ToJson(*thing);
}

TEST(Json, PrintsDefaultsAndLeavesOutWhatIsAbsent) {
  EXPECT_EQ(
      RoundTrip("{}"),
      R"({"name":"","displayName":"","count":0,"minorUnits":"0","small":0,"large":"0","ratio":0,"on":false,"mark":"",)"
      R"("colour":"COLOUR_UNSPECIFIED","tags":[],"numbers":{},"parts":[],"etag":"","holder":""})");
}

TEST(Json, CarriesEveryKindOfFieldBothWays) {
  const std::string json = RoundTrip(
      R"({"displayName":"楼","minor_units":"-9223372036854775808","large":18446744073709551615,"count":1e2,"ratio":0.5,
          "on":true,"mark":"AP8=","colour":"GREEN","tags":["a"],"numbers":{"k":1},"createTime":"2026-11-23T09:54:00.5+08:00",
          "length":"1.5s","extra":{"a":[1,null,"x",{"b":true}]},"day":{"year":2026,"month":11,"day":23},"right":0,"maybe":0,
          "note":"n","parts":[{"name":"p"}],"inner":null})");
  for (const char* part :
       {R"("displayName":"楼")", R"("minorUnits":"-9223372036854775808")", R"("large":"18446744073709551615")",
        R"("count":100)", R"("ratio":0.5)", R"("on":true)", R"("mark":"AP8=")", R"("colour":"GREEN")",
        R"("tags":["a"])", R"("numbers":{"k":1})", R"("createTime":"2026-11-23T01:54:00.500Z")", R"("length":"1.500s")",
        R"("extra":{"a":[1,null,"x",{"b":true}]})", R"("day":{"year":2026,"month":11,"day":23})", R"("right":0)",
        R"("maybe":0)", R"("note":"n")", R"("parts":[{"name":"p")"}) {
    EXPECT_THAT(json, testing::HasSubstr(part));
  }
}

TEST(Json, NamesTheFieldThatDoesNotFit) {
  const std::map<std::string, std::string> cases{
      {R"({"nope":1})", "nope"},
      {R"({"count":"x"})", "count"},
      {R"({"count":2147483648})", "count"},
      {R"({"count":1.5})", "count"},
      {R"({"count":true})", "count"},
      {R"({"small":-1})", "small"},
      {R"({"minorUnits":"9223372036854775808"})", "minorUnits"},
      {R"({"minorUnits":1e400})", "minorUnits"},
      {R"({"ratio":"NaN"})", "ratio"},
      {R"({"on":"true"})", "on"},
      {R"({"name":1})", "name"},
      {R"({"name":{}})", "name"},
      {R"({"mark":"*"})", "mark"},
      {R"({"mark":"A"})", "mark"},
      {R"({"colour":"BLUE"})", "colour"},
      {R"({"colour":9})", "colour"},
      {R"({"tags":"a"})", "tags"},
      {R"({"tags":["a",1]})", "tags[1]"},
      {R"({"tags":[null]})", "tags[0]"},
      {R"({"numbers":{"k":"x"}})", "numbers.k"},
      {R"({"inner":[]})", "inner"},
      {R"({"inner":{"parts":[{},{"count":[]}]}})", "inner.parts[1].count"},
      {R"({"createTime":"2026-02-30T00:00:00Z"})", "createTime"},
      {R"({"createTime":5})", "createTime"},
      {R"({"length":"5"})", "length"},
      {R"({"day":"2026-13-01"})", "day"},
      {R"({"left":"a","right":1})", "right"},
      {R"({"displayName":"a","display_name":"b"})", "display_name"},
      {R"([])", "body"},
      {R"("x")", "body"},
  };
  for (const auto& [json, field] : cases) EXPECT_EQ(RoundTrip(json), "refused " + field) << json;
}

TEST(Json, ReadsTextOfTheUrl) {
  const auto thing = NewThing();
  for (const auto& [path, text] : std::map<std::string, std::string>{{"inner.displayName", "x"},
                                                                     {"count", "5"},
                                                                     {"on", "true"},
                                                                     {"tags", "a"},
                                                                     {"day", "2026-11-23"},
                                                                     {"colour", "RED"}}) {
    EXPECT_TRUE(ReadText(path, text, thing.get()).ok()) << path;
  }
  for (const auto& [path, text] : std::map<std::string, std::string>{{"inner.nope", "x"},
                                                                     {"count", "5x"},
                                                                     {"on", "1"},
                                                                     {"parts.name", "a"},
                                                                     {"numbers", "a"},
                                                                     {"colour", ""},
                                                                     {"inner", "x"}}) {
    EXPECT_EQ(FieldOf(ReadText(path, text, thing.get())), path);
  }
}

TEST(Scalars, TakeTheLastInstantAndNotANanosecondMore) {
  EXPECT_TRUE(ParseTimestamp("9999-12-31T23:59:59.999999999Z").has_value());
  EXPECT_FALSE(ParseTimestamp("9999-12-31T23:59:59-00:01").has_value());
  EXPECT_FALSE(ParseTimestamp("0001-01-01T00:00:00+00:01").has_value());
  EXPECT_FALSE(ParseTimestamp("2026-11-23T24:00:00Z").has_value());
  EXPECT_FALSE(ParseTimestamp("2026-11-23T09:54:00").has_value());
  EXPECT_TRUE(ParseDuration("315576000000s").has_value());
  EXPECT_FALSE(ParseDuration("315576000001s").has_value());
  EXPECT_FALSE(ParseDuration("1.0000000001s").has_value());
  EXPECT_EQ(DurationText(*ParseDuration("-0.5s")), "-0.500s");
  EXPECT_EQ(FromBase64(ToBase64(std::string("\0\xFF\x7F", 3))), std::string("\0\xFF\x7F", 3));
}

std::string Routed(const std::string& verb, const std::string& path) {
  static const Router router(Sample());
  const Router::Match match = router.Find(verb, path);
  return match.route == nullptr ? "none " + match.allowed : match.route->method->descriptor->name();
}

TEST(Router, FindsTheMethodOfAPath) {
  EXPECT_EQ(Routed("GET", "/v1/shelves/a/things/b"), "GetThing");
  EXPECT_EQ(Routed("POST", "/v1/shelves/a/things/b:move"), "MoveThing");
  EXPECT_EQ(Routed("GET", "/v1/shelves/a/things/b:c"), "GetThing");
  EXPECT_EQ(Routed("GET", "/v1/shelves/a/things/b/picture"), "GetPicture");
}

TEST(Router, SaysWhichVerbsAPathHas) {
  EXPECT_EQ(Routed("PUT", "/v1/shelves/a/things"), "none GET, POST");
  EXPECT_EQ(Routed("GET", "/v1/nowhere"), "none ");
  EXPECT_EQ(Routed("GET", "/"), "none ");
}

TEST(Router, NeverServesWhatIsInternal) { EXPECT_EQ(Routed("GET", "/v1/hidden/x"), "none "); }

TEST(Contract, RefusesWhatIsNoDescriptorSet) {
  EXPECT_FALSE(Contract::FromBytes("garbage").ok());
  EXPECT_FALSE(Contract::Load("/nonexistent.fds").ok());
}

}  // namespace
}  // namespace lintel::gateway
