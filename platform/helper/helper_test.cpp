#include "platform/helper/helper.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <cstdlib>

#include "platform/status/status.h"

namespace lintel {
namespace {

using namespace std::chrono_literals;

class HelperTest : public ::testing::Test {
 protected:
  std::string Ask(const std::string& request) {
    const auto reply = helper_.Call(request, 10s);
    return reply.ok() ? *reply : ReasonOf(reply.status());
  }

  Helper helper_{ProgramBeside("lintel_test_helper")};
};

TEST_F(HelperTest, AnswersManyRequestsWithOneChild) {
  EXPECT_EQ(helper_.pid(), 0);
  EXPECT_EQ(Ask("one"), "echo one");
  const pid_t first = helper_.pid();
  EXPECT_EQ(Ask(std::string(1'000'000, 'y')), "echo " + std::string(1'000'000, 'y'));
  EXPECT_EQ(Ask(""), "echo ");
  EXPECT_EQ(helper_.pid(), first);
}

TEST_F(HelperTest, StartsAFreshChildAfterADeath) {
  EXPECT_EQ(Ask("die"), "HELPER_FAILED");
  EXPECT_EQ(Ask("again"), "echo again");
  kill(helper_.pid(), SIGKILL);
  EXPECT_EQ(Ask("lost"), "HELPER_FAILED");
  EXPECT_EQ(Ask("and again"), "echo and again");
}

TEST_F(HelperTest, KillsAChildThatIsLate) {
  EXPECT_EQ(Ask("first"), "echo first");
  const pid_t child = helper_.pid();
  const auto reply = helper_.Call("hang", 50ms);
  EXPECT_EQ(reply.status().code(), absl::StatusCode::kDeadlineExceeded);
  EXPECT_NE(kill(child, 0), 0);
  EXPECT_EQ(Ask("next"), "echo next");
}

TEST_F(HelperTest, RefusesRequestsAndRepliesBeyondTheirLimit) {
  Helper small(ProgramBeside("lintel_test_helper"), {}, {.request_bytes = 10, .reply_bytes = 1'000'000});
  EXPECT_EQ(ReasonOf(small.Call("eleven chars", 10s).status()), "HELPER_LIMIT");
  EXPECT_EQ(ReasonOf(small.Call("long", 10s).status()), "HELPER_LIMIT");
  EXPECT_TRUE(small.Call("short", 10s).ok());
}

TEST_F(HelperTest, ReplacesTheChildAfterItsNumberOfCalls) {
  Helper helper(ProgramBeside("lintel_test_helper"), {}, {.calls = 2});
  ASSERT_TRUE(helper.Call("1", 10s).ok());
  const pid_t first = helper.pid();
  ASSERT_TRUE(helper.Call("2", 10s).ok());
  EXPECT_EQ(helper.pid(), first);
  ASSERT_TRUE(helper.Call("3", 10s).ok());
  EXPECT_NE(helper.pid(), first);
}

TEST_F(HelperTest, GivesTheChildNeitherFilesNorEnvironment) {
  setenv("LINTEL_TEST_SECRET", "x", 1);
  EXPECT_EQ(Ask("secret"), "unknown");
  EXPECT_EQ(Ask("descriptors"), "3");
}

TEST(Helper, SaysWhichProgramIsMissing) {
  Helper helper("/nonexistent/helper");
  const auto reply = helper.Call("x", 1s);
  EXPECT_EQ(ReasonOf(reply.status()), "HELPER_FAILED");
  EXPECT_NE(reply.status().message().find("/nonexistent/helper"), absl::string_view::npos);
}

}  // namespace
}  // namespace lintel
