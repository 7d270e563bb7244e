// What a node needs of `telephony`. Answers are handed over in the SIP thread, also when they are failures.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>

#include "telephony/media/call/call.h"

namespace lintel::media {

struct ActionQuestion {
  std::string call_id;
  int64_t tenant = 0;
  std::string action;
  std::map<std::string, std::string> arguments;
  std::string language;
  flow::Milliseconds time_limit{2000};
};

class TelephonyPort {
 public:
  virtual ~TelephonyPort() = default;
  // Which flow answers. A number answered before is answered from memory while `telephony` is away.
  virtual void AskRoute(const CallIdentity& call, const std::string& trunk,
                        std::function<void(absl::StatusOr<Route>)> answer) = 0;
  virtual void AskAction(const ActionQuestion& question, std::function<void(absl::StatusOr<ActionReply>)> answer) = 0;
  // Queued, numbered and repeated until `telephony` has taken it.
  virtual void Tell(const std::string& call_id, const Report& report) = 0;
  // Since when no heartbeat has come, once two are missing.
  virtual std::optional<MonotonicTime> AwaySince() const = 0;
};

}  // namespace lintel::media
