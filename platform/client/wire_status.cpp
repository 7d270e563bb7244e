#include "platform/client/wire_status.h"

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "platform/i18n/rules.h"
#include "platform/status/status.h"

namespace lintel {
namespace {

constexpr char kDomain[] = "lintel";

// What stands for a status that carries no reason of its own.
std::string ReasonOfCode(absl::StatusCode code) { return "CODE_" + std::string(absl::StatusCodeToString(code)); }

}  // namespace

grpc::Status ToGrpc(const absl::Status& status, const std::string& localized, const std::string& language) {
  // abseil's and gRPC's codes share their numbers (both are google.rpc.Code).
  const auto code = static_cast<grpc::StatusCode>(static_cast<int>(status.code()));
  google::rpc::Status details;
  details.set_code(static_cast<int>(status.code()));
  details.set_message(localized);
  google::rpc::ErrorInfo info;
  const std::string reason = ReasonOf(status);
  info.set_reason(reason.empty() ? ReasonOfCode(status.code()) : reason);
  info.set_domain(kDomain);
  for (const auto& [key, value] : MetadataOf(status)) (*info.mutable_metadata())[key] = value;
  details.add_details()->PackFrom(info);
  if (const std::string field = FieldOf(status); !field.empty()) {
    google::rpc::BadRequest bad;
    auto* violation = bad.add_field_violations();
    violation->set_field(field);
    violation->set_description(RuleText(std::string(status.message()), language == "en" ? "en" : "zh"));
    details.add_details()->PackFrom(bad);
  }
  google::rpc::LocalizedMessage message;
  message.set_locale(language == "en" ? "en" : "zh-CN");
  message.set_message(localized);
  details.add_details()->PackFrom(message);
  return grpc::Status(code, localized, details.SerializeAsString());
}

absl::Status FromGrpc(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  const auto code = static_cast<absl::StatusCode>(static_cast<int>(status.error_code()));
  google::rpc::Status details;
  if (status.error_details().empty() || !details.ParseFromString(status.error_details())) {
    return absl::Status(code, status.error_message());
  }
  std::string reason;
  std::string field;
  std::string description = status.error_message();
  Metadata metadata;
  for (const auto& detail : details.details()) {
    google::rpc::ErrorInfo info;
    google::rpc::BadRequest bad;
    if (detail.UnpackTo(&info)) {
      reason = info.reason();
      metadata = {info.metadata().begin(), info.metadata().end()};
    } else if (detail.UnpackTo(&bad) && bad.field_violations_size() > 0) {
      field = bad.field_violations(0).field();
      description = bad.field_violations(0).description();
    }
  }
  if (reason == "FIELD_INVALID" && !field.empty()) {
    const auto rule = metadata.find("rule");  // As it was written; the description is in the first reader's language.
    return InvalidField(field, rule == metadata.end() ? description : rule->second);
  }
  if (reason == ReasonOfCode(code)) return absl::Status(code, status.error_message());
  return WithReason(code, reason, status.error_message(), metadata);
}

}  // namespace lintel
