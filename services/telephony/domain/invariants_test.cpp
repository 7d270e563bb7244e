#include "services/telephony/domain/invariants.h"

#include <gtest/gtest.h>

namespace lintel::telephony {
namespace {

using std::chrono_literals::operator""h;
using std::chrono_literals::operator""s;

// The checker on floors that no event can make: it explains each, and mends it.
TEST(Invariants, EveryBreachIsExplainedAndMended) {
  const Time now = 100s;
  const auto broken = [&](auto change) {
    Floor floor;
    floor.queues["sales"] = {.id = "sales"};
    floor.agents["ann"] = {.id = "ann",
                           .state = AgentState::kTalking,
                           .queues = {"sales"},
                           .deadline = now + 1h,
                           .session_until = now + 8h,
                           .call = "c1"};
    floor.calls["c1"] = {
        .id = "c1", .queue = "sales", .state = CallState::kTalking, .deadline = now + 1h, .agent = "ann", .leg = "l"};
    for (auto& [id, agent] : floor.agents) Index(floor, agent);
    for (auto& [id, call] : floor.calls) Index(floor, call);
    change(floor);
    const auto breaches = FindBreaches(floor, now);
    Mend(floor, now);
    for (const Breach& left : FindBreaches(floor, now))
      EXPECT_EQ(left.kind, Breach::Kind::kIdleWhileWaiting) << left.explanation;
    return breaches.empty() ? std::string() : breaches.front().explanation;
  };
  EXPECT_EQ(broken([](Floor&) {}), "");
  EXPECT_EQ(broken([](Floor& f) { f.calls.clear(); }), "agent ann is talking with call c1, which is not");
  EXPECT_EQ(broken([](Floor& f) { f.agents.clear(); }), "call c1 is talking with agent ann, who is not");
  EXPECT_EQ(broken([](Floor& f) { f.calls["c1"].state = CallState::kRinging; }),
            "agent ann is talking with call c1, which is not");
  EXPECT_EQ(broken([](Floor& f) { f.agents["ann"].deadline.reset(); }),
            "agent ann (talking) could stay in its state for ever");
  EXPECT_EQ(broken([](Floor& f) { f.calls["c1"].deadline = 99h; }),
            "call c1 (talking) could stay in its state for ever");
  EXPECT_EQ(broken([](Floor& f) { f.waiting["sales"].insert({1s, "c9"}); }), "the waiting list is not who waits");
  EXPECT_EQ(broken([](Floor& f) { f.ready["sales"].insert({1s, "ann"}); }), "the ready list is not who is ready");
  EXPECT_EQ(broken([](Floor& f) { f.deadlines.clear(); }), "a deadline would be missed");
}

}  // namespace
}  // namespace lintel::telephony
