// The virus scanner that an installation may have: clamd on a UNIX socket, asked with INSTREAM (clamd(8)).
#pragma once

#include <functional>
#include <string>

#include "absl/status/statusor.h"

namespace lintel::identity {

enum class ScanResult { kNoScanner, kClean, kInfected };

class Scanner {
 public:
  // An empty socket: there is none, and every file passes as not scanned.
  explicit Scanner(std::string socket) : socket_(std::move(socket)) {}

  // `each` calls its argument with the pieces of the file. UNAVAILABLE SCANNER_AWAY when clamd does not answer: a file
  // is then refused rather than let through.
  using Pieces = std::function<absl::Status(const std::function<bool(const std::string&)>&)>;
  absl::StatusOr<ScanResult> Scan(const Pieces& each) const;

 private:
  const std::string socket_;
};

}  // namespace lintel::identity
