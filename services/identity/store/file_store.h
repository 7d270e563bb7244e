// Metadata of uploads.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "platform/blob/blob.h"
#include "platform/pg/transaction.h"

namespace lintel::identity {

struct File {
  BlobInfo blob;  // Its id is the file's.
  int64_t tenant = 0;
  std::string operator_id;
  std::string filename;
  std::string content_type;
  std::string scan_state;  // "none", "clean", "infected"
  std::vector<std::string> taken_by;
  Instant created_time;
  Instant expire_time;
};

class FileStore {
 public:
  explicit FileStore(pg::Transaction& tx) : tx_(tx) {}
  void Insert(const File& file);
  absl::StatusOr<File> Find(const std::string& id);
  // Locks the row.
  absl::StatusOr<File> FindForUpdate(const std::string& id);
  void MarkTaken(const std::string& id, const std::string& service);
  // Rows past their time that nobody took, at most 100; as the job role. The caller removes the bytes afterwards.
  std::vector<std::string> DropUnused(Instant now);

 private:
  pg::Transaction& tx_;
};

}  // namespace lintel::identity
