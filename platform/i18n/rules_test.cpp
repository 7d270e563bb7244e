#include "platform/i18n/rules.h"

#include <gtest/gtest.h>

#include <array>

#include "platform/i18n/reasons.h"
#include "platform/i18n/words.h"
#include "platform/status/status.h"

namespace lintel {
namespace {

TEST(RuleText, SaysARuleInChinese) { EXPECT_EQ(RuleText("must be a string", "zh"), "应为文本"); }

TEST(RuleText, LeavesTheEnglishReaderTheEnglishRule) {
  EXPECT_EQ(RuleText("must be from 1 to 20", "en"), "must be from 1 to 20");
}

TEST(RuleText, CarriesOverWhatStandsInTheHoles) {
  EXPECT_EQ(RuleText("must be from -9 to 100000000", "zh"), "应在 -9 到 100000000 之间");
  EXPECT_EQ(RuleText("must look like codeTables/*", "zh"), "格式应如 codeTables/*");
  EXPECT_EQ(RuleText("must be one of WEEK, MONTH", "zh"), "应为下列值之一：WEEK, MONTH");
  EXPECT_EQ(RuleText("`!=` cannot be used with `display_name`", "zh"), "“!=”不能用于“display_name”");
}

TEST(RuleText, LeavesBracesInAHoleAlone) {
  EXPECT_EQ(RuleText("must be from {most} to {least}", "zh"), "应在 {most} 到 {least} 之间");
}

TEST(RuleText, TakesTheTextWithTheMostWordsOfItsOwn) {
  EXPECT_EQ(RuleText("must be 1 to 20", "zh"), "应为 1 到 20");
  EXPECT_EQ(RuleText("must be 1 to 20 characters", "zh"), "长度应为 1 到 20 个字符");
  EXPECT_EQ(RuleText("must be from 0 to the built area", "zh"), "应在 0 到建筑面积之间");
}

TEST(RuleText, SaysARuleInsideARule) {
  EXPECT_EQ(RuleText("unclosed quote at character 7", "zh"), "第 7 个字符处：引号未闭合");
  EXPECT_EQ(RuleText("is nested more than 32 levels deep (at byte 40)", "zh"), "嵌套超过 32 层（第 40 字节）");
  EXPECT_EQ(RuleText("`state` has no value `OPEN`", "zh"), "“state”没有取值“OPEN”");
}

TEST(RuleText, LeavesARuleItDoesNotKnowInEnglish) {
  EXPECT_EQ(RuleText("must rhyme", "zh"), "must rhyme");
  EXPECT_EQ(RuleText("must be from  to ", "zh"), "must be from  to ");
  EXPECT_EQ(RuleText("", "zh"), "");
}

TEST(RuleText, StandsInTheMessageOfARefusedField) {
  const Reasons reasons{{}};
  const absl::Status status = InvalidField("room", "must be at most 20 bytes");
  EXPECT_EQ(reasons.Text(status, "zh-CN"), "字段 room 无效：最多 20 字节。");
  EXPECT_EQ(reasons.Text(status, "en"), "Field room is not valid: must be at most 20 bytes.");
  EXPECT_EQ(MetadataOf(status)["rule"], "must be at most 20 bytes") << "programs see the rule as it is written";
}

TEST(RuleText, StandsInTheMessageOfADamagedSheet) {
  const Reasons reasons{{}};
  const absl::Status status = WithReason(absl::StatusCode::kInvalidArgument, "SHEET_BROKEN", "damaged",
                                         {{"cell", "row 5"}, {"cause", "rows are out of order"}});
  EXPECT_NE(reasons.Text(status, "").find("第 5 行 处损坏（行的顺序有误）"), std::string::npos)
      << reasons.Text(status, "");
}

TEST(WordFor, SaysWhatAThingIsCalledInTheReadersLanguage) {  // UX-32, UX-33
  EXPECT_EQ(WordFor("room", "zh"), "房间");
  EXPECT_EQ(WordFor("contractNumberRange", "en"), "range of contract numbers");
  EXPECT_EQ(WordFor("SUBSCRIBED", "zh"), "已认购");
  EXPECT_EQ(WordFor("teapot", "zh"), "teapot") << "what the table does not know stays as it is";
}

TEST(WordFor, StandsInTheMessageOfAMissingThing) {  // UX-32, UX-33
  const Reasons reasons{{}};
  const absl::Status status = Missing("room", "7");
  EXPECT_EQ(reasons.Text(status, "zh-CN"), "找不到该房间（7），或您无权查看。");
  EXPECT_EQ(reasons.Text(status, "en"), "There is no room 7, or you may not see it.");
  EXPECT_EQ(MetadataOf(status)["kind"], "room") << "programs see the kind as it is written";
  EXPECT_EQ(reasons.Text(StaleEtag("paymentPlan"), "en"),
            "This payment plan was changed by somebody else. Reload and try again.");
}

TEST(WordFor, SaysTheStateThatStandsInTheWay) {  // UX-32, UX-33
  constexpr std::array<EmbeddedFile, 1> files{
      {EmbeddedFile{"reasons.json", R"({"ROOM_STATE": {"zh": "当前为{state}", "en": "It is {state}"}})"}}};
  EXPECT_EQ(Reasons(files).Text(Refused("ROOM_STATE", "", {{"state", "HELD"}}), "zh"), "当前为保留");
}

// A name somebody chose is not a rule, whatever it says.
TEST(RuleText, TouchesNoOtherMetadata) {
  constexpr std::array<EmbeddedFile, 1> files{
      {EmbeddedFile{"reasons.json", R"({"ROOM_HELD": {"zh": "已被{team}保留", "en": "Held by {team}"}})"}}};
  EXPECT_EQ(Reasons(files).Text(Refused("ROOM_HELD", "held", {{"team", "is unknown"}}), "zh"), "已被is unknown保留");
}

}  // namespace
}  // namespace lintel
