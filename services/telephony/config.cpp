#include "services/telephony/config.h"

namespace lintel::telephony {

Config ReadConfig(Environment& environment) {
  using std::chrono::hours;
  using std::chrono::seconds;
  return {.sip_domain = environment.Get("LINTEL_SIP_DOMAIN", "lintel.local"),
          .kamailio_rpc = environment.Get("LINTEL_KAMAILIO_RPC", ""),
          .session_lifetime = environment.GetMilliseconds("LINTEL_AGENT_SESSION_MS", hours(12), seconds(5), hours(14)),
          .spool_bytes = environment.GetInt("LINTEL_SPOOL_MIB", 64, 1, 4096) << 20};
}

}  // namespace lintel::telephony
