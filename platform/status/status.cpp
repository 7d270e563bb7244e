#include "platform/status/status.h"

#include "absl/strings/cord.h"

namespace lintel {
namespace {

constexpr char kReasonUrl[] = "lintel/reason";
constexpr char kFieldUrl[] = "lintel/field";
constexpr char kMetadataPrefix[] = "lintel/meta/";

std::string PayloadText(const absl::Status& status, const char* url) {
  const auto payload = status.GetPayload(url);
  return payload ? std::string(*payload) : std::string();
}

}  // namespace

absl::Status WithReason(absl::StatusCode code, const std::string& reason, const std::string& message,
                        Metadata metadata) {
  absl::Status status(code, message);
  status.SetPayload(kReasonUrl, absl::Cord(reason));
  for (const auto& [key, value] : metadata) status.SetPayload(kMetadataPrefix + key, absl::Cord(value));
  return status;
}

absl::Status Refused(const std::string& reason, const std::string& message, Metadata metadata) {
  return WithReason(absl::StatusCode::kFailedPrecondition, reason, message, std::move(metadata));
}

absl::Status InvalidField(const std::string& field, const std::string& message) {
  absl::Status status =
      WithReason(absl::StatusCode::kInvalidArgument, "FIELD_INVALID", message, {{"field", field}, {"rule", message}});
  status.SetPayload(kFieldUrl, absl::Cord(field));
  return status;
}

absl::Status Missing(const std::string& kind, const std::string& id) {
  return WithReason(absl::StatusCode::kNotFound, "RESOURCE_MISSING", kind + " " + id + " does not exist",
                    {{"kind", kind}, {"id", id}});
}

absl::Status StaleEtag(const std::string& kind) {
  return WithReason(absl::StatusCode::kAborted, "STALE_ETAG", kind + " was changed since it was read",
                    {{"kind", kind}});
}

bool MayPass(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kDeadlineExceeded:
    case absl::StatusCode::kAborted:
    case absl::StatusCode::kResourceExhausted:
    case absl::StatusCode::kInternal:
    case absl::StatusCode::kUnknown:
      return true;
    default:
      return false;
  }
}

std::string ReasonOf(const absl::Status& status) { return PayloadText(status, kReasonUrl); }
std::string FieldOf(const absl::Status& status) { return PayloadText(status, kFieldUrl); }

Metadata MetadataOf(const absl::Status& status) {
  Metadata metadata;
  const std::string prefix = kMetadataPrefix;
  status.ForEachPayload([&](absl::string_view url, const absl::Cord& value) {
    if (std::string(url).rfind(prefix, 0) == 0) metadata[std::string(url).substr(prefix.size())] = std::string(value);
  });
  return metadata;
}

}  // namespace lintel
