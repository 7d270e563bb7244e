// set: variables and the caller's language (IVR-07).
#include <map>

#include "telephony/flow/run.h"
#include "telephony/flow/template.h"
#include "telephony/flow/verbs/verbs.h"

namespace lintel::flow {
namespace {

class Set final : public Node {
 public:
  explicit Set(const Json& json) : next_(TextOf(json, "next")) {
    variables_ = MapOf(json, "variables");
    if (json.contains("language")) language_ = speech::FromTag(TextOf(json, "language"));
  }

  void Enter(Run& run) const override {
    for (const auto& [name, text] : variables_) run.SetVariable(name, run.Expand(text));
    if (language_) run.SetLanguage(*language_);
    run.Follow("next", next_);
  }
  std::vector<Edge> Edges() const override { return {{"next", "next", next_}}; }
  std::vector<std::string> VariablesRead() const override {
    std::vector<std::string> names;
    for (const auto& [name, text] : variables_) {
      for (std::string& variable : VariablesOf(text)) names.push_back(std::move(variable));
    }
    return names;
  }
  std::vector<std::string> VariablesWritten() const override {
    std::vector<std::string> names;
    for (const auto& [name, text] : variables_) names.push_back(name);
    return names;
  }
  std::vector<Fault> Faults() const override {
    std::vector<Fault> faults;
    for (const auto& [name, text] : variables_) {
      if (const auto pieces = ParseTemplate(text); !pieces.ok()) {
        faults.push_back({"variables." + name, std::string(pieces.status().message())});
      }
    }
    return faults;
  }
  bool Waits() const override { return false; }

 private:
  std::map<std::string, std::string> variables_;
  std::optional<speech::Language> language_;
  std::string next_;
};

}  // namespace

NodePointer MakeSet(const Json& json) { return std::make_unique<Set>(json); }

}  // namespace lintel::flow
