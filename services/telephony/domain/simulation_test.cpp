// A seeded day on the floor: agents, callers and nodes do what they like, news is lost and comes late, and after every
// step the invariants hold and nothing has stayed anywhere for longer than it may. Prints how often each state met each
// event; none may be zero. LINTEL_SIMULATION_SEEDS runs more days.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <random>

#include "services/telephony/domain/distributor.h"
#include "services/telephony/domain/invariants.h"

namespace lintel::telephony {
namespace {

using std::chrono_literals::operator""h;
using std::chrono_literals::operator""min;
using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""s;

constexpr int kSteps = 1'000'000;
constexpr int kCallers = 10;
const char* const kAgents[] = {"a1", "a2", "a3", "a4", "a5", "a6"};
const char* const kQueues[] = {"q1", "q2"};

enum class AgentEvent { kSignOn, kSignOff, kSetReady, kSetNotReady, kTalkRestored, kDeadline };
constexpr int kKindsOfAgentEvent = 6;
const char* const kAgentEvents[] = {"sign_on", "sign_off", "set_ready", "set_not_ready", "talk_restored", "deadline"};
enum class CallEvent {
  kQueued,
  kRinging,
  kAnswered,
  kFailed,
  kLegEnded,
  kLeftQueue,
  kEnded,
  kNodeLost,
  kRestored,
  kDeadline
};
const char* const kCallEvents[] = {"queued",     "ringing", "answered",  "failed",   "leg_ended",
                                   "left_queue", "ended",   "node_lost", "restored", "deadline"};
constexpr int kUnknown = kCallStates;  // A call the distributor does not know

struct Counts {
  int64_t agents[kAgentStates][kKindsOfAgentEvent] = {};
  int64_t calls[kCallStates + 1][10] = {};

  void Print() const {
    const char* const states[] = {"waiting", "ringing", "talking", "leaving", "unknown"};
    for (int s = 0; s < kAgentStates; ++s) {
      for (int e = 0; e < kKindsOfAgentEvent; ++e)
        std::printf("agent %-10s %-14s %9ld\n", NameOf(AgentState(s)), kAgentEvents[e], agents[s][e]);
    }
    for (int s = 0; s <= kCallStates; ++s) {
      for (int e = 0; e < 10; ++e) std::printf("call  %-10s %-14s %9ld\n", states[s], kCallEvents[e], calls[s][e]);
    }
  }
  // What cannot meet: nobody offline has a deadline, nor has an unknown call; a node's loss concerns calls it had.
  static bool Impossible(int state, CallEvent event) {
    return state == kUnknown && (event == CallEvent::kDeadline || event == CallEvent::kNodeLost);
  }
  std::string Missing() const {
    for (int s = 0; s < kAgentStates; ++s) {
      for (int e = 0; e < kKindsOfAgentEvent; ++e) {
        const bool impossible = AgentState(s) == AgentState::kOffline && AgentEvent(e) == AgentEvent::kDeadline;
        if (agents[s][e] == 0 && !impossible) return std::string(NameOf(AgentState(s))) + " x " + kAgentEvents[e];
      }
    }
    for (int s = 0; s <= kCallStates; ++s) {
      for (int e = 0; e < 10; ++e) {
        if (calls[s][e] == 0 && !Impossible(s, CallEvent(e))) return std::to_string(s) + " x " + kCallEvents[e];
      }
    }
    return "";
  }
};

class Day {
 public:
  Day(uint64_t seed, Limits limits, Queue queue)
      : random_(seed), distributor_(limits, [this] { return "leg" + std::to_string(++legs_); }) {
    for (const char* id : kQueues) {
      queue.id = id;
      distributor_.Handle(QueueConfigured{queue}, now_);
    }
  }

  // Empty, or what went wrong and at which step.
  std::string Run(int steps) {
    for (int step = 0; step < steps; ++step) {
      Step();
      const auto breaches = FindBreaches(distributor_.floor(), now_);
      if (!breaches.empty()) return "step " + std::to_string(step) + ": " + breaches.front().explanation;
      for (const std::string& wrong : {Stuck(), std::exchange(wrong_, "")})
        if (!wrong.empty()) return "step " + std::to_string(step) + ": " + wrong;
    }
    return "";
  }
  const Counts& counts() const { return counts_; }

