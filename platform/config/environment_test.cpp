#include "platform/config/environment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace lintel {
namespace {

using ::testing::HasSubstr;

TEST(Environment, NamesEveryBadVariableAtOnce) {
  Environment environment({{"A_PORT", "70000"}, {"A_FLAG", "maybe"}});
  EXPECT_EQ(environment.Require("A_HOME"), "");
  EXPECT_EQ(environment.GetInt("A_PORT", 1, 1, 65535), 1);
  EXPECT_FALSE(environment.GetBool("A_FLAG", false));
  const std::string message(environment.Check().message());
  EXPECT_THAT(message, HasSubstr("A_HOME is not set"));
  EXPECT_THAT(message, HasSubstr("A_PORT must be a whole number from 1 to 65535"));
  EXPECT_THAT(message, HasSubstr("A_FLAG"));
}

TEST(Environment, TakesDefaultsForWhatIsAbsent) {
  Environment environment(std::map<std::string, std::string>{});
  EXPECT_EQ(environment.GetInt("A_PORT", 8080, 1, 65535), 8080);
  EXPECT_EQ(environment.Get("A_NAME", "x"), "x");
  EXPECT_TRUE(environment.Check().ok());
}

}  // namespace
}  // namespace lintel
