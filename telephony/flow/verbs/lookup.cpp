// lookup: asks `telephony` (a room by its number, the caller's appointments) and leads on by the outcome (IVR-03).
#include <map>

#include "telephony/flow/run.h"
#include "telephony/flow/template.h"
#include "telephony/flow/verbs/verbs.h"

namespace lintel::flow {
namespace {

constexpr int kDefaultTimeLimitMs = 2000;

class LookupNode final : public Node {
 public:
  explicit LookupNode(const Json& json)
      : action_(TextOf(json, "action")),
        time_limit_(json.value("timeLimitMs", kDefaultTimeLimitMs)),
        outcomes_(MapOf(json, "outcomes")),
        failed_(TextOf(json, "failed")) {
    arguments_ = MapOf(json, "arguments");
    values_ = StringsOf(json, "values");
  }

  void Enter(Run& run) const override {
    std::map<std::string, std::string> arguments;
    for (const auto& [name, text] : arguments_) arguments[name] = run.Expand(text);
    run.Act(action_, std::move(arguments), time_limit_);
  }
  void OnAction(const ActionAnswered& answer, Run& run) const override {
    const auto outcome = outcomes_.find(answer.outcome);
    if (outcome == outcomes_.end()) return OnActionFailed(run);
    for (const std::string& name : values_) {
      const auto value = answer.values.find(name);
      run.SetVariable(name, value == answer.values.end() ? "" : value->second);
    }
    run.Follow(outcome->first, outcome->second);
  }
  void OnActionFailed(Run& run) const override {
    if (failed_.empty()) return run.FallBack();
    run.Follow("failed", failed_);
  }
  std::vector<Edge> Edges() const override {
    std::vector<Edge> edges;
    for (const auto& [outcome, target] : outcomes_) edges.push_back({outcome, "outcomes." + outcome, target});
    if (!failed_.empty()) edges.push_back({"failed", "failed", failed_});
    return edges;
  }
  std::vector<std::string> VariablesRead() const override {
    std::vector<std::string> names;
    for (const auto& [name, text] : arguments_) {
      for (std::string& variable : VariablesOf(text)) names.push_back(std::move(variable));
    }
    return names;
  }
  std::vector<std::string> VariablesWritten() const override { return values_; }
  std::vector<Fault> Faults() const override {
    std::vector<Fault> faults;
    for (const auto& [name, text] : arguments_) {
      if (const auto pieces = ParseTemplate(text); !pieces.ok()) {
        faults.push_back({"arguments." + name, std::string(pieces.status().message())});
      }
    }
    return faults;
  }

 private:
  std::string action_;
  std::map<std::string, std::string> arguments_;
  std::vector<std::string> values_;
  Milliseconds time_limit_;
  std::map<std::string, std::string> outcomes_;
  std::string failed_;
};

}  // namespace

NodePointer MakeLookup(const Json& json) { return std::make_unique<LookupNode>(json); }

}  // namespace lintel::flow
