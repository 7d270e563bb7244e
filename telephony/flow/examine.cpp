#include "telephony/flow/examine.h"

#include <functional>
#include <set>

namespace lintel::flow {
namespace {

using Names = std::set<std::string>;

class Examiner {
 public:
  explicit Examiner(const Graph& graph) : graph_(graph) {}

  std::vector<Problem> Run() {
    CheckFields();
    CheckTargets();
    if (!problems_.empty()) return std::move(problems_);
    CheckVariables();
    CheckReach();
    CheckCircles();
    CheckEnds();
    return std::move(problems_);
  }

 private:
  void Add(const std::string& node, const std::string& field, const std::string& reason, const std::string& message) {
    problems_.push_back({.node = node, .field = field, .message = message, .reason = reason});
  }

  // A node's edges and, for a menu, those of the common keys.
  std::vector<Edge> EdgesOf(const std::string& name) const {
    const Node& node = *graph_.nodes.at(name);
    std::vector<Edge> edges = node.Edges();
    if (node.TakesKeys()) {
      for (const auto& [key, target] : graph_.keys) edges.push_back({std::string(1, key), "keys", target});
    }
    std::erase_if(edges, [](const Edge& edge) { return edge.target == kBack || edge.target == kRepeat; });
    return edges;
  }

  void CheckFields() {
    for (const auto& [name, node] : graph_.nodes) {
      for (const Fault& fault : node->Faults()) Add(name, fault.field, "GRAPH_MALFORMED", fault.message);
      for (const std::string& prompt : node->Prompts()) {
        if (!graph_.prompts.contains(prompt)) Add(name, "prompts", "PROMPT_MISSING", "there is no prompt " + prompt);
      }
    }
  }

  void CheckTargets() {
    const auto missing = [this](const std::string& target) {
      return target != kBack && target != kRepeat && !graph_.nodes.contains(target);
    };
    if (missing(graph_.entry)) Add("", "entry", "NODE_MISSING", "there is no node " + graph_.entry);
    if (missing(graph_.fallback)) Add("", "fallback", "NODE_MISSING", "there is no node " + graph_.fallback);
    for (const auto& [key, target] : graph_.keys) {
      if (missing(target)) Add("", std::string("keys.") + key, "NODE_MISSING", "there is no node " + target);
    }
    for (const auto& [name, node] : graph_.nodes) {
      for (const Edge& edge : node->Edges()) {
        if (missing(edge.target)) Add(name, edge.field, "NODE_MISSING", "there is no node " + edge.target);
      }
    }
  }

  void CheckVariables() {
    Names written = {"caller_number", "called_number", "language"};
    for (const auto& [name, node] : graph_.nodes) {
      for (const std::string& variable : node->VariablesWritten()) written.insert(variable);
    }
    for (const auto& [name, node] : graph_.nodes) {
      for (const std::string& variable : node->VariablesRead()) {
        if (!written.contains(variable)) Add(name, "", "VARIABLE_UNSET", "nothing sets the variable " + variable);
      }
    }
  }

  Names Reachable() const {
    Names seen;
    std::vector<std::string> open = {graph_.entry, graph_.fallback};
    while (!open.empty()) {
      const std::string name = open.back();
      open.pop_back();
      if (!seen.insert(name).second) continue;
      for (const Edge& edge : EdgesOf(name)) open.push_back(edge.target);
    }
    return seen;
  }

  void CheckReach() {
    const Names seen = Reachable();
    for (const auto& [name, node] : graph_.nodes) {
      if (!seen.contains(name)) Add(name, "", "NODE_UNREACHABLE", "no edge leads here");
    }
  }

  // Nodes that pass on at once must not lead back to themselves without one that waits between. A node is removed once
  // all it leads to waits or is removed; what is left turns for ever.
  void CheckCircles() {
    Names instant;
    for (const auto& [name, node] : graph_.nodes) {
      if (!node->Waits()) instant.insert(name);
    }
    for (bool removed = true; removed;) {
      removed = std::erase_if(instant, [&](const std::string& name) {
                  for (const Edge& edge : EdgesOf(name)) {
                    if (instant.contains(edge.target)) return false;
                  }
                  return true;
                }) > 0;
    }
    for (const std::string& name : instant)
      Add(name, "", "ENDLESS", "leads back to itself without waiting for anything");
  }

  void CheckEnds() {
    Names ending;
    for (const auto& [name, node] : graph_.nodes) {
      if (node->MayEnd()) ending.insert(name);
    }
    for (bool added = true; added;) {
      added = false;
      for (const auto& [name, node] : graph_.nodes) {
        if (ending.contains(name)) continue;
        for (const Edge& edge : EdgesOf(name))
          added = added || (ending.contains(edge.target) && ending.insert(name).second);
      }
    }
    for (const auto& [name, node] : graph_.nodes) {
      if (!ending.contains(name)) Add(name, "", "DEAD_END", "no way from here ends the call or reaches an agent");
    }
  }

  const Graph& graph_;
  std::vector<Problem> problems_;
};

}  // namespace

std::vector<Problem> CheckMeaning(const Graph& graph) { return Examiner(graph).Run(); }

}  // namespace lintel::flow
