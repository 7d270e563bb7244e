#include "platform/server/server.h"

#include <google/protobuf/descriptor.h>
#include <grpcpp/health_check_service_interface.h>

#include <set>

#include "platform/log/log.h"
#include "platform/server/reactor.h"

namespace lintel {
namespace {

constexpr int kLargestMessage = 16 << 20;

const google::protobuf::MethodDescriptor* FindMethod(const std::string& name) {
  std::string dotted = name;
  std::replace(dotted.begin(), dotted.end(), '/', '.');
  return google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(dotted);
}

// Answers what is not in the contract.
class UnknownMethod : public grpc::ServerGenericBidiReactor {
 public:
  UnknownMethod() { Finish(grpc::Status(grpc::StatusCode::UNIMPLEMENTED, "there is no such method")); }
  void OnDone() override { delete this; }
};

}  // namespace

struct Server::Impl : grpc::CallbackGenericService {
  Impl(ServerOptions given, const Tokens& tokens, PrincipalCache& principals, const Reasons& reasons, Metrics& metrics)
      : options(std::move(given)),
        core{.gate = Gate(tokens, principals),
             .reasons = reasons,
             .metrics = metrics,
             .longest_stream = options.longest_stream,
             .longest_stall = options.longest_stall,
             .calls = Executor(options.threads, options.most_waiting),
             .streams = Executor(options.most_streams, static_cast<size_t>(options.most_streams))} {}

  grpc::ServerGenericBidiReactor* CreateReactor(grpc::GenericCallbackServerContext* context) override {
    const auto found = methods.find(context->method().substr(1));
    if (found == methods.end()) return new UnknownMethod;
    return new RpcReactor(core, found->second, context);
  }

  const ServerOptions options;
  ServerCore core;
  std::map<std::string, ServedMethod> methods;
  std::unique_ptr<grpc::Server> server;
  int port = 0;
};

Server::Server(ServerOptions options, const Tokens& tokens, PrincipalCache& principals, const Reasons& reasons,
               Metrics& metrics)
    : impl_(std::make_unique<Impl>(std::move(options), tokens, principals, reasons, metrics)) {}

Server::~Server() { Stop(std::chrono::seconds(1)); }

void Server::Register(const std::string& method, rpc::Handler handler) {
  impl_->methods[method] = ServedMethod{.name = method, .handler = std::move(handler)};
}

absl::Status Server::Start() {
  std::set<const google::protobuf::ServiceDescriptor*> services;
  for (auto& [name, method] : impl_->methods) {
    const auto* descriptor = FindMethod(name);
    if (descriptor == nullptr) return absl::FailedPreconditionError("the contract has no method " + name);
    if (descriptor->input_type()->full_name() != method.handler.request_type ||
        descriptor->output_type()->full_name() != method.handler.reply_type) {
      return absl::FailedPreconditionError(name + " is handled with other messages than the contract says");
    }
    method.rule = descriptor->options().GetExtension(auth::rule);
    RETURN_IF_ERROR(CheckRule(method.rule, name));
    services.insert(descriptor->service());
  }
  for (const auto* service : services) {
    for (int i = 0; i < service->method_count(); ++i) {
      const std::string name = service->full_name() + "/" + service->method(i)->name();
      if (!impl_->methods.contains(name)) return absl::FailedPreconditionError("nothing handles " + name);
    }
  }
  grpc::EnableDefaultHealthCheckService(true);
  grpc::ServerBuilder builder;
  builder.AddListeningPort(impl_->options.address, grpc::InsecureServerCredentials(), &impl_->port);
  builder.SetMaxReceiveMessageSize(kLargestMessage);
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder.RegisterCallbackGenericService(impl_.get());
  impl_->server = builder.BuildAndStart();
  if (!impl_->server || impl_->port == 0) return absl::UnavailableError("cannot listen on " + impl_->options.address);
  log::Info("listening", {{"address", impl_->options.address}, {"port", std::to_string(impl_->port)}});
  return absl::OkStatus();
}

int Server::port() const { return impl_->port; }

void Server::Stop(std::chrono::milliseconds grace) {
  if (!impl_->server) return;
  impl_->server->GetHealthCheckService()->SetServingStatus(false);
  impl_->server->Shutdown(std::chrono::system_clock::now() + grace);
  impl_->server->Wait();
  impl_->core.calls.Close();
  impl_->core.streams.Close();
  impl_->server.reset();
}

}  // namespace lintel
