// How long a menu or a collect waits for a caller who says nothing or presses the wrong key (IVR-06): first its prompts
// again, then help, then somebody who can.
#pragma once

#include <string>
#include <vector>

#include "telephony/flow/run.h"
#include "telephony/flow/verbs/verbs.h"

namespace lintel::flow {

class Patience {
 public:
  explicit Patience(const Json& json);

  // The caller was silent or unclear ("no_input", "no_match"): plays what helps and then `prompts` again, or leaves by
  // giveUp when this was the last attempt.
  void Fail(const std::string& how, const std::vector<std::string>& prompts, Run& run) const;

  Milliseconds timeout() const { return timeout_; }
  Edge GiveUp() const { return {"give_up", "giveUp", give_up_}; }
  void AppendPrompts(std::vector<std::string>& prompts) const;

 private:
  Milliseconds timeout_;
  std::vector<std::string> no_input_;
  std::vector<std::string> no_match_;
  std::vector<std::string> help_;
  int help_after_;
  int attempts_;
  std::string give_up_;
};

}  // namespace lintel::flow
