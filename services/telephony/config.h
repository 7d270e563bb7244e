// What telephony takes from the environment beside what every service takes (platform/service).
#pragma once

#include <chrono>
#include <string>

#include "platform/config/environment.h"

namespace lintel::telephony {

struct Config {
  std::string sip_domain;                      // LINTEL_SIP_DOMAIN, "lintel.local": the realm of agents' accounts
  std::string kamailio_rpc;                    // LINTEL_KAMAILIO_RPC: Kamailio's datagram socket; empty: none
  std::chrono::milliseconds session_lifetime;  // LINTEL_AGENT_SESSION_MS, 12 h: how long a sign-on lives
  int64_t spool_bytes;                         // LINTEL_SPOOL_MIB, 64: records kept on disk while PostgreSQL is away
};

// Errors stay in `environment` for Check().
Config ReadConfig(Environment& environment);

}  // namespace lintel::telephony
