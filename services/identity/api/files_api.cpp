#include "services/identity/api/files_api.h"

#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "platform/ids/resource_name.h"
#include "platform/status/status.h"
#include "services/identity/api/convert.h"
#include "services/identity/domain/sniff.h"

namespace lintel::identity {
namespace {

using lintel::ToProto;  // Beside this file's own.

constexpr int kMostTaken = 100;

v1::File ToProto(const File& file) {
  v1::File to;
  to.set_name("files/" + file.blob.id);
  to.set_filename(file.filename);
  to.set_size_bytes(file.blob.size_bytes);
  to.set_sha256_hex(file.blob.sha256);
  to.set_content_type(file.content_type);
  to.set_scan_state(file.scan_state == "clean"      ? v1::CLEAN
                    : file.scan_state == "infected" ? v1::INFECTED
                                                    : v1::NO_SCANNER);
  to.set_operator_("operators/" + file.operator_id);
  *to.mutable_create_time() = ToProto(file.created_time);
  if (file.taken_by.empty()) *to.mutable_expire_time() = ToProto(file.expire_time);
  return to;
}

// "%E6%88%BF.csv" to bytes; anything malformed is left as it is.
std::string PercentDecoded(const std::string& text) {
  const auto digit = [](char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
  };
  std::string bytes;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && digit(text[i + 1]) >= 0 && digit(text[i + 2]) >= 0) {
      bytes += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
      i += 2;
    } else {
      bytes += text[i];
    }
  }
  return bytes;
}

absl::Status Infected() { return Refused("FILE_INFECTED", "the scanner found something"); }

// Whether as much came as was announced; of a body in chunks nothing is.
bool IsWhole(const Call& call, int64_t size_bytes) {
  const std::string announced = call.Metadata("x-lintel-content-length");
  return announced.empty() || announced == std::to_string(size_bytes);
}

absl::StatusOr<v1::File> Take(FileStore files, const Principal& taker, const std::string& id) {
  ASSIGN_OR_RETURN(File file, files.FindForUpdate(id));
  const std::string& actor = taker.operator_name;
  if (!actor.empty() && actor != "operators/" + file.operator_id) return Missing("file", id);
  if (file.scan_state == "infected") return Infected();
  files.MarkTaken(id, taker.service);
  file.taken_by.push_back(taker.service);
  return ToProto(file);
}

}  // namespace

void FilesApi::Register(Server& server) {
  server.HandleUpload("lintel.identity.v1.FilesService/UploadFile", this, &FilesApi::UploadFile);
  server.Handle("lintel.identity.v1.FilesService/GetFile", this, &FilesApi::GetFile);
  server.Handle("lintel.identity.v1.IdentityService/TakeFiles", this, &FilesApi::TakeFiles);
  server.HandleStream("lintel.identity.v1.IdentityService/ReadFile", this, &FilesApi::ReadFile);
}

absl::StatusOr<v1::File> FilesApi::UploadFile(const Call& call, rpc::Reader<google::api::HttpBody>& chunks) {
  ASSIGN_OR_RETURN(const std::string own, OwnId(call));
  std::string first_bytes;
  ASSIGN_OR_RETURN(const BlobInfo blob, blobs_.Put(call.tenant(), largest_bytes_, [&](std::string& piece) {
    google::api::HttpBody chunk;
    if (!chunks.Read(chunk)) return false;
    piece = std::move(*chunk.mutable_data());
    if (first_bytes.size() < kSniffBytes) first_bytes.append(piece, 0, kSniffBytes - first_bytes.size());
    return true;
  }));
  if (call.cancelled() || !IsWhole(call, blob.size_bytes)) {
    blobs_.Remove(blob.id);
    return absl::CancelledError("the upload was broken off");
  }
  if (blob.size_bytes == 0) {
    blobs_.Remove(blob.id);
    return WithReason(absl::StatusCode::kInvalidArgument, "FILE_EMPTY", "the file is empty");
  }
  const auto scanned = Scan(call.tenant(), blob);
  if (!scanned.ok() || *scanned == ScanResult::kInfected) {
    blobs_.Remove(blob.id);
    return scanned.ok() ? Infected() : scanned.status();
  }
  const File file{.blob = blob,
                  .tenant = call.tenant(),
                  .operator_id = own,
                  .filename = SafeFilename(PercentDecoded(call.Metadata("x-lintel-filename"))),
                  .content_type = SniffType(first_bytes),
                  .scan_state = *scanned == ScanResult::kClean ? "clean" : "none",
                  .taken_by = {},
                  .created_time = clock_(),
                  .expire_time = clock_() + kUnusedFor};
  const absl::Status kept = app_.Execute(call.Transaction(), [&](pg::Transaction& tx) {
    FileStore(tx).Insert(file);
    Outbox(tx, call.CauseAt(clock_())).Record("files/" + blob.id, {.before = "", .after = AuditJson(ToProto(file))});
    return absl::OkStatus();
  });
  if (kept.ok()) return ToProto(file);
  // In doubt the row may be there, and the bytes must stay for it.
  if (ReasonOf(kept) != "COMMIT_IN_DOUBT") blobs_.Remove(blob.id);
  return kept;
}

