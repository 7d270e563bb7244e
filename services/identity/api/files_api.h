// Uploads: taken as a stream, sniffed, scanned, and handed to the service that uses them.
#pragma once

#include "google/api/httpbody.pb.h"
#include "lintel/identity/v1/files.pb.h"
#include "lintel/identity/v1/identity.pb.h"
#include "platform/command/command.h"
#include "platform/server/server.h"
#include "services/identity/app/scanner.h"
#include "services/identity/store/file_store.h"

namespace lintel::identity {

class FilesApi {
 public:
  static constexpr std::chrono::hours kUnusedFor{24};

  FilesApi(pg::Database& app, Blobs& blobs, const Scanner& scanner, Clock clock, int64_t largest_bytes)
      : app_(app), blobs_(blobs), scanner_(scanner), clock_(std::move(clock)), largest_bytes_(largest_bytes) {}
  void Register(Server& server);

  absl::StatusOr<v1::File> UploadFile(const Call& call, rpc::Reader<google::api::HttpBody>& chunks);
  absl::StatusOr<v1::File> GetFile(const Call& call, const v1::GetFileRequest& request);
  absl::StatusOr<v1::TakeFilesResponse> TakeFiles(const Call& call, const v1::TakeFilesRequest& request);
  absl::Status ReadFile(const Call& call, const v1::ReadFileRequest& request,
                        rpc::Writer<google::api::HttpBody>& writer);

  // Unused files past their time go, rows first; answers how many.
  static absl::StatusOr<int> DropUnused(pg::Database& job, Blobs& blobs, Instant now);

 private:
  absl::StatusOr<ScanResult> Scan(int64_t tenant, const BlobInfo& blob) const;
  pg::Database& app_;
  Blobs& blobs_;
  const Scanner& scanner_;
  const Clock clock_;
  const int64_t largest_bytes_;
};

}  // namespace lintel::identity
