// What an author is told: the node at fault, the field and a reason that never changes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "platform/status/status.h"
#include "telephony/flow/graph.h"
#include "telephony/flow/template.h"

namespace lintel::flow {
namespace {

using Json = nlohmann::json;

Json SalesLine() { return Json::parse(std::ifstream("telephony/flow/testdata/sales_line.json")); }

// "reason node field" of the first problem after the change, or "" when there is none.
template <class Change>
std::string After(Change change) {
  Json graph = SalesLine();
  change(graph);
  const auto problems = Examine(graph.dump());
  if (problems.empty()) return "";
  return problems[0].reason + " " + problems[0].node + " " + problems[0].field;
}

TEST(Examine, AcceptsTheSalesLine) {
  EXPECT_EQ(After([](Json&) {}), "");
}

TEST(Examine, NamesTheNodeWhoseEdgeLeadsNowhere) {
  EXPECT_EQ(After([](Json& g) { g["nodes"]["main"]["keys"]["1"] = "lobby"; }), "NODE_MISSING main keys.1");
  EXPECT_EQ(After([](Json& g) { g["entry"] = "lobby"; }), "NODE_MISSING  entry");
  EXPECT_EQ(After([](Json& g) { g["keys"]["0"] = "lobby"; }), "NODE_MISSING  keys.0");
  EXPECT_EQ(After([](Json& g) { g["nodes"]["find_room"]["outcomes"]["found"] = "lobby"; }),
            "NODE_MISSING find_room outcomes.found");
}

TEST(Examine, NamesTheNodeAndFieldOfAWrongShape) {
  EXPECT_EQ(After([](Json& g) { g["nodes"]["main"]["timeoutMs"] = "5s"; }), "GRAPH_MALFORMED main timeoutMs");
  EXPECT_EQ(After([](Json& g) { g["nodes"]["main"]["attempts"] = 99; }), "GRAPH_MALFORMED main attempts");
  EXPECT_EQ(After([](Json& g) { g["nodes"]["main"].erase("giveUp"); }), "GRAPH_MALFORMED main ");
  EXPECT_EQ(After([](Json& g) { g["nodes"]["main"]["verb"] = "shout"; }), "GRAPH_MALFORMED main verb");
  EXPECT_EQ(After([](Json& g) { g["nodes"]["greeting"]["colour"] = "red"; }).substr(0, 24), "GRAPH_MALFORMED greeting");
  EXPECT_EQ(After([](Json& g) { g["prompts"]["bye"]["text"].erase("en"); }).substr(0, 15), "GRAPH_MALFORMED");
  EXPECT_EQ(After([](Json& g) { g.erase("fallback"); }).substr(0, 15), "GRAPH_MALFORMED");
}

TEST(Examine, NamesTheNodeWithAMissingPrompt) {
  EXPECT_EQ(After([](Json& g) { g["nodes"]["main"]["help"] = {"how"}; }), "PROMPT_MISSING main prompts");
}

TEST(Examine, RefusesWhatTheSchemaCannotSay) {
  EXPECT_EQ(After([](Json& g) { g["nodes"]["hours"]["timeZone"] = "Asia/Atlantis"; }),
            "GRAPH_MALFORMED hours timeZone");
  EXPECT_EQ(After([](Json& g) { g["nodes"]["hours"]["weekly"][0]["to"] = "08:00"; }),
            "GRAPH_MALFORMED hours weekly[0]");
  EXPECT_EQ(After([](Json& g) { g["nodes"]["ask_room"]["minDigits"] = 7; }), "GRAPH_MALFORMED ask_room minDigits");
  EXPECT_EQ(After([](Json& g) { g["nodes"]["tell_price"]["text"]["en"] = "{price"; }),
            "GRAPH_MALFORMED tell_price text.en");
  EXPECT_EQ(After([](Json& g) { g["nodes"]["tell_price"]["text"]["en"] = "{price:gold}"; }),
            "GRAPH_MALFORMED tell_price text.en");
}

TEST(Examine, RefusesVariablesThatNothingSets) {
  EXPECT_EQ(After([](Json& g) { g["nodes"]["tell_price"]["text"]["en"] = "{prize:money}"; }),
            "VARIABLE_UNSET tell_price ");
}

TEST(Examine, RefusesNodesThatNothingLeadsTo) {
  EXPECT_EQ(After([](Json& g) {
              g["nodes"]["attic"] = {{"verb", "goto"}, {"next", "main"}};
            }),
            "NODE_UNREACHABLE attic ");
}

TEST(Examine, RefusesACircleThatNeverWaits) {
  EXPECT_EQ(After([](Json& g) {
              g["nodes"]["again"]["next"] = "spin";
              g["nodes"]["spin"] = {{"verb", "goto"}, {"next", "again"}};
            }),
            "ENDLESS again ");
}

TEST(Examine, RefusesDeadEnds_IVR04) {
  EXPECT_EQ(After([](Json& g) {
              g["nodes"]["closed"]["next"] = "closed_again";
              g["nodes"]["closed_again"] = {{"verb", "play"}, {"prompts", {"closed"}}, {"next", "closed"}};
            }),
            "DEAD_END closed ");
}

TEST(Examine, ReportsEveryProblemAtOnce) {
  Json graph = SalesLine();
  graph["nodes"]["main"]["keys"]["1"] = "lobby";
  graph["nodes"]["again"]["next"] = "attic";
  EXPECT_EQ(Examine(graph.dump()).size(), 2u);
}

TEST(ParseGraph, CarriesReasonFieldAndNodeInItsStatus) {
  Json graph = SalesLine();
  graph["nodes"]["main"]["keys"]["1"] = "lobby";
  const absl::Status status = ParseGraph(graph.dump()).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ReasonOf(status), "NODE_MISSING");
  EXPECT_EQ(MetadataOf(status)["node"], "main");
  EXPECT_EQ(MetadataOf(status)["field"], "graph.nodes.main.keys.1");
}

TEST(ParseGraph, RefusesWhatIsNotJsonTooLargeOrTooDeep) {
  EXPECT_EQ(ReasonOf(ParseGraph("").status()), "GRAPH_MALFORMED");
  EXPECT_EQ(ReasonOf(ParseGraph("[1,2").status()), "GRAPH_MALFORMED");
  EXPECT_EQ(ReasonOf(ParseGraph(std::string(kMaxGraphBytes + 1, ' ')).status()), "GRAPH_MALFORMED");
  EXPECT_EQ(ReasonOf(ParseGraph(std::string(100'000, '[')).status()), "GRAPH_MALFORMED");
  EXPECT_EQ(ReasonOf(ParseGraph("{\"nodes\":" + std::string(50'000, '{') + "}").status()), "GRAPH_MALFORMED");
}

TEST(Template, KeepsBracesThatAreDoubled) {
  const auto pieces = ParseTemplate("{{x} {a}");
  ASSERT_TRUE(pieces.ok());
  EXPECT_EQ(FillText(*pieces, [](const std::string&) { return "1"; }), "{x} 1");
  EXPECT_FALSE(ParseTemplate("{}").ok());
}

}  // namespace
}  // namespace lintel::flow
