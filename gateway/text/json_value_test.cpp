#include "gateway/text/json_value.h"

#include <gtest/gtest.h>

#include "platform/status/status.h"

namespace lintel::gateway {
namespace {

absl::StatusOr<JsonValue> Parse(const std::string& text) { return ParseJson(text, 4); }
std::string FieldOfBad(const std::string& text) { return FieldOf(Parse(text).status()); }

TEST(Json, ReadsEveryKindOfValue) {
  const auto value = Parse(R"( {"a": [1, -2.5e3, true, false, null], "b": "x\n\u697c\ud842\udfb7"} )");
  ASSERT_TRUE(value.ok()) << value.status();
  EXPECT_EQ(value->members[0].second.items[1].text, "-2.5e3");
  EXPECT_EQ(value->members[1].second.text, "x\n楼𠮷");
}

TEST(Json, NamesTheFieldThatIsGivenTwice) {
  EXPECT_EQ(FieldOfBad(R"({"a": {"b": 1, "b": 2}})"), "a.b");
  std::string many = "{";
  for (int i = 0; i < 40; ++i) many += "\"k" + std::to_string(i) + "\":0,";
  EXPECT_EQ(FieldOfBad(many + "\"k7\":1}"), "k7");
}

TEST(Json, TakesTheDeepestNestingAndNotALevelMore) {
  EXPECT_TRUE(Parse("[[[[]]]]").ok());
  EXPECT_FALSE(Parse("[[[[[]]]]]").ok());
  EXPECT_EQ(FieldOfBad(R"({"a":{"b":{"c":[{}]}}})"), "a.b.c[0]");
  EXPECT_FALSE(Parse(std::string(100'000, '[')).ok());
}

TEST(Json, RefusesWhatTheStandardDoesNotKnow) {
  for (const char* bad : {"",    "{",        "[1,]", "{,}",     "{\"a\":1,}", "{a:1}",   "'a'",
                          "01",  "1.",       ".5",   "+1",      "1e",         "NaN",     "tru",
                          "1 2", "\"\x01\"", "\"a",  "\"\\x\"", "\"\\u12\"",  "// c\n1", "\xEF\xBB\xBF{}"}) {
    EXPECT_EQ(FieldOfBad(bad).empty(), false) << bad;
  }
}

TEST(Json, RefusesTextThatIsNotCleanUtf8) {
  EXPECT_EQ(FieldOfBad("{\"name\":\"\xFF\"}"), "name");
  EXPECT_EQ(FieldOfBad("{\"name\":\"a\\u0000\"}"), "name");
  EXPECT_EQ(FieldOfBad("{\"name\":\"\\ud800\"}"), "name");
  EXPECT_EQ(FieldOfBad("{\"name\":\"\\udc00\"}"), "name");
  EXPECT_EQ(FieldOfBad(std::string("{\"name\":\"a\0\"}", 13)), "name");
}

TEST(Json, WritesStringsThatReadBack) {
  const std::string text = "a\"\\\n\t\x01</script>楼";
  std::string out;
  AppendJsonString(text, out);
  EXPECT_EQ(out.find('<'), std::string::npos);
  EXPECT_EQ(Parse(out)->text, text);
}

}  // namespace
}  // namespace lintel::gateway