 private:
  int Pick(int count) { return int(random_() % uint64_t(count)); }
  const Floor& floor() const { return distributor_.floor(); }

  int StateOf(const std::string& call) const {
    const auto found = floor().calls.find(call);
    return found == floor().calls.end() ? kUnknown : int(found->second.state);
  }
  std::string LegOf(const std::string& call) {
    const auto found = floor().calls.find(call);
    const bool late = Pick(5) == 0;  // News of a leg that is not this one
    return late || found == floor().calls.end() ? "leg" + std::to_string(Pick(legs_ + 1)) : found->second.leg;
  }

  void Step() {
    // Mostly seconds pass, sometimes the night: then every deadline speaks.
    now_ += Pick(2000) == 0 ? Time(9h) : Pick(40) == 0 ? Time(3min) : Time(std::chrono::milliseconds(Pick(900)));
    CountDue();
    distributor_.Handle(Tick{}, now_);
    const int choice = Pick(100);
    if (choice < 34) return StepAgent();
    if (choice == 34) return LoseNode();
    StepCall();
  }

  void StepAgent() {
    const std::string id = kAgents[Pick(std::size(kAgents))];
    const auto found = floor().agents.find(id);
    const int state = found == floor().agents.end() ? 0 : int(found->second.state);
    const int event = Pick(20) == 0 ? 1 : Pick(4) == 0 ? 3 : Pick(3) == 0 ? 0 : 2;
    ++counts_.agents[state][event];
    std::set<std::string> queues{kQueues[Pick(2)]};
    if (Pick(2) == 0) queues.insert(kQueues[Pick(2)]);
    switch (AgentEvent(event)) {
      case AgentEvent::kSignOn:
        return Handle(AgentSignedOn{id, queues, now_ + 12h});
      case AgentEvent::kSignOff:
        return Handle(AgentSignedOff{id});
      case AgentEvent::kSetReady:
        return Handle(AgentSetReady{id});
      default:
        return Handle(AgentSetNotReady{id, "lunch"});
    }
  }

  void StepCall() {
    const std::string id = "c" + std::to_string(Pick(kCallers));
    const int state = StateOf(id);
    constexpr CallEvent kLikely[] = {
        CallEvent::kQueued, CallEvent::kQueued,   CallEvent::kRinging,   CallEvent::kAnswered, CallEvent::kAnswered,
        CallEvent::kFailed, CallEvent::kLegEnded, CallEvent::kLeftQueue, CallEvent::kEnded,    CallEvent::kRestored};
    const CallEvent event = kLikely[Pick(std::size(kLikely))];
    if ((event == CallEvent::kEnded || event == CallEvent::kLeftQueue) && Pick(3) != 0) return;
    ++counts_.calls[state][int(event)];
    const std::string leg = LegOf(id);
    const std::string queue = Pick(50) == 0 ? "nowhere" : kQueues[Pick(2)];
    const std::string node = "node" + std::to_string(Pick(2));
    switch (event) {
      case CallEvent::kQueued:
        return Handle(CallQueued{id, queue, node, "zh-CN", now_});
      case CallEvent::kRinging:
        return Handle(CallRinging{id, leg});
      case CallEvent::kAnswered:
        return Handle(CallAnswered{id, leg});
      case CallEvent::kFailed:
        return Handle(CallFailed{id, leg, Pick(2) == 0 ? 408 : 486});
      case CallEvent::kLegEnded:
        return Handle(AgentLegEnded{id, leg});
      case CallEvent::kLeftQueue:
        return Handle(CallLeftQueue{id});
      case CallEvent::kEnded:
        return Handle(CallEnded{id});
      default:
        return Restore({id, kQueues[Pick(2)], node, "zh-CN", now_ - 10s, Pick(2) == 0 ? kAgents[Pick(6)] : "",
                        "leg" + std::to_string(++legs_)});
    }
  }

