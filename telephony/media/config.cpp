#include "telephony/media/config.h"

#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"

namespace lintel::media {
namespace {

// "127.0.0.3:5080" in two; false when it is not that.
bool SplitHostPort(const std::string& text, std::string& host, uint16_t& port) {
  const size_t colon = text.rfind(':');
  uint32_t number = 0;
  if (colon == std::string::npos || !absl::SimpleAtoi(text.substr(colon + 1), &number)) return false;
  if (number == 0 || number > 65535 || colon == 0) return false;
  host = text.substr(0, colon);
  port = static_cast<uint16_t>(number);
  return true;
}

bool SplitRange(const std::string& text, uint16_t& low, uint16_t& high) {
  const std::vector<std::string> ends = absl::StrSplit(text, '-');
  uint32_t first = 0;
  uint32_t last = 0;
  if (ends.size() != 2 || !absl::SimpleAtoi(ends[0], &first) || !absl::SimpleAtoi(ends[1], &last)) return false;
  if (first < 1024 || last > 65535 || last < first + 4) return false;
  low = static_cast<uint16_t>(first);
  high = static_cast<uint16_t>(last);
  return true;
}

}  // namespace

absl::StatusOr<Config> ReadConfig(Environment environment) {
  Config config;
  config.name = environment.Require("LINTEL_MEDIA_NAME");
  const std::string sip = environment.Require("LINTEL_MEDIA_SIP");
  config.rtp_host = environment.Require("LINTEL_MEDIA_RTP_HOST");
  const std::string ports = environment.Require("LINTEL_MEDIA_RTP_PORTS");
  config.kamailio = environment.Require("LINTEL_KAMAILIO");
  config.telephony_address = environment.Require("LINTEL_TELEPHONY_ADDR");
  config.service_key = environment.Require("LINTEL_SERVICE_KEY");
  config.home = environment.Require("LINTEL_HOME");
  config.prompts = environment.Get("LINTEL_PROMPTS", (config.home / "prompts").string());
  config.test_mode = environment.GetBool("LINTEL_TEST_MODE", false);
  config.metrics_port = static_cast<int>(environment.GetInt("LINTEL_METRICS_PORT", 0, 0, 65535));
  config.capacity = static_cast<int>(environment.GetInt("LINTEL_MEDIA_CALLS", 500, 1, 5000));
  using namespace std::chrono_literals;
  config.drain_limit = environment.GetMilliseconds("LINTEL_MEDIA_DRAIN_MS", 15s, 0ms, 24h);
  const absl::Status checked = environment.Check();
  if (!checked.ok()) return checked;

  std::string kamailio_host;
  uint16_t kamailio_port = 0;
  if (!SplitHostPort(sip, config.sip_host, config.sip_port)) {
    return absl::InvalidArgumentError("LINTEL_MEDIA_SIP must be host:port");
  }
  if (!SplitHostPort(config.kamailio, kamailio_host, kamailio_port)) {
    return absl::InvalidArgumentError("LINTEL_KAMAILIO must be host:port");
  }
  if (!SplitRange(ports, config.rtp_low, config.rtp_high)) {
    return absl::InvalidArgumentError("LINTEL_MEDIA_RTP_PORTS must be low-high, 1024 to 65535, at least 5 ports");
  }
  config.trusted_hosts = absl::StrSplit(environment.Get("LINTEL_MEDIA_TRUSTED", kamailio_host), ',', absl::SkipEmpty());
  return config;
}

}  // namespace lintel::media
