// Refusals with a reason: what a caller can branch on, and what the reader is told in their language.
// Uses abseil alone, so that domain code needs no protobuf: reason, field and metadata travel as Status payloads, and
// platform/server turns them into google.rpc.ErrorInfo and BadRequest.
#pragma once

#include <initializer_list>
#include <map>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace lintel {

using Metadata = std::map<std::string, std::string>;

// FAILED_PRECONDITION: the thing is in the wrong state. `reason` is UPPER_SNAKE and never changes once published;
// `message` is for logs, readers get the text of the service's reasons.json with {metadata} filled in.
absl::Status Refused(const std::string& reason, const std::string& message, Metadata metadata = {});

// INVALID_ARGUMENT that names the field, in the proto's spelling ("hold_duration", "buyers[1].customer").
absl::Status InvalidField(const std::string& field, const std::string& message);

// NOT_FOUND, reason RESOURCE_MISSING. `kind` is the noun ("room").
absl::Status Missing(const std::string& kind, const std::string& id);

// ABORTED, reason STALE_ETAG: somebody changed it since it was read.
absl::Status StaleEtag(const std::string& kind);

// Any code with a reason: ALREADY_EXISTS, PERMISSION_DENIED, RESOURCE_EXHAUSTED, UNAVAILABLE...
absl::Status WithReason(absl::StatusCode code, const std::string& reason, const std::string& message,
                        Metadata metadata = {});

// Whether the same call may succeed a moment later: something is away, late, overloaded or broken. A refusal stays one.
bool MayPass(const absl::Status& status);

// Empty when the status carries none.
std::string ReasonOf(const absl::Status& status);
std::string FieldOf(const absl::Status& status);
Metadata MetadataOf(const absl::Status& status);

}  // namespace lintel

#define LINTEL_CONCAT_(a, b) a##b
#define LINTEL_CONCAT(a, b) LINTEL_CONCAT_(a, b)

// Returns the status of `expression` from the enclosing function unless it is OK.
#define RETURN_IF_ERROR(expression) \
  if (absl::Status lintel_status = (expression); !lintel_status.ok()) return lintel_status

// `ASSIGN_OR_RETURN(const Room room, FindRoom(id))`: the value, or a return of the status.
#define ASSIGN_OR_RETURN(declaration, expression) \
  ASSIGN_OR_RETURN_IMPL_(LINTEL_CONCAT(lintel_or_, __LINE__), declaration, expression)
#define ASSIGN_OR_RETURN_IMPL_(temporary, declaration, expression) \
  auto temporary = (expression);                                   \
  if (!temporary.ok()) return std::move(temporary).status();       \
  declaration = std::move(temporary).value()
