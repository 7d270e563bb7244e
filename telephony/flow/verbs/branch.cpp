// branch: the first case that fits the variable's value, otherwise `otherwise`.
#include "telephony/flow/run.h"
#include "telephony/flow/verbs/verbs.h"

namespace lintel::flow {
namespace {

struct Case {
  bool prefix = false;
  std::string text;
  std::string next;
  bool Fits(const std::string& value) const { return prefix ? value.starts_with(text) : value == text; }
};

class Branch final : public Node {
 public:
  explicit Branch(const Json& json) : variable_(TextOf(json, "variable")), otherwise_(TextOf(json, "otherwise")) {
    for (const Json& one : json.at("cases")) {
      const bool prefix = one.contains("startsWith");
      cases_.push_back(
          {.prefix = prefix, .text = TextOf(one, prefix ? "startsWith" : "equals"), .next = TextOf(one, "next")});
    }
  }

  void Enter(Run& run) const override {
    const std::string value = run.Variable(variable_);
    for (const Case& one : cases_) {
      if (one.Fits(value)) return run.Follow(one.text, one.next);
    }
    run.Follow("otherwise", otherwise_);
  }
  std::vector<Edge> Edges() const override {
    std::vector<Edge> edges{{"otherwise", "otherwise", otherwise_}};
    for (size_t i = 0; i < cases_.size(); ++i) {
      edges.push_back({cases_[i].text, "cases[" + std::to_string(i) + "].next", cases_[i].next});
    }
    return edges;
  }
  std::vector<std::string> VariablesRead() const override { return {variable_}; }
  bool Waits() const override { return false; }

 private:
  std::string variable_;
  std::vector<Case> cases_;
  std::string otherwise_;
};

}  // namespace

NodePointer MakeBranch(const Json& json) { return std::make_unique<Branch>(json); }

}  // namespace lintel::flow
