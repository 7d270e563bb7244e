// What identity takes from the environment beside what every service takes (platform/service).
#pragma once

#include <chrono>
#include <string>

#include "platform/config/environment.h"
#include "services/identity/domain/password.h"

namespace lintel::identity {

struct Config {
  std::string signing_secret_hex;            // LINTEL_OPERATOR_SECRET_KEY: 64 bytes; the other half is public
  std::chrono::milliseconds token_lifetime;  // LINTEL_ACCESS_TOKEN_MS, 300000
  HashCost hash_cost;                        // LINTEL_ARGON2_MEMORY_KIB, 19456; LINTEL_ARGON2_PASSES, 2
  int64_t largest_upload_bytes;              // LINTEL_UPLOAD_MAX_MIB, 50
  bool test_mode;                            // LINTEL_TEST_MODE, false: time may be moved
  std::string scanner_socket;                // LINTEL_CLAMD_SOCKET, empty: no scanner
};

// Errors stay in `environment` for Check(), both.
Config ReadConfig(Environment& environment);
HashCost ReadHashCost(Environment& environment);

}  // namespace lintel::identity
