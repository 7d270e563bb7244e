// Any text is either refused or runs: a graph that Examine accepts is walked with keys and failures taken from the
// input's tail, and no walk may go on without waiting.
#include <cstddef>
#include <cstdint>
#include <string>

#include "telephony/flow/flow.h"
#include "telephony/flow/graph.h"

namespace {

using namespace lintel::flow;  // NOLINT: a fuzz target is one function

Event EventFrom(uint8_t byte, const Commands& commands) {
  for (const Command& command : commands) {
    if (const auto* play = std::get_if<PlayPrompts>(&command); play && byte % 3 != 0) return PromptDone{play->play_id};
    if (const auto* action = std::get_if<RunAction>(&command)) {
      if (byte % 2 == 0) return ActionFailed{action->action_id};
      return ActionAnswered{action->action_id, "found", {}};
    }
    if (const auto* dial = std::get_if<Dial>(&command)) return DialEnded{dial->dial_id, DialOutcome(byte % 5)};
    if (std::get_if<EnterQueue>(&command)) return QueueLeft{QueueOutcome(byte % 3)};
  }
  if (byte % 4 == 0) return Tick{};
  return DigitPressed{"0123456789*#"[byte % 12]};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const size_t end = text.rfind('}');
  const auto graph = ParseGraph(text.substr(0, end == std::string::npos ? size : end + 1));
  if (!graph.ok()) return 0;
  Flow flow(*graph, {});
  Moment now;
  Commands commands = flow.Start(now);
  for (size_t i = end + 1; i < size && !flow.finished(); ++i) {
    now.monotonic += std::chrono::seconds(6);
    commands = flow.Handle(EventFrom(data[i], commands), now);
    if (commands.size() > 1000) __builtin_trap();
  }
  return 0;
}