  // A node says that an agent talks: then the agent talks, unless signed off, and is not offered another call.
  void Restore(const CallRestored& restored) {
    const bool is_new = StateOf(restored.call) == kUnknown;
    const auto agent = floor().agents.find(restored.talking_to);
    const auto before = agent == floor().agents.end() ? AgentState::kOffline : agent->second.state;
    if (is_new && !restored.talking_to.empty()) ++counts_.agents[int(before)][int(AgentEvent::kTalkRestored)];
    Handle(restored);
    if (!is_new || before == AgentState::kOffline || agent->second.state == AgentState::kTalking) return;
    wrong_ = "agent " + restored.talking_to + " is offered calls during a talk";
  }

  void LoseNode() {
    const std::string node = "node" + std::to_string(Pick(2));
    for (const auto& [id, call] : floor().calls) {
      if (call.node == node) ++counts_.calls[int(call.state)][int(CallEvent::kNodeLost)];
    }
    Handle(NodeLost{node});
  }

  void CountDue() {
    for (const auto& [when, is_call, id] : floor().deadlines) {
      if (when > now_) break;
      is_call ? ++counts_.calls[int(floor().calls.at(id).state)][int(CallEvent::kDeadline)]
              : ++counts_.agents[int(floor().agents.at(id).state)][int(AgentEvent::kDeadline)];
    }
  }

  void Handle(const Event& event) { distributor_.Handle(event, now_); }

  // Independent of the deadlines themselves: nothing rings for minutes or talks for a day.
  std::string Stuck() const {
    for (const auto& [id, call] : floor().calls) {
      const Time most = call.state == CallState::kRinging   ? Time(5min)
                        : call.state == CallState::kLeaving ? Time(1min)
                                                            : Time(5h);
      if (now_ - call.since > most) return "call " + id + " is stuck " + NameOf(call.state);
    }
    for (const auto& [id, agent] : floor().agents) {
      const Time most = agent.state == AgentState::kOffline   ? Time::max()
                        : agent.state == AgentState::kRinging ? Time(5min)
                        : agent.state == AgentState::kWrapUp  ? Time(10min)
                                                              : Time(20h);
      if (now_ - agent.since > most) return "agent " + id + " is stuck " + NameOf(agent.state);
    }
    return "";
  }

  std::mt19937_64 random_;
  int legs_ = 0;
  Time now_ = 1s;
  Distributor distributor_;
  Counts counts_;
  std::string wrong_;
};

TEST(Simulation, AMillionStepsBreakNothingAndMissNoPairOfStateAndEvent) {
  const char* seeds = std::getenv("LINTEL_SIMULATION_SEEDS");
  for (uint64_t seed = 1; seed <= (seeds == nullptr ? 1u : std::stoul(seeds)); ++seed) {
    Day day(seed, {}, {});
    ASSERT_EQ(day.Run(kSteps), "") << "seed " << seed;
    if (seed == 1) day.counts().Print();
    EXPECT_EQ(day.counts().Missing(), "") << "seed " << seed;
  }
}

TEST(Simulation, TheSameSeedTellsTheSameStory) {
  Day one(7, {}, {}), two(7, {}, {});
  one.Run(20'000);
  two.Run(20'000);
  EXPECT_EQ(std::memcmp(&one.counts(), &two.counts(), sizeof(Counts)), 0);
}

// Each deadline matters: a day on which one of them never comes is noticed.
TEST(Simulation, TurnsRedWhenAnyOneDeadlineIsRemoved) {
  constexpr Time kNever = 10'000h;
  const std::pair<const char*, std::pair<Limits, Queue>> removed[] = {
      {"ring", {{}, {.ring_limit = kNever}}},       {"wait", {{}, {.max_wait = kNever}}},
      {"wrap up", {{}, {.wrap_up_limit = kNever}}}, {"talk", {{.talk = kNever}, {}}},
      {"leave", {{.leave = kNever}, {}}},           {"grace", {{.ring_grace = kNever}, {}}},
  };
  for (const auto& [name, day] : removed) EXPECT_NE(Day(1, day.first, day.second).Run(50'000), "") << name;
}

}  // namespace
}  // namespace lintel::telephony
