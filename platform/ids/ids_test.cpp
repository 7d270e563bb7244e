#include "platform/ids/ids.h"

#include <gtest/gtest.h>

#include "platform/ids/resource_name.h"
#include "platform/status/status.h"

namespace lintel {
namespace {

TEST(Ids, IncreaseWithinAProcess) {
  std::string last;
  for (int i = 0; i < 20000; ++i) {
    const std::string id = NewId();
    ASSERT_TRUE(IsId(id)) << id;
    ASSERT_LT(last, id);
    last = id;
  }
}

TEST(Ids, KnowWhatIsNone) {
  EXPECT_FALSE(IsId(""));
  EXPECT_FALSE(IsId("0193A1B2-0000-7000-8000-000000000000"));
  EXPECT_FALSE(IsId("0193a1b2-0000-7000-8000-00000000000'"));
}

TEST(ResourceName, GivesItsIdsBack) {
  const std::string project = NewId();
  const std::string room = NewId();
  const std::string name = JoinName("projects/*/rooms/*", {project, room});
  EXPECT_EQ(*ParseName("room", name, "projects/*/rooms/*"), (std::vector<std::string>{project, room}));
}

TEST(ResourceName, RefusesWhatDoesNotMatchAndNamesTheField) {
  for (const std::string bad : {"", "projects/1", "rooms/x", "projects/../rooms/1", "projects//rooms/"}) {
    EXPECT_EQ(FieldOf(ParseName("room", bad, "projects/*/rooms/*").status()), "room") << bad;
  }
}

}  // namespace
}  // namespace lintel
