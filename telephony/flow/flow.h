// Runs one call through a voice flow. Pure: events and the time in, commands out; no clock, socket or thread of its
// own. The executor (telephony/media) carries out the commands in order and reports what happened; it also calls
// Handle(Tick{}) once `Deadline()` has passed. Not thread safe: one call, one owner.
//
//   Flow flow(graph, facts);
//   Execute(flow.Start(now));
//   ... Execute(flow.Handle(DigitPressed{'2'}, now));
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "platform/clock/clock.h"
#include "telephony/speech/language.h"
#include "telephony/speech/spoken.h"

namespace lintel::flow {

struct Graph;  // graph.h: ParseGraph(json)

using Milliseconds = std::chrono::milliseconds;
using MonotonicTime = std::chrono::time_point<std::chrono::steady_clock, std::chrono::microseconds>;

// Waits run on `monotonic`; opening hours are judged by `wall`.
struct Moment {
  MonotonicTime monotonic;
  Instant wall;
};

// ---- In: what happened. An event whose id is not the current one is late news and is ignored. ----
struct DigitPressed {
  char digit = 0;
};  // 0-9 * # A-D, reported once per key
struct PromptDone {
  int64_t play_id = 0;
};                       // Played to the end. Not sent for a stopped one.
struct Tick {};          // Deadline() has passed
struct ActionAnswered {  // RunAction's reply
  int64_t action_id = 0;
  std::string outcome;
  std::map<std::string, std::string> values;  // Become variables
};
struct ActionFailed {
  int64_t action_id = 0;
};  // `telephony` did not answer in time
enum class QueueOutcome {
  kServed,       // An agent took the call and hung up; the caller is still there
  kOverflow,     // `telephony` sent LeaveQueue
  kUnavailable,  // No owner of the exchange for 2 s
};
struct QueueLeft {
  QueueOutcome outcome = QueueOutcome::kServed;
};
enum class DialOutcome { kAnswered, kBusy, kNoAnswer, kRefused, kFailed };
struct DialEnded {  // kAnswered: the bridge is over, the caller still there
  int64_t dial_id = 0;
  DialOutcome outcome = DialOutcome::kFailed;
};
struct CallerLeft {};  // The flow is over; Handle answers no commands
using Event =
    std::variant<DigitPressed, PromptDone, Tick, ActionAnswered, ActionFailed, QueueLeft, DialEnded, CallerLeft>;

// ---- Out: what to do, in order. ----
struct PlayPrompts {  // Answer with PromptDone{play_id} at the end
  int64_t play_id = 0;
  speech::Language language = speech::Language::kChinese;
  speech::Spoken parts;
};
struct StopPrompts {
  int64_t play_id = 0;
};                  // Within 200 ms (IVR-05)
struct RunAction {  // RunAction of CallControl; answer or ActionFailed
  int64_t action_id = 0;
  std::string action;
  std::map<std::string, std::string> arguments;
  Milliseconds time_limit{2000};
};
struct EnterQueue {   // Report QueueEntered and play music until told otherwise
  std::string queue;  // queues/{q}
  std::string music;  // A prompt's name; empty: the node's own tone
};
struct LeaveQueue {
  std::string reason;
};             // "digit": the caller chose something else
struct Dial {  // Ring `destination`, bridge when it answers
  int64_t dial_id = 0;
  std::string destination;  // What may_dial answered as sip_uri, else as the graph says
  Milliseconds ring_limit{30000};
};
struct HangUp {
  int sip_code = 0;
};             // 0: BYE after an answered call. The flow is over.
struct Step {  // Report as FlowStep: which way the call went
  std::string node;
  std::string edge;    // "1", "no_input", "found", "next", ...
  std::string digits;  // Keys that led here; empty for nodes marked `secret`
};
using Command = std::variant<PlayPrompts, StopPrompts, RunAction, EnterQueue, LeaveQueue, Dial, HangUp, Step>;
using Commands = std::vector<Command>;

// What is known when the call arrives; readable in the flow as variables of the same names.
struct CallFacts {
  std::string caller_number;  // Empty: withheld
  std::string called_number;
  std::optional<speech::Language> language;  // Overrides the graph's
};

class Run;  // run.h: the state and the steps verbs take

class Flow {
 public:
  Flow(std::shared_ptr<const Graph> graph, CallFacts facts);
  Flow(Flow&&) noexcept;
  Flow& operator=(Flow&&) noexcept;
  ~Flow();

  // Enters the first node. Call once.
  Commands Start(Moment now);

  // Events after the end answer no commands.
  Commands Handle(const Event& event, Moment now);

  // When Handle(Tick{}) is due; empty while nothing is awaited but an event. Every wait for a person has a deadline;
  // a prompt's end and a queue's are the executor's and `telephony`'s to bound.
  std::optional<MonotonicTime> Deadline() const;

  bool finished() const;
  speech::Language language() const;
  const std::string& current_node() const;

 private:
  std::unique_ptr<Run> run_;
};

}  // namespace lintel::flow
