// menu: one key leads on (IVR-01, IVR-04). The graph's common keys apply unless this menu gives them another meaning.
#include <map>

#include "telephony/flow/verbs/patience.h"

namespace lintel::flow {
namespace {

class Menu final : public Node {
 public:
  explicit Menu(const Json& json) : prompts_(StringsOf(json, "prompts")), patience_(json) {
    for (const auto& [key, target] : MapOf(json, "keys")) keys_[key[0]] = target;
  }

  void Enter(Run& run) const override {
    if (const auto typed = run.NextTyped()) return OnDigit(*typed, run);
    run.Play(prompts_);
  }
  void OnPromptsOver(Run& run) const override { run.Wait(patience_.timeout()); }
  void OnTimeout(Run& run) const override { patience_.Fail("no_input", prompts_, run); }
  void OnDigit(char digit, Run& run) const override {
    const std::string key(1, digit);
    if (const auto own = keys_.find(digit); own != keys_.end()) return run.Follow(key, own->second, key);
    const auto common = run.graph().keys.find(digit);
    if (common != run.graph().keys.end()) return run.Follow(key, common->second, key);
    patience_.Fail("no_match", prompts_, run);
  }
  std::vector<Edge> Edges() const override {
    std::vector<Edge> edges{patience_.GiveUp()};
    for (const auto& [key, target] : keys_)
      edges.push_back({std::string(1, key), "keys." + std::string(1, key), target});
    return edges;
  }
  std::vector<std::string> Prompts() const override {
    std::vector<std::string> prompts = prompts_;
    patience_.AppendPrompts(prompts);
    return prompts;
  }
  bool TakesKeys() const override { return true; }

 private:
  std::vector<std::string> prompts_;
  std::map<char, std::string> keys_;
  Patience patience_;
};

}  // namespace

NodePointer MakeMenu(const Json& json) { return std::make_unique<Menu>(json); }

}  // namespace lintel::flow
