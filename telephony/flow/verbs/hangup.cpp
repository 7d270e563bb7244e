// hangup: says goodbye and ends the call.
#include "telephony/flow/run.h"
#include "telephony/flow/verbs/verbs.h"

namespace lintel::flow {
namespace {

class Hangup final : public Node {
 public:
  explicit Hangup(const Json& json) { prompts_ = StringsOf(json, "prompts"); }

  void Enter(Run& run) const override {
    if (prompts_.empty()) return run.HangUp();
    run.Play(prompts_);
  }
  void OnPromptsOver(Run& run) const override { run.HangUp(); }
  void OnDigit(char, Run& run) const override { run.HangUp(); }
  std::vector<std::string> Prompts() const override { return prompts_; }
  bool MayEnd() const override { return true; }

 private:
  std::vector<std::string> prompts_;
};

}  // namespace

NodePointer MakeHangup(const Json& json) { return std::make_unique<Hangup>(json); }

}  // namespace lintel::flow
