#include "platform/server/call.h"

namespace lintel {

std::string Call::Metadata(const std::string& key) const {
  const auto found = parts_->metadata.find(key);
  return found == parts_->metadata.end() ? "" : found->second;
}

Cause Call::CauseAt(Instant now) const {
  return {.tenant = tenant(), .actor = principal().Actor(), .action = method(), .request_id = request_id(), .now = now};
}

CallOptions Call::OnBehalf() const {
  return {.deadline = deadline(),
          .tenant = tenant(),
          .actor = principal().operator_name,
          .session = principal().session,
          .request_id = request_id(),
          .language = language(),
          .traceparent = parts_->traceparent};
}

}  // namespace lintel
