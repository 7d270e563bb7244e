// Another service as far as a test needs it: a gRPC server that answers a few methods and knows no rules. Declared by
// the consumer's test; real services are better where they can be linked.
#pragma once

#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/grpcpp.h>

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "platform/client/channel.h"
#include "platform/server/rpc.h"

namespace lintel::testing {

class FakePeer : private grpc::CallbackGenericService {
 public:
  FakePeer();
  ~FakePeer() override;

  // Before the first call of the method. "lintel.customers.v1.CustomersService/GetCustomerNames".
  template <class Reply, class Request>
  void Answer(const std::string& method, std::function<absl::StatusOr<Reply>(const Request&)> answer) {
    answers_[method] = [answer = std::move(answer)](grpc::ByteBuffer& in, grpc::ByteBuffer& out) -> absl::Status {
      Request request;
      RETURN_IF_ERROR(rpc::Parse(in, &request));
      ASSIGN_OR_RETURN(const Reply reply, answer(request));
      return rpc::Serialize(reply, out);
    };
  }

  // Everything else is UNIMPLEMENTED.
  Channel& channel() { return *channel_; }

 private:
  using Bytes = std::function<absl::Status(grpc::ByteBuffer&, grpc::ByteBuffer&)>;
  class Reactor;
  grpc::ServerGenericBidiReactor* CreateReactor(grpc::GenericCallbackServerContext* context) override;

  std::map<std::string, Bytes> answers_;
  std::unique_ptr<Tokens> tokens_;
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<Channel> channel_;
};

}  // namespace lintel::testing
