// collect: several digits into a variable, ended by the terminator, by the longest length or by a pause (IVR-03).
#include "telephony/flow/verbs/patience.h"

namespace lintel::flow {
namespace {

constexpr int kDefaultBetweenMs = 3000;

class Collect final : public Node {
 public:
  explicit Collect(const Json& json)
      : prompts_(StringsOf(json, "prompts")),
        variable_(TextOf(json, "variable")),
        min_digits_(json.value("minDigits", size_t{1})),
        max_digits_(json.at("maxDigits").get<size_t>()),
        terminator_(TextOf(json, "terminator", "#")[0]),
        between_(json.value("betweenMs", kDefaultBetweenMs)),
        secret_(json.value("secret", false)),
        next_(TextOf(json, "next")),
        patience_(json) {}

  void Enter(Run& run) const override {
    const auto typed = run.NextTyped();
    if (!typed) return run.Play(prompts_);
    OnDigit(*typed, run);
  }
  void OnPromptsOver(Run& run) const override { run.Wait(patience_.timeout()); }
  void OnTimeout(Run& run) const override {
    if (run.Collected().empty()) return patience_.Fail("no_input", prompts_, run);
    Finish(run);
  }
  void OnDigit(char digit, Run& run) const override {
    for (std::optional<char> next = digit; next; next = run.NextTyped()) {
      if (*next == terminator_) return Finish(run);
      if (*next < '0' || *next > '9') return Reject(run);
      run.Collected() += *next;
      if (run.Collected().size() == max_digits_) return Finish(run);
    }
    run.Wait(between_);
  }
  std::vector<Edge> Edges() const override { return {{"next", "next", next_}, patience_.GiveUp()}; }
  std::vector<std::string> Prompts() const override {
    std::vector<std::string> prompts = prompts_;
    patience_.AppendPrompts(prompts);
    return prompts;
  }
  std::vector<std::string> VariablesWritten() const override { return {variable_}; }
  std::vector<Fault> Faults() const override {
    if (min_digits_ <= max_digits_) return {};
    return {{"minDigits", "is more than maxDigits"}};
  }

 private:
  void Finish(Run& run) const {
    const std::string digits = run.Collected();
    if (digits.size() < min_digits_) return Reject(run);
    run.SetVariable(variable_, digits);
    run.Follow("next", next_, secret_ ? "" : digits);
  }
  void Reject(Run& run) const {
    run.Collected().clear();
    patience_.Fail("no_match", prompts_, run);
  }

  std::vector<std::string> prompts_;
  std::string variable_;
  size_t min_digits_;
  size_t max_digits_;
  char terminator_;
  Milliseconds between_;
  bool secret_;
  std::string next_;
  Patience patience_;
};

}  // namespace

NodePointer MakeCollect(const Json& json) { return std::make_unique<Collect>(json); }

}  // namespace lintel::flow
