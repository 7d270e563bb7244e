#include "platform/client/channel.h"

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/codegen/config_protobuf.h>
#include <grpcpp/impl/codegen/proto_utils.h>

#include <condition_variable>
#include <mutex>

#include "platform/client/blocking_stream.h"
#include "platform/client/wire_status.h"
#include "platform/status/status.h"

namespace lintel {
namespace {

using google::protobuf::Message;

constexpr int kLargestMessage = 16 << 20;
constexpr auto kTokenLife = std::chrono::minutes(1);

grpc::ByteBuffer ToBuffer(const Message& message) {
  grpc::ByteBuffer buffer;
  bool own = false;
  grpc::GenericSerialize<grpc::ProtoBufferWriter, Message>(message, &buffer, &own);
  return buffer;
}

bool FromBuffer(grpc::ByteBuffer& buffer, Message* message) {
  return grpc::GenericDeserialize<grpc::ProtoBufferReader, Message>(&buffer, message).ok();
}

std::shared_ptr<grpc::Channel> Connect(const std::string& address) {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kLargestMessage);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 50);
  // Despite its name also how long one attempt to connect may take.
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 2000);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 500);
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  return grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments);
}

}  // namespace

struct Channel::Impl {
  std::string service;
  std::string peer;
  const Tokens& tokens;
  std::shared_ptr<grpc::Channel> channel;
  grpc::GenericStub stub;

  void Prepare(grpc::ClientContext& context, const CallOptions& options) const {
    const auto left = options.deadline - std::chrono::steady_clock::now();
    context.set_deadline(std::chrono::system_clock::now() +
                         std::chrono::duration_cast<std::chrono::system_clock::duration>(left));
    context.AddMetadata("authorization",
                        "Bearer " + (options.operator_token.empty() ? ServiceToken(options) : options.operator_token));
    if (!options.request_id.empty()) context.AddMetadata("x-request-id", options.request_id);
    if (!options.language.empty()) context.AddMetadata("accept-language", options.language);
    if (!options.traceparent.empty()) context.AddMetadata("traceparent", options.traceparent);
    for (const auto& [key, value] : options.metadata) context.AddMetadata(key, value);
  }

  std::string ServiceToken(const CallOptions& options) const {
    auth::TokenClaims claims;
    claims.set_tenant_id(options.tenant);
    claims.set_operator_name(options.actor);
    claims.set_session(options.session);
    claims.set_service(service);
    const auto expires = std::chrono::system_clock::now() + kTokenLife;
    claims.set_expire_unix_ms(
        std::chrono::duration_cast<std::chrono::milliseconds>(expires.time_since_epoch()).count());
    return tokens.SignService(claims);
  }

  std::shared_ptr<BlockingStream> Open(const std::string& method, const CallOptions& options) {
    return BlockingStream::Start(stub, "/" + method, options.deadline,
                                 [&](grpc::ClientContext& context) { Prepare(context, options); });
  }

  absl::Status Judge(const grpc::Status& status) const {
    if (status.error_code() == grpc::StatusCode::UNAVAILABLE && status.error_details().empty()) {
      return WithReason(absl::StatusCode::kUnavailable, "SERVICE_AWAY", peer + ": " + status.error_message(),
                        {{"service", peer}});
    }
    return FromGrpc(status);
  }
};

namespace {

// A unary call on its way. gRPC holds it too, so that whoever waits may give up.
struct Pending {
  grpc::ClientContext context;
  grpc::ByteBuffer out;
  grpc::ByteBuffer in;
  std::mutex mutex;
  std::condition_variable changed;
  bool done = false;
  grpc::Status status;
};

}  // namespace

Channel::Channel(const std::string& address, std::string service, std::string peer, const Tokens& tokens) {
  auto channel = Connect(address);
  impl_ =
      std::unique_ptr<Impl>(new Impl{std::move(service), std::move(peer), tokens, channel, grpc::GenericStub(channel)});
}

Channel::~Channel() = default;

absl::Status Channel::CallUntyped(const std::string& method, const Message& request, const CallOptions& options,
                                  Message* reply) {
  const auto pending = std::make_shared<Pending>();
  impl_->Prepare(pending->context, options);
  pending->out = ToBuffer(request);
  impl_->stub.UnaryCall(&pending->context, "/" + method, {}, &pending->out, &pending->in,
                        [pending](grpc::Status answer) {
                          const std::lock_guard lock(pending->mutex);
                          pending->status = std::move(answer);
                          pending->done = true;
                          pending->changed.notify_one();
                        });
  std::unique_lock lock(pending->mutex);
  if (!pending->changed.wait_until(lock, options.deadline + kDeadlineMargin, [&] { return pending->done; })) {
    pending->context.TryCancel();
    return absl::DeadlineExceededError(impl_->peer + " never answered " + method);
  }
  if (!pending->status.ok()) return impl_->Judge(pending->status);
  if (!FromBuffer(pending->in, reply)) {
    return absl::InternalError(method + " answered bytes that are no " + reply->GetTypeName());
  }
  return absl::OkStatus();
}

absl::Status Channel::StreamUntyped(const std::string& method, const Message& request, const CallOptions& options,
                                    const Message& prototype, const std::function<bool(const Message&)>& each) {
  const auto stream = impl_->Open(method, options);
  bool stopped = false;
  if (stream->Write(ToBuffer(request), /*last=*/true)) {
    grpc::ByteBuffer buffer;
    while (stream->Read(buffer)) {
      const std::unique_ptr<Message> item(prototype.New());
      if (FromBuffer(buffer, item.get()) && each(*item)) continue;
      stopped = true;
      stream->Cancel();
      break;
    }
  }
  const grpc::Status status = stream->Finish();
  return stopped || status.ok() ? absl::OkStatus() : impl_->Judge(status);
}

absl::Status Channel::UploadUntyped(const std::string& method, const CallOptions& options, Message* chunk,
                                    const std::function<bool()>& next, Message* reply) {
  const auto stream = impl_->Open(method, options);
  bool open = true;
  while (open && next()) open = stream->Write(ToBuffer(*chunk), /*last=*/false);
  if (open) stream->WritesDone();
  grpc::ByteBuffer buffer;
  const bool answered = stream->Read(buffer);
  const grpc::Status status = stream->Finish();
  if (!status.ok()) return impl_->Judge(status);
  if (!answered || !FromBuffer(buffer, reply)) return absl::InternalError(method + " gave no reply");
  return absl::OkStatus();
}

}  // namespace lintel
