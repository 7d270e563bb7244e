#include "gateway/text/path_template.h"

#include <gtest/gtest.h>

#include "platform/status/status.h"

namespace lintel::gateway {
namespace {

PathTemplate Template(const std::string& text) { return PathTemplate::Parse(text).value(); }

std::string Bound(const std::string& text, const std::string& path) {
  const PathTemplate made = Template(text);
  const auto segments = SplitPath(path);
  if (!made.Matches(segments)) return "no match";
  const auto bindings = made.Bind(segments);
  if (!bindings.ok()) return "bad " + FieldOf(bindings.status());
  std::string out;
  for (const auto& [field, value] : *bindings) out += field + "=" + value + ";";
  return out;
}

TEST(PathTemplate, BindsVariablesAcrossSegments) {
  EXPECT_EQ(Bound("/v1/{name=projects/*/rooms/*}:hold", "/v1/projects/p/rooms/r"), "name=projects/p/rooms/r;");
  EXPECT_EQ(Bound("/v1/{a.b}/x/{c}", "/v1/1/x/2"), "a.b=1;c=2;");
  EXPECT_EQ(Bound("/v1/{rest=files/**}", "/v1/files/a/b/c"), "rest=files/a/b/c;");
  EXPECT_EQ(Bound("/v1/rooms", "/v1/rooms"), "");
}

TEST(PathTemplate, MatchesWholePathsOnly) {
  EXPECT_EQ(Bound("/v1/{name=projects/*}", "/v1/projects"), "no match");
  EXPECT_EQ(Bound("/v1/{name=projects/*}", "/v1/projects/p/rooms"), "no match");
  EXPECT_EQ(Bound("/v1/{name=projects/*}", "/v1/projects/"), "no match");
  EXPECT_EQ(Bound("/v1/{name=projects/*}", "/v1/project/p"), "no match");
}

TEST(PathTemplate, NamesTheFieldOfABadEncoding) {
  EXPECT_EQ(Bound("/v1/{name=projects/*}", "/v1/projects/%E6%A5%BC"), "name=projects/楼;");
  for (const char* bad : {"%FF", "%00", "%2F", "%2", "a%ZZ"}) {
    EXPECT_EQ(Bound("/v1/{name=projects/*}", std::string("/v1/projects/") + bad), "bad name") << bad;
  }
}

TEST(PathTemplate, KnowsItsVerb) {
  EXPECT_EQ(Template("/v1/{name=holds/*}:extend").verb(), "extend");
  EXPECT_EQ(Template("/v1/sessions/current:refresh").verb(), "refresh");
  EXPECT_EQ(Template("/v1/{name=holds/*}").verb(), "");
}

TEST(PathTemplate, PutsLiteralsBeforeWildcards) {
  EXPECT_TRUE(Template("/v1/operators/me").MoreLiteralThan(Template("/v1/{name=operators/*}")));
  EXPECT_FALSE(Template("/v1/{name=operators/*}").MoreLiteralThan(Template("/v1/operators/me")));
  EXPECT_TRUE(Template("/v1/a/{b}").MoreLiteralThan(Template("/v1/a/{b=**}")));
}

TEST(PathTemplate, NamesParametersForTheDocumentation) {
  std::vector<std::string> names;
  EXPECT_EQ(Template("/v1/{name=projects/*/rooms/*}:hold").OpenApiPath(&names),
            "/v1/projects/{project}/rooms/{room}:hold");
  EXPECT_EQ(names, (std::vector<std::string>{"project", "room"}));
}

TEST(PathTemplate, NamesOneMemberOfACollectionInTheSingular) {
  const auto member = [](const std::string& collection) {
    std::vector<std::string> names;
    Template("/v1/{name=" + collection + "/*}").OpenApiPath(&names);
    return names.at(0);
  };
  const std::pair<const char*, const char*> words[] = {
      {"analyses", "analysis"},    {"policies", "policy"},  {"notices", "notice"},       {"leases", "lease"},
      {"addresses", "address"},    {"indexes", "index"},    {"codeTables", "codeTable"}, {"access", "access"},
      {"voiceFlows", "voiceFlow"}, {"metadata", "metadata"}};
  for (const auto& [many, one] : words) EXPECT_EQ(member(many), one);
}

TEST(PathTemplate, RefusesMalformedTemplates) {
  for (const char* bad :
       {"", "v1", "/", "/v1/", "/v1//a", "/{", "/{a", "/{}", "/{=a}", "/a}", "/{a=b", "/**/a", "/a:", "/{a}b"}) {
    EXPECT_FALSE(PathTemplate::Parse(bad).ok()) << bad;
  }
}

}  // namespace
}  // namespace lintel::gateway
