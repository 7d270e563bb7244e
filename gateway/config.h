// The gateway's settings, read once from the environment.
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "gateway/http/server.h"
#include "gateway/live/sip_tunnel.h"
#include "platform/config/environment.h"

namespace lintel::gateway {

struct Config {
  HttpOptions http;             // LINTEL_HTTP_ADDR host:port (127.0.0.1:8080), LINTEL_HTTP_THREADS (2),
                                // LINTEL_TLS_CERTIFICATE and LINTEL_TLS_KEY (PEM files; none: plain HTTP),
                                // LINTEL_HTTP_HEAD_MS (20000), LINTEL_HTTP_BODY_MS (120000) and
                                // LINTEL_HTTP_WRITE_MS (30000): how long a client may take for the head or the body
                                // of a request, or for a piece of an answer, before it is cut off;
                                // LINTEL_HTTP_CONNECTIONS_PER_ADDRESS (2048)
  std::string descriptors;      // LINTEL_DESCRIPTORS: the contract as a descriptor set
  std::string backends;         // LINTEL_BACKENDS: one=host:port,two=host:port
  std::string web_root;         // LINTEL_WEB_ROOT: the built console; empty: none
  std::string redis;            // LINTEL_REDIS: socket path or host:port
  SipProxy sip;                 // LINTEL_SIP_WS host:port (none: no phones), LINTEL_SIP_SOURCE address
  int64_t requests_per_minute;  // LINTEL_RATE_PER_MINUTE (6000): of each operator, and of each address whose requests
                                // carry no genuine token; 0: no limit
  std::string service_key;      // Both from LINTEL_HOME/secrets, as for every service (platform/service).
  std::string operator_public_key;
};

// INVALID_ARGUMENT that names every variable that is missing or malformed.
absl::StatusOr<Config> ReadConfig(Environment& environment);

}  // namespace lintel::gateway
