// Records on local disk for as long as PostgreSQL is away: appended and fsynced one by one, read back in order. A torn
// last record - the machine went down while it was written - is dropped; it was never acknowledged.
#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace lintel::telephony {

class Spool {
 public:
  // `file` is made when missing. Ends the process when its folder cannot be written.
  Spool(std::string file, int64_t most_bytes);
  ~Spool();

  // On the disk when this returns OK. RESOURCE_EXHAUSTED SPOOL_FULL beyond the bound, UNAVAILABLE when the disk fails.
  absl::Status Append(const std::string& record);

  // What is there, oldest first, and how many bytes of the file that is.
  struct Content {
    std::vector<std::string> records;
    int64_t bytes = 0;
  };
  absl::StatusOr<Content> Read();
  // Forgets the first `bytes`, which are safe elsewhere now. What was appended meanwhile stays.
  absl::Status Drop(int64_t bytes);

  int64_t bytes() const;

 private:
  const std::string file_;
  const int64_t most_bytes_;
  mutable std::mutex mutex_;
  int descriptor_ = -1;
  int64_t bytes_ = 0;
};

// Records of a file's bytes, up to the first that is torn or damaged; `used` is set to where that is.
std::vector<std::string> ParseSpool(const std::string& bytes, size_t& used);

}  // namespace lintel::telephony
