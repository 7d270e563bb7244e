// A caller on the sales line (testdata/sales_line.json), without sockets: the flow hears keys and silence, the test
// hears what the flow says.
#include "telephony/flow/flow.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "telephony/flow/testdata/caller.h"

namespace lintel::flow {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""s;

Caller InMainMenu() {
  Caller caller;
  caller.Listen().Heard();
  caller.Path();
  return caller;
}

TEST(Flow, GreetsOffersTheMenuAndQueuesForAnAgent_IVR01) {
  Caller caller;
  caller.Listen();
  EXPECT_THAT(caller.Heard(),
              ElementsAre("通话可能被录音。", "欢迎致电。", "查询房源请按1，人工服务请按2，英文请按9。"));
  caller.Press('2');
  ASSERT_NE(caller.Did<EnterQueue>(), nullptr);
  EXPECT_EQ(caller.Did<EnterQueue>()->queue, "queues/0190a5c0-0000-7000-8000-000000000001");
  EXPECT_THAT(caller.Path(), ElementsAre("hours:open", "greeting:next", "main:2"));
}

TEST(Flow, HoursOpenAndCloseOnTheMinuteInTheFlowsOwnZone_IVR01) {
  EXPECT_EQ(Caller("2026-11-23T00:59:59Z").At(), "closed");    // Monday 08:59:59 in Shanghai
  EXPECT_EQ(Caller("2026-11-23T01:00:00Z").At(), "greeting");  // 09:00
  EXPECT_EQ(Caller("2026-11-23T09:59:59Z").At(), "greeting");
  EXPECT_EQ(Caller("2026-11-23T10:00:00Z").At(), "closed");  // 18:00
  EXPECT_EQ(Caller("2026-11-22T02:00:00Z").At(), "closed");  // Sunday
}

TEST(Flow, HolidaysCloseAndMadeUpWorkdaysOpen_IVR01) {
  EXPECT_EQ(Caller("2026-10-01T02:00:00Z").At(), "closed");    // Thursday, National Day
  EXPECT_EQ(Caller("2026-10-10T02:00:00Z").At(), "greeting");  // Saturday worked instead
}

TEST(Flow, AKeyStopsThePromptOnceAndCountsOnce_IVR05) {
  Caller caller;
  caller.Happen(PromptDone{1});  // The notice, which cannot be stopped
  caller.Press('2');             // During the welcome: kept for the menu
  ASSERT_NE(caller.Did<StopPrompts>(), nullptr);
  EXPECT_EQ(caller.At(), "agent");
  EXPECT_THAT(caller.Path(), ElementsAre("hours:open", "greeting:next", "main:2"));
}

TEST(Flow, AKeyDuringAPromptThatMustBeHeardNeitherStopsItNorCounts_IVR05) {
  Caller caller;
  caller.Press('2');
  EXPECT_EQ(caller.Did<StopPrompts>(), nullptr);
  EXPECT_EQ(caller.At(), "greeting");
  caller.Listen();
  EXPECT_EQ(caller.At(), "main");
}

TEST(Flow, ALatePromptDoneOfAStoppedPromptChangesNothing) {
  Caller caller = InMainMenu();
  caller.Press('1').Listen().Heard();
  caller.Press("12");
  caller.Happen(PromptDone{3});
  EXPECT_EQ(caller.At(), "ask_room");
  EXPECT_TRUE(caller.flow().Deadline().has_value());
}

TEST(Flow, SilenceRepeatsThenHelpsThenReachesAnAgent_IVR06) {
  Caller caller = InMainMenu();
  const std::string main = "查询房源请按1，人工服务请按2，英文请按9。";
  caller.Silent(4999ms);
  EXPECT_THAT(caller.Heard(), IsEmpty());
  caller.Silent(1ms);
  EXPECT_THAT(caller.Listen().Heard(), ElementsAre("没有听到您的按键。", main));
  caller.Silent(5s);
  EXPECT_THAT(caller.Listen().Heard(), ElementsAre("没有听到您的按键。", "请使用电话上的数字键。", main));
  caller.Silent(5s);
  EXPECT_EQ(caller.At(), "agent");
  EXPECT_THAT(caller.Path(), ElementsAre("main:no_input", "main:no_input", "main:give_up"));
}

TEST(Flow, WrongKeysAndSilenceShareOnePatience_IVR06) {
  Caller caller = InMainMenu();
  caller.Press('7');
  EXPECT_THAT(caller.Listen().Heard(), ElementsAre("按键无效。", "查询房源请按1，人工服务请按2，英文请按9。"));
  caller.Silent(5s).Listen();
  caller.Press('8');
  EXPECT_EQ(caller.At(), "agent");
}

TEST(Flow, PatienceBeginsAnewInAnotherNode_IVR06) {
  Caller caller = InMainMenu();
  caller.Press('7').Listen();
  caller.Press('8').Listen();
  caller.Press('1').Listen().Heard();
  caller.Silent(5s);
  EXPECT_EQ(caller.At(), "ask_room");
}

TEST(Flow, CommonKeysRepeatGoBackAndReachTheOperatorFromEveryMenu_IVR04) {
  Caller caller = InMainMenu();
  caller.Press('#');
  EXPECT_THAT(caller.Heard(), ElementsAre("查询房源请按1，人工服务请按2，英文请按9。"));
  caller.Listen().Press('*');
  EXPECT_EQ(caller.At(), "main");
  caller.Listen().Press('0');
  EXPECT_EQ(caller.At(), "agent");
}

TEST(Flow, TellsARoomFoundByItsNumberInTheCallersLanguage_IVR03_IVR07) {
  Caller caller = InMainMenu();
  caller.Press('9').Listen();
  caller.Press('1').Listen().Heard();
  caller.Press("1203#");
  EXPECT_EQ(caller.action().action, "room_by_number");
  EXPECT_EQ(caller.action().arguments.at("room"), "1203");
  EXPECT_EQ(caller.action().time_limit, 2s);
  caller.Answer("found", {{"state", "available"}, {"area", "11866"}, {"price", "128000000"}, {"unasked", "x"}});
  ASSERT_NE(caller.Did<PlayPrompts>(), nullptr);
  const speech::Spoken& said = caller.Did<PlayPrompts>()->parts;
  EXPECT_EQ(caller.Did<PlayPrompts>()->language, speech::Language::kEnglish);
  EXPECT_EQ(said[0], (speech::SpokenPart{speech::SpokenKind::kText, "Room ", ""}));
  EXPECT_EQ(said[1], (speech::SpokenPart{speech::SpokenKind::kRoom, "1203", ""}));
  EXPECT_EQ(said[3], (speech::SpokenPart{speech::SpokenKind::kArea, "11866", ""}));
  EXPECT_EQ(said[5], (speech::SpokenPart{speech::SpokenKind::kMoney, "128000000", ""}));
}

TEST(Flow, CollectEndsAtTheTerminatorTheLongestLengthOrAPause_IVR03) {
  for (const char* keys : {"1203#", "120312"}) {
    Caller caller = InMainMenu();
    caller.Press('1').Listen().Press(keys);
    EXPECT_EQ(caller.At(), "find_room") << keys;
  }
  Caller slow = InMainMenu();
  slow.Press('1').Listen().Press("1203");
  slow.Silent(2999ms);
  EXPECT_EQ(slow.At(), "ask_room");
  slow.Silent(1ms);
  EXPECT_EQ(slow.At(), "find_room");
}

TEST(Flow, CollectRefusesTooFewDigitsAndAsksAgain_IVR06) {
  Caller caller = InMainMenu();
  caller.Press('1').Listen().Heard();
  caller.Press("12#");
  EXPECT_THAT(caller.Listen().Heard(), ElementsAre("按键无效。", "请输入房号，按井号结束。"));
  caller.Press("1203#");
  EXPECT_EQ(caller.action().arguments.at("room"), "1203");
}

TEST(Flow, AWholeJourneyMayBeTypedAheadOfThePrompts_IVR05) {
  Caller caller;
  caller.Happen(PromptDone{1}).Press("11203#");
  EXPECT_EQ(caller.At(), "find_room");
  EXPECT_EQ(caller.action().arguments.at("room"), "1203");
}

TEST(Flow, ALookupThatIsLateOrUnknownLeadsOnByItsFailedEdge) {
  Caller late = InMainMenu();
  late.Press('1').Listen().Press("1203#").Silent(2s);
  EXPECT_EQ(late.At(), "agent");
  late.Answer("found");  // Too late to matter
  EXPECT_EQ(late.At(), "agent");
  Caller unknown = InMainMenu();
  unknown.Press('1').Listen().Press("1203#").Answer("surprise");
  EXPECT_EQ(unknown.At(), "agent");
}

TEST(Flow, WhenTelephonyIsAwayTheFallbackSpeaksTriesAgainAndEnds) {
  Caller caller = InMainMenu();
  caller.Press('2');
  for (int i = 0; i < 2; ++i) {
    caller.Happen(QueueLeft{QueueOutcome::kUnavailable});
    EXPECT_THAT(caller.Heard(), ElementsAre("系统忙，请稍候。"));
    caller.Listen();
    EXPECT_NE(caller.Did<EnterQueue>(), nullptr);
  }
  caller.Happen(QueueLeft{QueueOutcome::kUnavailable}).Listen();
  ASSERT_NE(caller.Did<HangUp>(), nullptr);
  EXPECT_TRUE(caller.flow().finished());
}

TEST(Flow, AnExitKeyLeavesTheQueueAndOtherKeysDoNot_AGT04) {
  Caller caller = InMainMenu();
  caller.Press('2');
  caller.Press('7');
  EXPECT_THAT(caller.Did<LeaveQueue>(), testing::IsNull());
  caller.Press('1');
  ASSERT_NE(caller.Did<LeaveQueue>(), nullptr);
  EXPECT_EQ(caller.At(), "main");
  caller.Happen(QueueLeft{QueueOutcome::kOverflow});  // Crossed with the key: late news
  EXPECT_EQ(caller.At(), "main");
}

TEST(Flow, AServedCallerWithoutAFurtherStepIsLetGo) {
  Caller caller = InMainMenu();
  caller.Press('2').Happen(QueueLeft{QueueOutcome::kServed});
  EXPECT_NE(caller.Did<HangUp>(), nullptr);
}

TEST(Flow, OverflowDialsOnlyWhatTelephonyAllows) {
  Caller refused = InMainMenu();
  refused.Press('2').Happen(QueueLeft{QueueOutcome::kOverflow});
  EXPECT_EQ(refused.action().action, "may_dial");
  EXPECT_EQ(refused.action().arguments.at("destination"), "8000");
  refused.Answer("refused");
  EXPECT_EQ(refused.Did<Dial>(), nullptr);
  EXPECT_EQ(refused.At(), "goodbye");

  Caller allowed = InMainMenu();
  allowed.Press('2').Happen(QueueLeft{QueueOutcome::kOverflow}).Answer("allowed");
  ASSERT_NE(allowed.Did<Dial>(), nullptr);
  EXPECT_EQ(allowed.Did<Dial>()->ring_limit, 20s);
  allowed.Happen(DialEnded{allowed.Did<Dial>()->dial_id, DialOutcome::kBusy}).Listen();
  EXPECT_NE(allowed.Did<HangUp>(), nullptr);
}

TEST(Flow, NothingHappensAfterTheCallerLeft) {
  Caller caller = InMainMenu();
  caller.Happen(CallerLeft{});
  caller.Press('2');
  EXPECT_TRUE(caller.flow().finished());
  EXPECT_EQ(caller.Did<EnterQueue>(), nullptr);
  EXPECT_FALSE(caller.flow().Deadline().has_value());
}

TEST(Flow, ACallersLanguageOverridesTheGraphs_IVR07) {
  Caller caller("2026-11-23T02:00:00Z", {.language = speech::Language::kEnglish});
  EXPECT_THAT(caller.Listen().Heard(), ElementsAre("This call may be recorded.", "Welcome.",
                                                   "For homes press 1, for an agent press 2, for English press 9."));
}

TEST(Flow, ACallerWhoGoesRoundForEverIsLetGo) {
  Caller caller = InMainMenu();
  int rounds = 0;
  while (!caller.flow().finished() && rounds < 5000) {
    caller.Press('#');
    ++rounds;
  }
  EXPECT_TRUE(caller.flow().finished());
  EXPECT_EQ(caller.Did<HangUp>()->sip_code, 500);
}

}  // namespace
}  // namespace lintel::flow
