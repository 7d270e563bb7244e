#include "platform/service/config.h"

#include <cctype>
#include <fstream>
#include <thread>

namespace lintel {
namespace {

constexpr auto kWaitForIdentity = std::chrono::minutes(1);
constexpr size_t kSecretKeyHex = 128;
constexpr size_t kPublicKeyHex = 64;

std::string ReadTrimmed(const std::string& path) {
  std::ifstream file(path);
  std::string text;
  std::getline(file, text);
  return text;
}

}  // namespace

std::string VariableOf(const std::string& service, const std::string& what) {
  std::string name = "LINTEL_";
  for (const char c : service) name += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return name + "_" + what;
}

ServiceConfig ReadServiceConfig(const std::string& name, Environment& environment) {
  ServiceConfig config{
      .name = name,
      .home = environment.Require("LINTEL_HOME"),
      .postgres = environment.Require("LINTEL_PG"),
      .redis = environment.Require("LINTEL_REDIS"),
      .listen = environment.Get(VariableOf(name, "LISTEN"), ""),
      .metrics_port = static_cast<int>(environment.GetInt("LINTEL_METRICS_PORT", 0, 0, 65535)),
      .test_mode = environment.GetBool("LINTEL_TEST_MODE", false),
      .longest_stream = std::chrono::minutes(environment.GetInt("LINTEL_STREAM_MINUTES", 24 * 60, 1, 7 * 24 * 60))};
  if (config.listen.empty()) config.listen = environment.Require(VariableOf(name, "ADDR"));
  return config;
}

absl::Status ReadSecrets(ServiceConfig& config, Environment& environment) {
  const std::string service_key = config.home + "/secrets/service.key";
  config.service_key_hex = ReadTrimmed(service_key);
  if (config.service_key_hex.empty()) return absl::FailedPreconditionError("there is no " + service_key);
  config.operator_public_key_hex = environment.Get("LINTEL_OPERATOR_PUBLIC_KEY", "");
  const std::string secret = environment.Get("LINTEL_OPERATOR_SECRET_KEY", "");
  if (secret.size() == kSecretKeyHex) config.operator_public_key_hex = secret.substr(kSecretKeyHex - kPublicKeyHex);
  const std::string public_key = config.home + "/secrets/token.pub";
  const auto until = std::chrono::steady_clock::now() + kWaitForIdentity;
  while (config.operator_public_key_hex.size() != kPublicKeyHex) {
    config.operator_public_key_hex = ReadTrimmed(public_key);
    if (config.operator_public_key_hex.size() == kPublicKeyHex) break;
    if (std::chrono::steady_clock::now() > until) return absl::FailedPreconditionError("there is no " + public_key);
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  return absl::OkStatus();
}

}  // namespace lintel
