// A gateway in front of a fake service, with operators the test signs in.
#pragma once

#include <atomic>
#include <memory>
#include <string>

#include "gateway/gateway.h"
#include "gateway/testing/fake_backend.h"
#include "gateway/testing/http_client.h"
#include "platform/redis/redis.h"

namespace lintel::gateway::testing {

struct RunOptions {
  int64_t requests_per_minute = 0;
  SipProxy sip;
  std::string web_root;
  std::string certificate;  // With `key`: the gateway speaks TLS, and so does Ask.
  std::string key;
  Patience patience;
  int most_of_one_address = limits::kMostConnectionsOfOneAddress;
};

class RunningGateway {
 public:
  // `handler` answers everything but principals and signals. Throws when something does not start.
  explicit RunningGateway(FakeBackend::Handler handler, RunOptions options = {});
  ~RunningGateway();

  int port() const { return gateway_->port(); }
  FakeBackend& backend() { return *backend_; }
  // A request on a connection of its own.
  Answer Ask(const std::string& verb, const std::string& target, const std::string& headers = "",
             const std::string& body = "") {
    return HttpClient(port(), {.tls = tls_}).Ask(verb, target, headers, body);
  }
  // The value of the metric whose line contains all of `marks`; 0 when there is none.
  double Metric(const std::vector<std::string>& marks);
  // A token in tenant 1, session sessions/s. Tokens of different lives differ.
  std::string Token(const std::string& operator_name = "operators/o",
                    std::chrono::minutes life = std::chrono::minutes(5)) const;
  std::string Bearer() const { return "Authorization: Bearer " + Token() + "\r\n"; }
  // The rights that the next question for the principal is answered with; "" ends the session.
  void SetRights(const std::string& principal_json);
  // Appends an event to the service's stream, as its relay would.
  void Append(int64_t epoch, int64_t position, const std::string& type, const std::string& payload_json,
              int64_t tenant = 1, const std::string& aggregate = "");
  // Serialized `type` of the contract.
  std::string Bytes(const std::string& type, const std::string& json) const;

 private:
  FakeAnswer Answer_(const FakeCall& call);

  const bool tls_;
  const SigningKey key_ = NewSigningKey();
  const std::string service_key_ = std::string(64, 'a');
  const Tokens tokens_{service_key_, key_.public_hex, WallClock};
  std::unique_ptr<Contract> contract_;
  std::mutex mutex_;
  std::string principal_;
  FakeBackend::Handler handler_;
  Redis redis_;
  std::unique_ptr<FakeBackend> backend_;
  std::unique_ptr<Gateway> gateway_;
};

// Waits until `true_now`, at most ten seconds; whether it became true.
bool Eventually(const std::function<bool()>& true_now);

}  // namespace lintel::gateway::testing
