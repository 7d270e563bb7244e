// A gRPC server for a contract that exists only in tests: handlers take and answer JSON, so that no generated code
// exists.
#pragma once

#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/grpcpp.h>

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "gateway/contract/contract.h"
#include "gateway/contract/json_writer.h"

namespace lintel::gateway::testing {

struct FakeCall {
  std::string method;  // "GetThing"
  std::string json;    // The request; for uploads all bytes that came.
  std::map<std::string, std::string> metadata;
};

struct FakeAnswer {
  grpc::Status status;
  std::vector<std::string> json;                // One per message.
  std::vector<std::string> bytes;               // Instead: serialized messages.
  std::map<std::string, std::string> metadata;  // Initial.
  bool stay_open = false;                       // After the messages, until the client leaves or Emit is called.
};

class FakeBackend : private grpc::CallbackGenericService {
 public:
  using Handler = std::function<FakeAnswer(const FakeCall&)>;
  FakeBackend(const Contract& contract, Handler handler);
  ~FakeBackend() override;

  int port() const { return port_; }
  // Sends one more message down every call that stays open; how many there are.
  int Emit(const std::string& bytes);
  // How many calls of a method stay open now.
  int Open(const std::string& method);

 private:
  class Reactor;
  grpc::ServerGenericBidiReactor* CreateReactor(grpc::GenericCallbackServerContext* context) override;

  const Contract& contract_;
  const JsonWriter writer_;
  const Handler handler_;
  std::mutex mutex_;
  std::vector<Reactor*> open_;
  std::unique_ptr<grpc::Server> server_;
  int port_ = 0;
};

}  // namespace lintel::gateway::testing
