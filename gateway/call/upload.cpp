// Raw bodies handed on in chunks; the next is read from the client once the service took the last.
#include "gateway/call/calls.h"
#include "gateway/limits.h"
#include "gateway/text/conditional.h"
#include "gateway/text/url.h"
#include "gateway/text/utf8.h"
#include "google/api/httpbody.pb.h"
#include "platform/status/status.h"

namespace lintel::gateway {
namespace {

class Upload : public std::enable_shared_from_this<Upload> {
 public:
  Upload(std::shared_ptr<Turn> turn, const Method& method) : turn_(std::move(turn)), method_(method) {}

  void Start(Backend& backend, const CallMetadata& metadata) {
    const auto self = shared_from_this();
    call_ = StreamCall::Start(backend, method_.path, metadata, limits::kUploadTime,
                              [self](const grpc::Status& status) { self->Done(status); });
    call_->Read([self](bool ok, grpc::ByteBuffer& bytes) { self->TakeAnswer(ok, bytes); });
    content_type_ = std::string(turn_->request().headers.Get("Content-Type"));
    if (!IsPrintableAscii(content_type_)) content_type_.clear();
    NextChunk();
  }

 private:
  void NextChunk() {
    turn_->exchange().ReadChunk(limits::kLargestUpload, [self = shared_from_this()](absl::StatusOr<std::string> chunk) {
      if (!chunk.ok()) return self->GiveUp(chunk.status());
      self->Forward(*chunk, 0);
    });
  }

  // An empty body still sends one message: the service learns the type.
  void Forward(const std::string& bytes, size_t from) {
    if (bytes.empty() && sent_first_) return AllSent();
    google::api::HttpBody piece;
    if (!std::exchange(sent_first_, true)) piece.set_content_type(content_type_);
    piece.set_data(bytes.substr(from, limits::kChunk));
    const size_t next = from + piece.data().size();
    call_->Write(ToBuffer(piece.SerializeAsString()), false, [self = shared_from_this(), bytes, next](bool taken) {
      if (!taken) return;  // The service has answered already: Done says what.
      if (next < bytes.size()) return self->Forward(bytes, next);
      self->NextChunk();
    });
  }

  void AllSent() {
    turn_->exchange().OnClosed([weak = weak_from_this()] {
      if (const auto alive = weak.lock()) alive->call_->Abandon();
    });
    call_->CloseWrites();
  }

  void TakeAnswer(bool ok, grpc::ByteBuffer& bytes) {
    if (!ok) return;
    answer_ = ToBytes(bytes);
    call_->Read([](bool, grpc::ByteBuffer&) {});
  }

  void GiveUp(const absl::Status& status) {
    {
      const std::lock_guard lock(mutex_);
      if (std::exchange(answered_, true)) return;
    }
    call_->Abandon();
    turn_->Fail(status);
  }

  void Done(const grpc::Status& status) {
    {
      const std::lock_guard lock(mutex_);
      if (std::exchange(answered_, true)) return;
    }
    if (!status.ok()) return turn_->Fail(status);
    const auto reply = turn_->core().contract->New(method_.descriptor->output_type());
    if (!reply->ParseFromString(answer_)) return turn_->Fail(absl::InternalError("the answer cannot be read"));
    turn_->ReplyJson(turn_->core().writer.ToJson(*reply));
  }

  const std::shared_ptr<Turn> turn_;
  const Method& method_;
  std::shared_ptr<StreamCall> call_;
  std::string content_type_;
  std::string answer_;
  bool sent_first_ = false;
  std::mutex mutex_;
  bool answered_ = false;
};

// The file's name comes in the query or in Content-Disposition; percent-encoded on its way, as metadata is ASCII.
absl::StatusOr<std::string> Filename(const Request& request) {
  ASSIGN_OR_RETURN(const QueryParameters parameters, ParseQuery(request.query));
  std::string filename = FilenameOf(request.headers.Get("Content-Disposition"));
  for (const auto& [name, value] : parameters) {
    if (name != "filename") return InvalidField(name, "is not a parameter of this call");
    filename = value;
  }
  if (filename.size() > 255) return InvalidField("filename", "must be at most 255 bytes");
  return PercentEncode(filename);
}

}  // namespace

void ServeUpload(std::shared_ptr<Turn> turn, const RoutedRequest& routed) {
  const auto backend = turn->FindBackend(*routed.route->method, FirstBinding(routed));
  if (!backend.ok()) return turn->Fail(backend.status());
  const auto filename = Filename(turn->request());
  if (!filename.ok()) return turn->Fail(filename.status());
  if (turn->request().content_length.value_or(0) > limits::kLargestUpload) {
    return turn->exchange().ReadChunk(limits::kLargestUpload,
                                      [turn](absl::StatusOr<std::string> chunk) { turn->Fail(chunk.status()); });
  }
  CallMetadata metadata = turn->ServiceMetadata();
  if (!filename->empty()) metadata["x-lintel-filename"] = *filename;
  if (turn->request().content_length)
    metadata["x-lintel-content-length"] = std::to_string(*turn->request().content_length);
  for (const auto& [field, value] : routed.bindings) metadata["x-lintel-" + field] = PercentEncode(value);
  std::make_shared<Upload>(turn, *routed.route->method)->Start(**backend, metadata);
}

}  // namespace lintel::gateway
