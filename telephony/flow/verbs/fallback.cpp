// fallback: what a caller hears while `telephony` is away. Needs nobody's answer: it speaks, tries `retry` again a few
// times, and ends the call.
#include "telephony/flow/run.h"
#include "telephony/flow/verbs/verbs.h"

namespace lintel::flow {
namespace {

constexpr int kDefaultAttempts = 2;

class Fallback final : public Node {
 public:
  explicit Fallback(const Json& json)
      : prompts_(StringsOf(json, "prompts")),
        retry_(TextOf(json, "retry")),
        attempts_(json.value("attempts", kDefaultAttempts)) {}

  void Enter(Run& run) const override { run.Play(prompts_); }
  void OnPromptsOver(Run& run) const override {
    if (retry_.empty() || run.Visits() > attempts_) return run.HangUp();
    run.Follow("retry", retry_);
  }
  void OnDigit(char, Run& run) const override { OnPromptsOver(run); }
  std::vector<Edge> Edges() const override {
    return retry_.empty() ? std::vector<Edge>{} : std::vector<Edge>{{"retry", "retry", retry_}};
  }
  std::vector<std::string> Prompts() const override { return prompts_; }
  bool MayEnd() const override { return true; }

 private:
  std::vector<std::string> prompts_;
  std::string retry_;
  int attempts_;
};

}  // namespace

NodePointer MakeFallback(const Json& json) { return std::make_unique<Fallback>(json); }

}  // namespace lintel::flow
