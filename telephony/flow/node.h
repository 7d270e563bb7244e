// One node of a voice flow: a verb with its fields. Nodes keep no state of a call; that is in Run. Each verb is one
// file under verbs/ with one line in verbs/verbs.cpp.
#pragma once

#include <string>
#include <vector>

#include "telephony/flow/flow.h"

namespace lintel::flow {

struct Edge {
  std::string name;    // As reported in Step: "1", "no_input", "next"
  std::string field;   // Where the graph names it: "keys.1"
  std::string target;  // A node, or one of the words below
};

// A field the schema accepts but the verb cannot use.
struct Fault {
  std::string field;
  std::string message;
};

// Targets that are not nodes. Keys of menus only.
inline constexpr char kBack[] = "@back";      // The menu before this one
inline constexpr char kRepeat[] = "@repeat";  // This menu again

class Node {
 public:
  virtual ~Node() = default;

  // The call arrives here. Must end in a wait (prompts, timer, action, queue, dial), in Follow, or in HangUp.
  virtual void Enter(Run& run) const = 0;

  // What may happen while this node is current. The defaults keep keys for the next node and ignore the rest.
  virtual void OnDigit(char digit, Run& run) const;
  virtual void OnPromptsOver(Run& run) const;
  virtual void OnTimeout(Run& run) const;
  virtual void OnAction(const ActionAnswered& answer, Run& run) const;
  virtual void OnActionFailed(Run& run) const;
  virtual void OnQueueLeft(QueueOutcome outcome, Run& run) const;
  virtual void OnDialEnded(DialOutcome outcome, Run& run) const;

  // For the examination of a graph.
  virtual std::vector<Edge> Edges() const { return {}; }
  virtual std::vector<std::string> Prompts() const { return {}; }
  virtual std::vector<std::string> VariablesRead() const { return {}; }
  virtual std::vector<std::string> VariablesWritten() const { return {}; }
  virtual std::vector<Fault> Faults() const { return {}; }
  virtual bool Waits() const { return true; }       // False: passes on at once; a circle of such nodes is refused
  virtual bool TakesKeys() const { return false; }  // A menu: the graph's common keys lead on from here too
  virtual bool MayEnd() const { return false; }     // The call can end here, by being served or hung up
};

}  // namespace lintel::flow
