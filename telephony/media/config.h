// What a media node is told by its environment.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "platform/config/environment.h"

namespace lintel::media {

struct Config {
  std::string name;      // LINTEL_MEDIA_NAME, e.g. "media-1"; stable over restarts
  std::string sip_host;  // LINTEL_MEDIA_SIP, host:port Kamailio sends calls to
  uint16_t sip_port = 0;
  std::string rtp_host;  // LINTEL_MEDIA_RTP_HOST, the IPv4 address audio goes to
  uint16_t rtp_low = 0;  // LINTEL_MEDIA_RTP_PORTS, "20000-20999"; the first is the shared port
  uint16_t rtp_high = 0;
  std::string kamailio;                    // LINTEL_KAMAILIO, host:port for calls to agents
  std::vector<std::string> trusted_hosts;  // LINTEL_MEDIA_TRUSTED, comma separated; default Kamailio's host
  std::string telephony_address;           // LINTEL_TELEPHONY_ADDR
  std::string service_key;                 // LINTEL_SERVICE_KEY, hex; signs our calls to telephony
  std::filesystem::path home;              // LINTEL_HOME: spool of recordings, cache of speech
  std::string prompts;                     // LINTEL_PROMPTS, folder of recorded prompts; default $LINTEL_HOME/prompts
  bool test_mode = false;                  // LINTEL_TEST_MODE: the wall clock follows $LINTEL_HOME/test-clock
  int metrics_port = 0;                    // LINTEL_METRICS_PORT; 0: not served
  int capacity = 500;                      // LINTEL_MEDIA_CALLS, 1 to 5000
  std::chrono::milliseconds drain_limit;  // LINTEL_MEDIA_DRAIN_MS, how long calls may go on after SIGTERM; default 15 s
};

// INVALID_ARGUMENT names every variable that is missing or malformed.
absl::StatusOr<Config> ReadConfig(Environment environment);

}  // namespace lintel::media
