// Answers that are bytes: recordings, documents, exports.
#include "gateway/call/calls.h"
#include "gateway/limits.h"
#include "gateway/text/conditional.h"
#include "gateway/text/utf8.h"
#include "google/api/httpbody.pb.h"
#include "platform/status/status.h"

namespace lintel::gateway {
namespace {

std::optional<uint64_t> NumberIn(const CallMetadata& metadata, const std::string& key) {
  const auto found = metadata.find(key);
  if (found == metadata.end() || found->second.empty() || found->second.size() > 18) return std::nullopt;
  if (found->second.find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
  return std::stoull(found->second);
}

std::string TextIn(const CallMetadata& metadata, const std::string& key) {
  const auto found = metadata.find(key);
  return found == metadata.end() ? "" : found->second;
}

// Types a browser may show by itself; anything else is saved, so that no upload becomes a page of our origin.
bool MayShow(const std::string& type) {
  return type.starts_with("audio/") || type == "application/pdf" || type == "image/png" || type == "image/jpeg" ||
         type == "image/webp";
}

// Copies a stream of HttpBody to the client, one piece at a time: the next is read once the last was sent.
class Download : public std::enable_shared_from_this<Download> {
 public:
  explicit Download(std::shared_ptr<Turn> turn) : turn_(std::move(turn)) {}

  void Start(Backend& backend, const std::string& method, CallMetadata metadata, const std::string& request) {
    const Headers& headers = turn_->request().headers;
    if (ParseByteRange(headers.Get("Range"))) metadata["x-lintel-range"] = std::string(headers.Get("Range"));
    if_none_match_ = std::string(headers.Get("If-None-Match"));
    const bool forwardable = if_none_match_.size() <= limits::kLongestMetadata && IsPrintableAscii(if_none_match_);
    if (!if_none_match_.empty() && forwardable) metadata["x-lintel-if-none-match"] = BareEtag(if_none_match_);
    const auto self = shared_from_this();
    call_ = StreamCall::Start(backend, method, metadata, limits::kUploadTime,
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
    google::api::HttpBody piece;
    if (!piece.ParseFromString(bytes)) return GiveUp();
    if (!begun_ && !Begin(piece.content_type())) return call_->Abandon();
    sent_ += piece.data().size();
    turn_->exchange().SendChunk(std::move(*piece.mutable_data()), [self = shared_from_this()](bool sent) {
      sent ? self->ReadNext() : self->call_->Abandon();
    });
  }

  // False: the answer is complete without any bytes.
  bool Begin(const std::string& content_type) {
    begun_ = true;
    const CallMetadata metadata = call_->AnswerMetadata();
    Response head;
    const std::string type = content_type.empty() ? "application/octet-stream" : content_type;
    head.headers.Add("Content-Type", type);
    head.headers.Add("Cache-Control", "private, no-cache");
    head.headers.Add("Accept-Ranges", "bytes");
    head.headers.Add("Content-Security-Policy", "sandbox; default-src 'none'");
    head.headers.Add("Content-Disposition", ContentDisposition(TextIn(metadata, "x-lintel-filename"), !MayShow(type)));
    const std::string etag = BareEtag(TextIn(metadata, "x-lintel-etag"));
    if (!etag.empty()) head.headers.Add("ETag", "\"" + etag + "\"");
    if (EtagMatches(if_none_match_, etag)) {
      answered_ = true;
      head.status = 304;
      turn_->Reply(std::move(head));
      return false;
    }
    length_ = NumberIn(metadata, "x-lintel-total-size");
    const auto start = NumberIn(metadata, "x-lintel-range-start");
    const auto range = ParseByteRange(turn_->request().headers.Get("Range"));
    const auto span = length_ && start && range ? range->Within(*length_) : std::nullopt;
    if (span && span->first == *start) {
      head.status = 206;
      head.headers.Add("Content-Range", "bytes " + std::to_string(span->first) + "-" + std::to_string(span->last) +
                                            "/" + std::to_string(*length_));
      length_ = span->last - span->first + 1;
    }
    turn_->BeginStream(std::move(head), length_);
    return true;
  }

  void GiveUp() {
    if (!begun_) turn_->Fail(absl::InternalError("the answer cannot be read"));
    if (begun_) turn_->CutStream(grpc::StatusCode::INTERNAL);
    answered_ = true;
    call_->Abandon();
  }

  void Done(const grpc::Status& status) {
    if (answered_) return;
    if (!begun_ && !status.ok()) return turn_->Fail(status);
    if (!begun_ && !Begin("")) return;
    if (!status.ok()) return turn_->CutStream(status.error_code());
    sent_ == length_.value_or(sent_) ? turn_->EndStream(grpc::StatusCode::OK)
                                     : turn_->CutStream(grpc::StatusCode::DATA_LOSS);
  }

  const std::shared_ptr<Turn> turn_;
  std::shared_ptr<StreamCall> call_;
  std::string if_none_match_;
  bool begun_ = false;
  bool answered_ = false;
  std::optional<uint64_t> length_;
  uint64_t sent_ = 0;
};

}  // namespace

void ServeBytes(std::shared_ptr<Turn> turn, const RoutedRequest& routed, const google::protobuf::Message& message) {
  const auto backend = turn->FindBackend(*routed.route->method, FirstBinding(routed));
  if (!backend.ok()) return turn->Fail(backend.status());
  std::make_shared<Download>(turn)->Start(**backend, routed.route->method->path, turn->ServiceMetadata(),
                                          message.SerializeAsString());
}

}  // namespace lintel::gateway
