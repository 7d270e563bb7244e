// What every service takes from the environment.
#pragma once

#include <chrono>
#include <string>

#include "platform/config/environment.h"

namespace lintel {

struct ServiceConfig {
  std::string name;
  std::string home;                              // LINTEL_HOME: secrets, objects, the test clock
  std::string postgres;                          // LINTEL_PG: libpq keywords without user
  std::string redis;                             // LINTEL_REDIS: a socket's path, or host:port
  std::string listen;                            // LINTEL_<NAME>_LISTEN, else LINTEL_<NAME>_ADDR: host:port
  int metrics_port = 0;                          // LINTEL_METRICS_PORT; 0: no metrics are served
  bool test_mode = false;                        // LINTEL_TEST_MODE: the clock follows LINTEL_HOME/test-clock
  std::chrono::minutes longest_stream{24 * 60};  // LINTEL_STREAM_MINUTES, 1 to 10080: then its client comes again
  std::string service_key_hex;                   // LINTEL_HOME/secrets/service.key
  std::string operator_public_key_hex;  // LINTEL_OPERATOR_PUBLIC_KEY, the public half of LINTEL_OPERATOR_SECRET_KEY, or
                                        // LINTEL_HOME/secrets/token.pub, waited for a minute
};

// Errors stay in `environment` for Check(). The secrets are read by ReadSecrets, once Check() is content.
ServiceConfig ReadServiceConfig(const std::string& name, Environment& environment);

// FAILED_PRECONDITION that names the file that is not there.
absl::Status ReadSecrets(ServiceConfig& config, Environment& environment);

// "LINTEL_INVENTORY_ADDR".
std::string VariableOf(const std::string& service, const std::string& what);

}  // namespace lintel
