// A voice flow as read from JSON: nodes joined by edges, checked against the schema and for what a schema cannot say.
// Immutable once parsed, so one graph serves any number of calls on any number of threads.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "telephony/flow/node.h"
#include "telephony/speech/language.h"

namespace lintel::flow {

// Limits of a graph's text; larger ones are refused before parsing.
inline constexpr size_t kMaxGraphBytes = 256 * 1024;
inline constexpr int kMaxGraphDepth = 12;

struct Prompt {
  std::map<speech::Language, std::string> text;
  std::string recording;  // The name of a recorded prompt, played when there is one; empty: always spoken
  bool barge_in = true;   // A key stops it. Off: it is heard to the end and keys pressed meanwhile do not count.
};

struct Graph {
  speech::Language language = speech::Language::kChinese;  // Until a `set` node changes it
  std::string entry;
  std::string fallback;              // A node with the verb fallback: `telephony` is away
  std::map<char, std::string> keys;  // Keys every menu understands unless it says otherwise
  std::map<std::string, Prompt> prompts;
  std::map<std::string, std::unique_ptr<const Node>> nodes;
};

// What is wrong, for the editor. `node` is empty when the fault is the graph's own.
struct Problem {
  std::string node;
  std::string field;    // "keys.1", "prompts[0]"
  std::string message;  // English, for logs and developers; `reason` is what a reader's text is chosen by
  std::string
      reason;  // GRAPH_MALFORMED, NODE_MISSING, NODE_UNREACHABLE, PROMPT_MISSING, VARIABLE_UNSET, ENDLESS, DEAD_END
  bool operator==(const Problem&) const = default;
};

// Every problem, those of the schema first; nothing further is examined when the schema is broken. Empty: the graph is
// good.
std::vector<Problem> Examine(const std::string& json);

// INVALID_ARGUMENT with the first problem's reason, its field ("nodes.menu.keys.1") and metadata `node`.
absl::StatusOr<std::shared_ptr<const Graph>> ParseGraph(const std::string& json);

}  // namespace lintel::flow
