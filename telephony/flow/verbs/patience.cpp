#include "telephony/flow/verbs/patience.h"

namespace lintel::flow {
namespace {

constexpr int kDefaultTimeoutMs = 5000;
constexpr int kDefaultHelpAfter = 2;
constexpr int kDefaultAttempts = 3;

}  // namespace

Patience::Patience(const Json& json)
    : timeout_(json.value("timeoutMs", kDefaultTimeoutMs)),
      no_input_(StringsOf(json, "noInput")),
      no_match_(StringsOf(json, "noMatch")),
      help_(StringsOf(json, "help")),
      help_after_(json.value("helpAfter", kDefaultHelpAfter)),
      attempts_(json.value("attempts", kDefaultAttempts)),
      give_up_(TextOf(json, "giveUp")) {}

void Patience::Fail(const std::string& how, const std::vector<std::string>& prompts, Run& run) const {
  run.ForgetTyped();
  ++run.Counter(how);
  const int failures = run.Counter("no_input") + run.Counter("no_match");
  if (failures >= attempts_) return run.Follow("give_up", give_up_);
  std::vector<std::string> say = how == "no_input" ? no_input_ : no_match_;
  if (failures >= help_after_) say.insert(say.end(), help_.begin(), help_.end());
  say.insert(say.end(), prompts.begin(), prompts.end());
  run.Note(how);
  run.Play(say);
}

void Patience::AppendPrompts(std::vector<std::string>& prompts) const {
  for (const auto* more : {&no_input_, &no_match_, &help_}) prompts.insert(prompts.end(), more->begin(), more->end());
}

}  // namespace lintel::flow