absl::StatusOr<ScanResult> FilesApi::Scan(int64_t tenant, const BlobInfo& blob) const {
  return scanner_.Scan(
      [&](const std::function<bool(const std::string&)>& sink) { return blobs_.Get(tenant, blob, 0, -1, sink); });
}

absl::StatusOr<v1::File> FilesApi::GetFile(const Call& call, const v1::GetFileRequest& request) {
  ASSIGN_OR_RETURN(const std::string own, OwnId(call));
  ASSIGN_OR_RETURN(const std::string id, ParseId("name", request.name(), "files/*"));
  return app_.Run<v1::File>(call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<v1::File> {
    ASSIGN_OR_RETURN(const File file, FileStore(tx).Find(id));
    if (file.operator_id != own) return Missing("file", id);
    return ToProto(file);
  });
}

absl::StatusOr<v1::TakeFilesResponse> FilesApi::TakeFiles(const Call& call, const v1::TakeFilesRequest& request) {
  if (request.names_size() > kMostTaken) return InvalidField("names", "takes at most 100");
  std::vector<std::string> ids;
  for (int i = 0; i < request.names_size(); ++i) {
    ASSIGN_OR_RETURN(std::string id, ParseId(absl::StrCat("names[", i, "]"), request.names(i), "files/*"));
    ids.push_back(std::move(id));
  }
  using Response = v1::TakeFilesResponse;
  return app_.Run<Response>(call.Transaction(), [&](pg::Transaction& tx) -> absl::StatusOr<Response> {
    // In order of id, so that two who take the same files cannot lock each other out.
    std::map<std::string, v1::File> taken;
    for (const std::string& id : std::set<std::string>(ids.begin(), ids.end())) {
      ASSIGN_OR_RETURN(taken[id], Take(FileStore(tx), call.principal(), id));
    }
    Response response;
    for (const std::string& id : ids) *response.add_files() = taken.at(id);
    return response;
  });
}

absl::Status FilesApi::ReadFile(const Call& call, const v1::ReadFileRequest& request,
                                rpc::Writer<google::api::HttpBody>& writer) {
  ASSIGN_OR_RETURN(const std::string id, ParseId("name", request.name(), "files/*"));
  ASSIGN_OR_RETURN(const File file,
                   app_.Run<File>(call.ReadOnly(), [&](pg::Transaction& tx) { return FileStore(tx).Find(id); }));
  const auto& takers = file.taken_by;
  if (std::find(takers.begin(), takers.end(), call.principal().service) == takers.end()) return Missing("file", id);
  google::api::HttpBody chunk;
  chunk.set_content_type(file.content_type);
  return blobs_.Get(call.tenant(), file.blob, 0, -1, [&](const std::string& piece) {
    chunk.set_data(piece);
    const bool taken = writer.Write(chunk);
    chunk.clear_content_type();
    return taken;
  });
}

absl::StatusOr<int> FilesApi::DropUnused(pg::Database& job, Blobs& blobs, Instant now) {
  ASSIGN_OR_RETURN(const auto ids, job.Run<std::vector<std::string>>({}, [&](pg::Transaction& tx) {
    return absl::StatusOr<std::vector<std::string>>(FileStore(tx).DropUnused(now));
  }));
  for (const std::string& id : ids) blobs.Remove(id);
  return static_cast<int>(ids.size());
}

}  // namespace lintel::identity
