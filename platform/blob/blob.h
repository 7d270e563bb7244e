// Immutable objects in a directory: put as a stream, read by range, each encrypted with a key of its own (DESIGN 3.5,
// 3.11). The owning service keeps the BlobInfo in its own tables: whoever deletes the wrapped key has made the object
// unreadable, wherever copies of it lie.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "absl/status/statusor.h"

namespace lintel {

struct BlobInfo {
  std::string id;  // UUID; the file's name
  int64_t size_bytes = 0;
  std::string sha256;       // Hex, of the plain bytes
  std::string wrapped_key;  // Hex; the data key under the tenant's key
};

class Blobs {
 public:
  // `directory` is made when missing; `tenant_key_file` holds 32 bytes in hex (made, 0600, when missing), from which
  // each tenant's own key is derived. Ends the process when the key cannot be read.
  Blobs(std::string directory, const std::string& tenant_key_file);

  // Stores what `next` gives until it answers false, at most `most_bytes`. INVALID_ARGUMENT FILE_TOO_LARGE beyond;
  // nothing is left behind then. The object is on the disk when this returns.
  absl::StatusOr<BlobInfo> Put(int64_t tenant, int64_t most_bytes, const std::function<bool(std::string&)>& next);

  // Gives `sink` the plain bytes from `offset`, `length` of them (-1: to the end), in pieces of at most 64 KiB, until
  // it answers false. OUT_OF_RANGE beyond the end; DATA_LOSS BLOB_DAMAGED when a byte on the disk changed or the key is
  // not this object's; NOT_FOUND when the file is gone.
  absl::Status Get(int64_t tenant, const BlobInfo& info, int64_t offset, int64_t length,
                   const std::function<bool(const std::string&)>& sink) const;

  // All of it in memory; for small ones.
  absl::StatusOr<std::string> Read(int64_t tenant, const BlobInfo& info) const;

  // Removes the file; harmless when it is gone.
  void Remove(const std::string& id);

 private:
  std::string PathOf(const std::string& id) const;
  std::string TenantKey(int64_t tenant) const;
  const std::string directory_;
  std::string root_key_;
};

}  // namespace lintel
