#include "services/identity/config.h"

namespace lintel::identity {

Config ReadConfig(Environment& environment) {
  using std::chrono::milliseconds;
  return {.signing_secret_hex = environment.Require("LINTEL_OPERATOR_SECRET_KEY"),
          .token_lifetime = environment.GetMilliseconds("LINTEL_ACCESS_TOKEN_MS", milliseconds(300000),
                                                        milliseconds(1000), milliseconds(300000)),
          .hash_cost = ReadHashCost(environment),
          .largest_upload_bytes = environment.GetInt("LINTEL_UPLOAD_MAX_MIB", 50, 1, 1024) << 20,
          .test_mode = environment.GetBool("LINTEL_TEST_MODE", false),
          .scanner_socket = environment.Get("LINTEL_CLAMD_SOCKET", "")};
}

HashCost ReadHashCost(Environment& environment) {
  const int64_t memory_kib = environment.GetInt("LINTEL_ARGON2_MEMORY_KIB", 19456, 8, 1048576);
  return {.passes = static_cast<uint64_t>(environment.GetInt("LINTEL_ARGON2_PASSES", 2, 1, 10)),
          .memory_bytes = static_cast<size_t>(memory_kib) << 10};
}

}  // namespace lintel::identity
