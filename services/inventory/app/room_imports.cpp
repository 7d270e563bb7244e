#include "services/inventory/app/room_imports.h"

#include <google/protobuf/util/json_util.h>

#include "google/api/httpbody.pb.h"
#include "lintel/identity/v1/identity.pb.h"
#include "platform/ids/ids.h"
#include "platform/ids/resource_name.h"
#include "platform/status/status.h"

namespace lintel::inventory {
namespace {

constexpr char kJob[] = "rooms.import";
constexpr size_t kMostContent = 2u << 20;
constexpr size_t kMostFile = 20u << 20;
constexpr auto kPatience = std::chrono::seconds(30);

std::string ToJson(const google::protobuf::Struct& response) {
  std::string json;
  google::protobuf::util::MessageToJsonString(response, &json).ok();
  return json;
}

absl::StatusOr<ImportOrder> ToOrder(const v1::ImportRoomsRequest& request) {
  ASSIGN_OR_RETURN(const std::string project_id, ParseId("parent", request.parent(), kProjectPattern));
  ASSIGN_OR_RETURN(const Rounding rounding, ToRounding(request.rounding()));
  return ImportOrder{.project_id = project_id,
                     .filename = request.filename(),
                     .content = request.content(),
                     .rounding = rounding,
                     .dry_run = request.dry_run(),
                     .locked = request.locked()};
}

}  // namespace

RoomImports::RoomImports(Commands& commands, Operations& operations, JobRunner& runner, Channel& identity,
                         SheetOptions options)
    : commands_(commands), operations_(operations), runner_(runner), identity_(identity), options_(std::move(options)) {
  runner.Handle(kJob, [this](JobRun& run) { return Run(run); });
}

absl::StatusOr<ImportOrder> RoomImports::Fetch(const Call& call, const v1::ImportRoomsRequest& request) {
  ASSIGN_OR_RETURN(ImportOrder order, ToOrder(request));
  if (request.file().empty() == order.content.empty()) return InvalidField("content", "or file is needed, not both");
  if (order.content.size() > kMostContent)
    return InvalidField("content", "must be at most 2 MB; upload larger ones as a file");
  if (order.filename.size() > 200) return InvalidField("filename", "must be at most 200 bytes");
  if (request.file().empty()) return order;

  RETURN_IF_ERROR(ParseId("file", request.file(), "files/*").status());
  identity::v1::TakeFilesRequest take;
  take.add_names(request.file());
  RETURN_IF_ERROR(
      identity_
          .Call<identity::v1::TakeFilesResponse>("lintel.identity.v1.IdentityService/TakeFiles", take, call.OnBehalf())
          .status());
  identity::v1::ReadFileRequest read;
  read.set_name(request.file());
  const absl::Status ended = identity_.Stream<google::api::HttpBody>(
      "lintel.identity.v1.IdentityService/ReadFile", read, call.OnBehalf(), [&](const google::api::HttpBody& chunk) {
        order.content += chunk.data();
        return order.content.size() <= kMostFile;
      });
  RETURN_IF_ERROR(ended);
  if (order.content.size() > kMostFile) return InvalidField("file", "must be at most 20 MB");
  return order;
}

absl::StatusOr<operations::v1::Operation> RoomImports::Import(const Call& call, const v1::ImportRoomsRequest& request) {
  ASSIGN_OR_RETURN(ImportOrder order, Fetch(call, request));
  using Operation = operations::v1::Operation;
  const absl::StatusOr<Operation> started =
      commands_.Run<Operation>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<Operation> {
        RETURN_IF_ERROR(ProjectStore(tx, call.scope()).Find(order.project_id).status());
        v1::ImportRoomsRequest stored = request;
        stored.set_content(order.content);
        const std::string id = Jobs(tx, commands_.Now())
                                   .Schedule({.tenant = call.tenant(),
                                              .kind = kJob,
                                              .key = NewId(),
                                              .run_at = commands_.Now(),
                                              .payload = stored.SerializeAsString(),
                                              .actor = call.principal().Actor()});
        Operation operation;
        operation.set_name(operations_.NameOf(id));
        operation.set_kind(kJob);
        return operation;
      });
  if (!started.ok()) return started;
  runner_.Wake();
  const std::string id = started->name().substr(operations_.NameOf("").size());
  return request.wait() ? operations_.Await(call, id, kPatience) : operations_.Load(call, id);
}

absl::Status RoomImports::Run(JobRun& run) {
  v1::ImportRoomsRequest request;
  if (!request.ParseFromString(run.job().payload)) return absl::InvalidArgumentError("the job's payload is damaged");
  ASSIGN_OR_RETURN(const ImportOrder order, ToOrder(request));
  ASSIGN_OR_RETURN(const RoomSheet sheet, ReadOrder(order, options_));
  RETURN_IF_ERROR(run.Advance(40, [](pg::Transaction&) { return absl::OkStatus(); }));
  const Scope scope{.reach = Scope::Reach::kTenant, .tenant = run.job().tenant, .all_projects = true};
  return run.Complete([&](pg::Transaction& tx) -> absl::StatusOr<std::string> {
    ASSIGN_OR_RETURN(const ImportOutcome outcome, ApplySheet(tx, run.CauseNow(), scope, order, sheet));
    return ToJson(ToResponse(outcome));
  });
}

}  // namespace lintel::inventory
