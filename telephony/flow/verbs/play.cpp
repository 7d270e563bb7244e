// play: prompts one after another, then on. A key stops what may be stopped and is kept for the next menu.
#include "telephony/flow/run.h"
#include "telephony/flow/verbs/verbs.h"

namespace lintel::flow {
namespace {

class Play final : public Node {
 public:
  explicit Play(const Json& json) : prompts_(StringsOf(json, "prompts")), next_(TextOf(json, "next")) {}

  void Enter(Run& run) const override { run.Play(prompts_); }
  void OnPromptsOver(Run& run) const override { run.Follow("next", next_); }
  void OnDigit(char digit, Run& run) const override {
    run.KeepTyped(digit);
    run.Follow("next", next_);
  }
  std::vector<Edge> Edges() const override { return {{"next", "next", next_}}; }
  std::vector<std::string> Prompts() const override { return prompts_; }

 private:
  std::vector<std::string> prompts_;
  std::string next_;
};

}  // namespace

NodePointer MakePlay(const Json& json) { return std::make_unique<Play>(json); }

}  // namespace lintel::flow
