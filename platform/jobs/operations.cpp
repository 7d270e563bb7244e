#include "platform/jobs/operations.h"

#include <google/protobuf/util/json_util.h>

#include <nlohmann/json.hpp>
#include <thread>

#include "platform/ids/ids.h"
#include "platform/status/status.h"
#include "platform/wire/values.h"

namespace lintel {
namespace {

using operations::v1::Operation;

constexpr auto kLook = std::chrono::milliseconds(50);

constexpr char kRead[] = R"sql(
  SELECT kind, state, progress, coalesce(response, ''), error_code, error_reason, error_text, created_time, updated_time
    FROM jobs WHERE id = $1 AND (actor = $2 OR $3))sql";
constexpr char kCancel[] = R"sql(
  UPDATE jobs SET state = 'cancelled', lease_token = NULL, lease_until = NULL, updated_time = $2
   WHERE id = $1 AND state IN ('waiting', 'running'))sql";

// What a failed job stored, as the status it was.
absl::Status StoredError(int code, const std::string& reason, const std::string& text) {
  const nlohmann::json json = nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object()) return absl::Status(static_cast<absl::StatusCode>(code), text);
  const std::string message = json.value("message", "");
  const std::string field = json.value("field", "");
  if (!field.empty()) return InvalidField(field, message);
  if (reason.empty()) return absl::Status(static_cast<absl::StatusCode>(code), message);
  return WithReason(static_cast<absl::StatusCode>(code), reason, message, json.value("metadata", Metadata()));
}

// What a person reads beside the code: each item of the response's `rejected` gets a `message` for its `reason`.
void SayReasons(const Reasons& reasons, const std::string& language, google::protobuf::Struct& response) {
  const auto rejected = response.mutable_fields()->find("rejected");
  if (rejected == response.mutable_fields()->end()) return;
  for (google::protobuf::Value& item : *rejected->second.mutable_list_value()->mutable_values()) {
    auto& fields = *item.mutable_struct_value()->mutable_fields();
    const auto reason = fields.find("reason");
    if (reason == fields.end() || !reasons.Knows(reason->second.string_value())) continue;
    const std::string message = reasons.Text(Refused(reason->second.string_value(), ""), language);
    fields["message"].set_string_value(message);
  }
}

}  // namespace

void Operations::Serve(Server& server) {
  server.Handle("lintel.operations.v1.OperationsService/GetOperation", this, &Operations::GetOperation);
  server.Handle("lintel.operations.v1.OperationsService/CancelOperation", this, &Operations::CancelOperation);
}

absl::StatusOr<std::string> Operations::JobIdOf(const std::string& name) const {
  const std::string prefix = NameOf("");
  const std::string id = name.rfind(prefix, 0) == 0 ? name.substr(prefix.size()) : "";
  if (!IsId(id)) return Missing("operation", name);
  return id;
}

absl::StatusOr<Operation> Operations::Read(pg::Transaction& tx, const Call& call, const std::string& job_id) {
  const pqxx::result rows = tx.Query(kRead, job_id, call.principal().Actor(), call.principal().is_service());
  if (rows.empty()) return Missing("operation", NameOf(job_id));
  const pqxx::row row = rows[0];
  const std::string state = row[1].as<std::string>();
  Operation operation;
  operation.set_name(NameOf(job_id));
  operation.set_kind(row[0].as<std::string>());
  operation.set_done(state != "waiting" && state != "running");
  operation.set_progress_percent(row[2].as<int>());
  *operation.mutable_create_time() = ToProto(pg::ToInstant(row[7]));
  *operation.mutable_update_time() = ToProto(pg::ToInstant(row[8]));
  if (state == "done") {
    const std::string response = row[3].as<std::string>();
    const auto parsed =
        google::protobuf::util::JsonStringToMessage(response.empty() ? "{}" : response, operation.mutable_response());
    if (!parsed.ok()) return absl::InternalError("a job's response is no JSON object");
    SayReasons(reasons_, call.language(), *operation.mutable_response());
  } else if (operation.done()) {
    const absl::Status error = state == "cancelled"
                                   ? absl::CancelledError("cancelled")
                                   : StoredError(row[4].as<int>(), row[5].as<std::string>(), row[6].as<std::string>());
    operation.mutable_error()->set_code(static_cast<int>(error.code()));
    operation.mutable_error()->set_reason(ReasonOf(error));
    operation.mutable_error()->set_message(reasons_.Text(error, call.language()));
  }
  return operation;
}

absl::StatusOr<Operation> Operations::Load(const Call& call, const std::string& job_id) {
  return commands_.database().Run<Operation>(call.ReadOnly(),
                                             [&](pg::Transaction& tx) { return Read(tx, call, job_id); });
}

absl::StatusOr<Operation> Operations::Await(const Call& call, const std::string& job_id,
                                            std::chrono::milliseconds patience) {
  const auto until =
      std::min(call.deadline() - std::chrono::milliseconds(200), std::chrono::steady_clock::now() + patience);
  for (;;) {
    ASSIGN_OR_RETURN(Operation operation, Load(call, job_id));
    if (operation.done() || call.cancelled() || std::chrono::steady_clock::now() + kLook > until) return operation;
    std::this_thread::sleep_for(kLook);
  }
}

absl::StatusOr<Operation> Operations::GetOperation(const Call& call,
                                                   const operations::v1::GetOperationRequest& request) {
  ASSIGN_OR_RETURN(const std::string id, JobIdOf(request.name()));
  return Load(call, id);
}

absl::StatusOr<Operation> Operations::CancelOperation(const Call& call,
                                                      const operations::v1::CancelOperationRequest& request) {
  ASSIGN_OR_RETURN(const std::string id, JobIdOf(request.name()));
  return commands_.Run<Operation>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<Operation> {
    RETURN_IF_ERROR(Read(tx, call, id).status());
    tx.Query(kCancel, id, commands_.Now());
    return Read(tx, call, id);
  });
}

}  // namespace lintel
