#include "gateway/testing/running_gateway.h"

#include <algorithm>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "gateway/contract/json_reader.h"
#include "lintel/event/v1/event.pb.h"
#include "platform/client/wire_status.h"
#include "platform/status/status.h"
#include "platform/testing/database.h"

namespace lintel::gateway::testing {
namespace {

constexpr char kStream[] = "lintel:sample:events";
constexpr char kEverything[] =
    R"({"tenantId":"1","operatorName":"operators/o","session":"sessions/s","rights":[{"right":"thing.read","scope":"TENANT"}]})";

void Must(const absl::Status& status) {
  if (!status.ok()) throw std::runtime_error(std::string(status.message()));
}

}  // namespace

RunningGateway::RunningGateway(FakeBackend::Handler handler, RunOptions options)
    : tls_(!options.certificate.empty()),
      contract_(Contract::Load(LINTEL_SAMPLE_DESCRIPTORS).value()),
      principal_(kEverything),
      handler_(std::move(handler)),
      redis_(lintel::testing::TestRedis()) {
  Must(redis_.Run({"DEL", kStream}, std::chrono::steady_clock::now() + std::chrono::seconds(5)).status());
  backend_ = std::make_unique<FakeBackend>(*contract_, [this](const FakeCall& call) { return Answer_(call); });
  auto made = Gateway::Make({.http = {.host = "127.0.0.1",
                                      .certificate = options.certificate,
                                      .key = options.key,
                                      .patience = options.patience,
                                      .most_of_one_address = options.most_of_one_address},
                             .descriptors = LINTEL_SAMPLE_DESCRIPTORS,
                             .backends = "sample=127.0.0.1:" + std::to_string(backend_->port()),
                             .web_root = options.web_root,
                             .redis = lintel::testing::TestRedis(),
                             .sip = options.sip,
                             .requests_per_minute = options.requests_per_minute},
                            tokens_);
  Must(made.status());
  gateway_ = *std::move(made);
  Must(gateway_->Start());
  if (!Eventually([this] { return Ask("GET", "/readyz").status == 200; }))
    throw std::runtime_error("the gateway never became ready");
}

RunningGateway::~RunningGateway() { gateway_->Stop(std::chrono::seconds(2)); }

double RunningGateway::Metric(const std::vector<std::string>& marks) {
  std::istringstream lines(Ask("GET", "/metrics").body);
  for (std::string line; std::getline(lines, line);) {
    const auto in_line = [&](const std::string& mark) { return line.find(mark) != std::string::npos; };
    if (line.front() != '#' && std::all_of(marks.begin(), marks.end(), in_line))
      return std::stod(line.substr(line.rfind(' ')));
  }
  return 0;
}

std::string RunningGateway::Token(const std::string& operator_name, std::chrono::minutes life) const {
  auth::TokenClaims claims;
  claims.set_tenant_id(1);
  claims.set_operator_name(operator_name);
  claims.set_session("sessions/s");
  const auto expires = WallClock() + life;
  claims.set_expire_unix_ms(std::chrono::duration_cast<std::chrono::milliseconds>(expires.time_since_epoch()).count());
  return SignOperator(claims, key_.secret_hex);
}

void RunningGateway::SetRights(const std::string& principal_json) {
  const std::lock_guard lock(mutex_);
  principal_ = principal_json;
}

FakeAnswer RunningGateway::Answer_(const FakeCall& call) {
  if (call.method == "Signals") return {.stay_open = true};
  if (call.method != "WhoAmI") return handler_(call);
  const std::string bearer = call.metadata.at("authorization").substr(7);
  const auto claims = tokens_.Verify(bearer);
  const std::lock_guard lock(mutex_);
  // Only a service may ask, and it must say for which session.
  if (!claims.ok() || claims->service().empty() || claims->session() != "sessions/s" || principal_.empty()) {
    return {.status = ToGrpc(WithReason(absl::StatusCode::kUnauthenticated, "SESSION_OVER", "over"), "over", "en")};
  }
  return {.json = {principal_}};
}

std::string RunningGateway::Bytes(const std::string& type, const std::string& json) const {
  const auto message = contract_->New(contract_->pool().FindMessageTypeByName(type));
  Must(ReadJson(*ParseJson(json, 32), message.get()));
  return message->SerializeAsString();
}

void RunningGateway::Append(int64_t epoch, int64_t position, const std::string& type, const std::string& payload_json,
                            int64_t tenant, const std::string& aggregate) {
  event::v1::Event event;
  event.set_epoch(epoch);
  event.set_position(position);
  event.set_tenant_id(tenant);
  event.set_type(type);
  event.set_aggregate(aggregate);
  event.set_payload(Bytes(type, payload_json));
  const std::string id = std::to_string(epoch) + "-" + std::to_string(position);
  Must(redis_
           .Run({"XADD", kStream, id, "e", event.SerializeAsString()},
                std::chrono::steady_clock::now() + std::chrono::seconds(5))
           .status());
}

bool Eventually(const std::function<bool()>& true_now) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (!true_now()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_until(std::chrono::steady_clock::now() + std::chrono::milliseconds(10));
  }
  return true;
}

}  // namespace lintel::gateway::testing
