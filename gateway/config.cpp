#include "gateway/config.h"

#include "gateway/limits.h"
#include "platform/service/config.h"
#include "platform/status/status.h"

namespace lintel::gateway {
namespace {

// "127.0.0.1:8080" or "[::]:8080"; false when it is neither.
bool SplitAddress(const std::string& text, std::string& host, int& port) {
  const size_t colon = text.rfind(':');
  if (colon == std::string::npos || colon == 0) return false;
  host = text.substr(0, colon);
  if (host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  const std::string digits = text.substr(colon + 1);
  if (digits.empty() || digits.size() > 5 || digits.find_first_not_of("0123456789") != std::string::npos) return false;
  port = std::stoi(digits);
  return port <= 65535;
}

constexpr int64_t kLongestPatienceMs = 3'600'000;

void ReadPatience(Environment& environment, Patience& patience) {
  const auto read = [&](const char* name, std::chrono::milliseconds& value) {
    value = std::chrono::milliseconds(environment.GetInt(name, value.count(), 1, kLongestPatienceMs));
  };
  read("LINTEL_HTTP_HEAD_MS", patience.head);
  read("LINTEL_HTTP_BODY_MS", patience.body);
  read("LINTEL_HTTP_WRITE_MS", patience.write);
}

}  // namespace

absl::StatusOr<Config> ReadConfig(Environment& environment) {
  Config config;
  const std::string address = environment.Get("LINTEL_HTTP_ADDR", "127.0.0.1:8080");
  config.http.threads = static_cast<int>(environment.GetInt("LINTEL_HTTP_THREADS", 2, 1, 64));
  config.http.certificate = environment.Get("LINTEL_TLS_CERTIFICATE", "");
  config.http.key = environment.Get("LINTEL_TLS_KEY", "");
  ReadPatience(environment, config.http.patience);
  config.http.most_of_one_address = static_cast<int>(environment.GetInt(
      "LINTEL_HTTP_CONNECTIONS_PER_ADDRESS", limits::kMostConnectionsOfOneAddress, 1, limits::kMostConnections));
  config.descriptors = environment.Require("LINTEL_DESCRIPTORS");
  config.backends = environment.Require("LINTEL_BACKENDS");
  config.web_root = environment.Get("LINTEL_WEB_ROOT", "");
  config.redis = environment.Require("LINTEL_REDIS");
  const std::string sip = environment.Get("LINTEL_SIP_WS", "");
  config.sip.source = environment.Get("LINTEL_SIP_SOURCE", "");
  config.requests_per_minute = environment.GetInt("LINTEL_RATE_PER_MINUTE", 6000, 0, 100'000'000);
  const std::string home = environment.Require("LINTEL_HOME");
  if (absl::Status status = environment.Check(); !status.ok()) return status;
  if (config.http.certificate.empty() != config.http.key.empty())
    return absl::InvalidArgumentError("LINTEL_TLS_CERTIFICATE and LINTEL_TLS_KEY belong together");
  if (!SplitAddress(address, config.http.host, config.http.port))
    return absl::InvalidArgumentError("LINTEL_HTTP_ADDR must be host:port");
  if (!sip.empty() && !SplitAddress(sip, config.sip.host, config.sip.port))
    return absl::InvalidArgumentError("LINTEL_SIP_WS must be host:port");
  ServiceConfig secrets{.home = home};
  RETURN_IF_ERROR(ReadSecrets(secrets, environment));
  config.service_key = secrets.service_key_hex;
  config.operator_public_key = secrets.operator_public_key_hex;
  return config;
}

}  // namespace lintel::gateway
