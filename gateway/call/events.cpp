// Server streams as server-sent events.
#include "gateway/call/calls.h"
#include "gateway/call/errors.h"

namespace lintel::gateway {
namespace {

class EventStream : public std::enable_shared_from_this<EventStream> {
 public:
  EventStream(std::shared_ptr<Turn> turn, const Method& method) : turn_(std::move(turn)), method_(method) {}

  void Start(Backend& backend, const std::string& request) {
    const auto self = shared_from_this();
    call_ = StreamCall::Start(backend, method_.path, turn_->ServiceMetadata(), std::nullopt,
                              [self](const grpc::Status& status) { self->Done(status); });
    turn_->exchange().OnClosed([weak = weak_from_this()] {
      if (const auto alive = weak.lock()) alive->call_->Abandon();
    });
    call_->Write(ToBuffer(request), true, [](bool) {});
    ReadNext();
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
    Send("data: " + turn_->core().writer.ToJson(*message) + "\n\n");
  }

  void Send(std::string text) {
    turn_->exchange().SendChunk(
        std::move(text), [self = shared_from_this()](bool sent) { sent ? self->ReadNext() : self->call_->Abandon(); });
  }

  void Begin() {
    if (std::exchange(begun_, true)) return;
    Response head;
    head.headers.Add("Content-Type", "text/event-stream");
    turn_->BeginStream(std::move(head), std::nullopt);
  }

  void Done(const grpc::Status& status) {
    if (!begun_ && !status.ok()) return turn_->Fail(status);
    Begin();
    const std::string last =
        status.ok() ? "event: end\ndata: {}\n\n" : "event: error\ndata: " + ErrorResponse(status, {}).body + "\n\n";
    turn_->exchange().SendChunk(last, [turn = turn_, code = status.error_code()](bool sent) {
      sent ? turn->EndStream(code) : turn->CutStream(grpc::StatusCode::CANCELLED);
    });
  }

  const std::shared_ptr<Turn> turn_;
  const Method& method_;
  std::shared_ptr<StreamCall> call_;
  bool begun_ = false;
};

}  // namespace

void ServeEvents(std::shared_ptr<Turn> turn, const RoutedRequest& routed, const google::protobuf::Message& message) {
  const auto backend = turn->FindBackend(*routed.route->method, FirstBinding(routed));
  if (!backend.ok()) return turn->Fail(backend.status());
  std::make_shared<EventStream>(turn, *routed.route->method)->Start(**backend, message.SerializeAsString());
}

}  // namespace lintel::gateway
