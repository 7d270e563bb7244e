#include "gateway/live/rpc_stream.h"

#include "gateway/call/errors.h"

namespace lintel::gateway {
namespace {

class RpcStream : public std::enable_shared_from_this<RpcStream> {
 public:
  RpcStream(std::shared_ptr<Turn> turn, const Method& method) : turn_(std::move(turn)), method_(method) {}

  // `ticket`: null for a method that needs no session.
  void Start(Backend& backend, const std::string& request, std::shared_ptr<SessionWatch::Ticket> ticket) {
    ticket_ = std::move(ticket);
    const auto self = shared_from_this();
    {
      const std::lock_guard lock(mutex_);
      call_ = StreamCall::Start(backend, method_.path, turn_->ServiceMetadata(), std::nullopt,
                                [self](const grpc::Status& status) { self->Done(status); });
      if (signed_out_) call_->Abandon();
    }
    turn_->exchange().OnClosed([weak = weak_from_this()] {
      if (const auto alive = weak.lock()) alive->call_->Abandon();
    });
    call_->Write(ToBuffer(request), true, [](bool) {});
    ReadNext();
  }

  // Threads: any.
  void SignedOut() {
    const std::lock_guard lock(mutex_);
    signed_out_ = true;
    if (call_) call_->Abandon();
  }

 private:
  void ReadNext() {
    call_->Read([self = shared_from_this()](bool ok, grpc::ByteBuffer& bytes) {
      if (ok) self->Take(ToBytes(bytes));
    });
  }

  void Take(const std::string& bytes) {
    Begin();
    const auto message = turn_->core().contract->New(method_.descriptor->output_type());
    if (!message->ParseFromString(bytes)) return call_->Abandon();
    turn_->exchange().SendChunk(
        "data: " + turn_->core().writer.ToJson(*message) + "\n\n",
        [self = shared_from_this()](bool sent) { sent ? self->ReadNext() : self->call_->Abandon(); });
  }

  void Begin() {
    if (std::exchange(begun_, true)) return;
    Response head;
    head.headers.Add("Content-Type", "text/event-stream");
    turn_->BeginStream(std::move(head), std::nullopt);
  }

  std::string LastEvent(const grpc::Status& status) {
    const std::lock_guard lock(mutex_);
    if (signed_out_) return "event: signed-out\ndata: {}\n\n";
    return status.ok() ? "event: end\ndata: {}\n\n" : "event: error\ndata: " + ErrorResponse(status, {}).body + "\n\n";
  }

  void Done(const grpc::Status& status) {
    if (!begun_ && !status.ok()) return turn_->Fail(status);
    Begin();
    turn_->exchange().SendChunk(LastEvent(status), [turn = turn_, code = status.error_code()](bool sent) {
      sent ? turn->EndStream(code) : turn->CutStream(grpc::StatusCode::CANCELLED);
    });
  }

  const std::shared_ptr<Turn> turn_;
  const Method& method_;
  std::shared_ptr<SessionWatch::Ticket> ticket_;
  std::mutex mutex_;
  bool signed_out_ = false;
  std::shared_ptr<StreamCall> call_;  // Set once, by Start.
  bool begun_ = false;
};

}  // namespace

void ServeRpcStream(std::shared_ptr<Turn> turn, const RoutedRequest& routed, const google::protobuf::Message& message,
                    SessionWatch& sessions) {
  const Method& method = *routed.route->method;
  const auto backend = turn->FindBackend(method, FirstBinding(routed));
  if (!backend.ok()) return turn->Fail(backend.status());
  const auto stream = std::make_shared<RpcStream>(turn, method);
  const std::string request = message.SerializeAsString();
  if (method.rule.open()) return stream->Start(**backend, request, nullptr);
  const auto ended = [weak = std::weak_ptr<RpcStream>(stream)] {
    if (const auto alive = weak.lock()) alive->SignedOut();
  };
  sessions.Open(
      turn->credentials().token, turn->ServiceMetadata(), ended,
      [turn, stream, request, &backend = **backend](absl::StatusOr<std::shared_ptr<SessionWatch::Ticket>> ticket) {
        if (!ticket.ok()) return turn->Fail(ticket.status());
        stream->Start(backend, request, *std::move(ticket));
      });
}

}  // namespace lintel::gateway
