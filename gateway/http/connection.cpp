#include "gateway/http/connection.h"

#include <limits>

#include "gateway/http/duplex.h"
#include "gateway/http/response_text.h"
#include "gateway/limits.h"
#include "platform/status/status.h"

namespace lintel::gateway {
namespace {

namespace http = beast::http;

constexpr size_t kReadAtOnce = 16 << 10;
constexpr size_t kLingerBytes = 8 << 20;
constexpr auto kLingerTime = std::chrono::seconds(2);

absl::Status ClientGone() { return absl::CancelledError("the client went away or was too slow"); }

absl::Status TooLarge(size_t limit) {
  return WithReason(absl::StatusCode::kInvalidArgument, "BODY_TOO_LARGE", "the body is too large",
                    {{"limitBytes", std::to_string(limit)}});
}

}  // namespace

void ConnectionCounts::Busy(int change) {
  busy += change;
  const std::lock_guard lock(mutex);
  idle.notify_all();
}

Connection::Connection(std::unique_ptr<Transport> transport, const Handler& handler, ConnectionCounts& counts)
    : transport_(std::move(transport)), handler_(handler), counts_(counts) {
  ++counts_.open;
  error_code error;
  const auto peer = transport_->tcp().socket().remote_endpoint(error);
  remote_ = error ? "" : peer.address().to_string();
}

Connection::~Connection() {
  SetBusy(false);
  --counts_.open;
}

void Connection::SetBusy(bool busy) {
  if (std::exchange(busy_, busy) != busy) counts_.Busy(busy ? 1 : -1);
}

void Connection::Start() {
  OnStrand([this] {
    transport_->tcp().expires_after(limits::kHeaderTime);
    transport_->Handshake([self = shared_from_this()](error_code error) {
      if (!error) self->NextRequest();
    });
  });
}

void Connection::Close() {
  OnStrand([this] {
    if (transport_) transport_->tcp().close();
  });
}

void Connection::NextRequest() {
  request_ = Request{.remote = remote_, .tls = transport_->tls()};
  parser_.emplace();
  parser_->header_limit(limits::kLargestHeader);
  parser_->body_limit(std::numeric_limits<uint64_t>::max());
  body_taken_ = 0;
  streaming_ = chunked_ = head_only_ = false;
  closed_ = nullptr;
  transport_->tcp().expires_after(first_ ? limits::kHeaderTime : limits::kIdleTime);
  first_ = false;
  ReadHeader();
}

bool Connection::ParseHeader(error_code& error) {
  if (buffer_.size() == 0) return false;
  buffer_.consume(parser_->put(buffer_.data(), error));
  if (error == http::error::need_more) error = {};
  return parser_->is_header_done();
}

void Connection::ReadHeader() {
  error_code error;
  const bool done = ParseHeader(error);
  if (error) return DispatchMalformed(error == http::error::header_limit ? 431 : 400);
  if (done) return Dispatch();
  if (buffer_.size() > limits::kLargestHeader) return DispatchMalformed(431);
  ReadMore([this](error_code failed) { failed ? transport_->tcp().close() : ReadHeader(); });
}

void Connection::ReadMore(std::function<void(error_code)> then) {
  reading_ = true;
  transport_->ReadSome(buffer_.prepare(kReadAtOnce),
                       [self = shared_from_this(), then = std::move(then)](error_code error, size_t size) {
                         self->reading_ = false;
                         self->buffer_.commit(size);
                         // The answer overtook the body: whoever waited for more of it is gone.
                         self->lingering_ ? self->LingerOn(error) : then(error);
                       });
}

void Connection::Dispatch() {
  parser_->eager(true);
  FillRequest();
  keep_alive_ = parser_->keep_alive();
  head_only_ = request_.verb == "HEAD";
  continue_expected_ = beast::iequals(parser_->get()[http::field::expect], "100-continue");
  transport_->tcp().expires_never();
  SetBusy(true);
  handler_(shared_from_this());
}

void Connection::DispatchMalformed(int status) {
  request_.malformed = status;
  keep_alive_ = false;
  transport_->tcp().expires_never();
  SetBusy(true);
  handler_(shared_from_this());
}

void Connection::FillRequest() {
  const auto& head = parser_->get();
  request_.verb = std::string(head.method_string());
  const std::string_view target(head.target().data(), head.target().size());
  const size_t mark = target.find('?');
  request_.path = std::string(target.substr(0, mark));
  if (mark != std::string_view::npos) request_.query = std::string(target.substr(mark + 1));
  for (const auto& field : head) request_.headers.Add(std::string(field.name_string()), std::string(field.value()));
  if (parser_->content_length()) request_.content_length = *parser_->content_length();
  request_.has_body = parser_->chunked() || request_.content_length.value_or(0) > 0;
  if (target.size() > limits::kLargestTarget) request_.malformed = 414;
  if (!target.starts_with('/')) request_.malformed = 400;
}

void Connection::ReadChunk(size_t limit, Got got) {
  OnStrand([this, limit, got = std::move(got)]() mutable { NextPiece(limit, std::move(got)); });
}

void Connection::NextPiece(size_t limit, Got got) {
  if (request_.content_length.value_or(0) > limit) return got(TooLarge(limit));
  std::string& body = parser_->get().body();
  error_code error;
  if (body.empty() && !parser_->is_done() && buffer_.size() > 0) {
    buffer_.consume(parser_->put(buffer_.data(), error));
    if (error && error != http::error::need_more) return got(InvalidField("body", "is not framed as HTTP says"));
  }
  if (!body.empty() || parser_->is_done()) {
    body_taken_ += body.size();
    if (body_taken_ > limit) return got(TooLarge(limit));
    return got(std::exchange(body, {}));
  }
  const auto read = [this, limit, got = std::move(got)] {
    transport_->tcp().expires_after(limits::kReadTime);
    ReadMore([this, limit, got](error_code failed) {
      transport_->tcp().expires_never();
      failed ? got(ClientGone()) : NextPiece(limit, got);
    });
  };
  continue_expected_ ? SendContinue(read) : read();
}

void Connection::SendContinue(std::function<void()> then) {
  continue_expected_ = false;
  Write("HTTP/1.1 100 Continue\r\n\r\n", nullptr, [then = std::move(then)](bool) { then(); });
}

void Connection::ReadBody(size_t limit, Got got) {
  OnStrand([this, limit, got = std::move(got)]() mutable {
    Collect(limit, std::make_shared<std::string>(), std::chrono::steady_clock::now() + limits::kBodyTime,
            std::move(got));
  });
}

void Connection::Collect(size_t limit, std::shared_ptr<std::string> body,
                         std::chrono::steady_clock::time_point deadline, Got got) {
  NextPiece(limit, [this, limit, body, deadline, got = std::move(got)](absl::StatusOr<std::string> piece) {
    if (!piece.ok()) return got(piece.status());
    if (piece->empty()) return got(std::move(*body));
    if (std::chrono::steady_clock::now() > deadline) return got(ClientGone());
    body->empty() ? body->swap(*piece) : static_cast<void>(body->append(*piece));
    Collect(limit, body, deadline, got);
  });
}

void Connection::Write(std::string head, std::shared_ptr<const std::string> body, std::function<void(bool)> done) {
  auto kept = std::make_shared<std::string>(std::move(head));
  std::vector<asio::const_buffer> bytes{asio::buffer(*kept)};
  if (body) bytes.push_back(asio::buffer(*body));
  transport_->tcp().expires_after(limits::kWriteTime);
  writing_ = true;
  transport_->WriteAll(bytes,
                       [self = shared_from_this(), kept, body, done = std::move(done)](error_code error, size_t) {
                         self->writing_ = false;
                         self->transport_->tcp().expires_never();
                         done(!error);
                       });
}

void Connection::Send(Response response) {
  OnStrand([this, response = std::move(response)]() mutable {
    keep_alive_ = keep_alive_ && parser_->is_done();
    const bool bodiless = response.status == 204 || response.status == 304;
    const Framing framing{.length = bodiless ? std::nullopt : std::optional<uint64_t>(response.size()),
                          .close = !keep_alive_};
    std::string head = ResponseHead(response, framing);
    auto body = response.shared_body;
    if (!body) body = std::make_shared<const std::string>(std::move(response.body));
    if (head_only_ || bodiless) body = nullptr;
    Write(std::move(head), body, [this](bool sent) { sent ? Finished() : transport_->tcp().close(); });
  });
}

// A client that is still sending would lose the answer to a reset: it may talk to the end, within bounds.
void Connection::Finished() {
  SetBusy(false);
  if (keep_alive_) return NextRequest();
  error_code ignored;
  transport_->tcp().socket().shutdown(tcp::socket::shutdown_send, ignored);
  lingering_ = true;
  if (!reading_) LingerOn({});
}

void Connection::LingerOn(error_code error) {
  lingered_ += buffer_.size();
  buffer_.clear();
  if (error || lingered_ > kLingerBytes) return transport_->tcp().close();
  transport_->tcp().expires_after(kLingerTime);
  ReadMore([](error_code) {});
}

void Connection::BeginStream(Response head, std::optional<uint64_t> length) {
  OnStrand([this, head = std::move(head), length]() mutable {
    const bool old = parser_->get().version() < 11;
    streaming_ = true;
    chunked_ = !length && !old;
    keep_alive_ = keep_alive_ && parser_->is_done() && (length || chunked_);
    // Leaves with the first piece, so that there is never more than one write at a time.
    stream_head_ = ResponseHead(head, {.length = length, .chunked = chunked_, .close = !keep_alive_});
    WatchForClose();
  });
}

// Never runs within the caller: it may hold a lock that `sent` wants.
void Connection::SendChunk(std::string bytes, std::function<void(bool)> sent) {
  asio::post(transport_->tcp().get_executor(),
             [this, self = shared_from_this(), bytes = std::move(bytes), sent = std::move(sent)]() mutable {
               if (writing_ || !transport_->tcp().socket().is_open()) return sent(false);
               if (bytes.empty() || head_only_) return sent(true);
               Write(std::exchange(stream_head_, {}) + (chunked_ ? Chunk(bytes) : bytes), nullptr, std::move(sent));
             });
}

void Connection::EndStream() {
  OnStrand([this] {
    streaming_ = false;
    closed_ = nullptr;
    if (writing_) return transport_->tcp().close();  // The client has gone in the middle of a piece.
    const std::string last = std::exchange(stream_head_, {}) + (chunked_ && !head_only_ ? Chunk("") : "");
    if (last.empty()) return Finished();
    Write(last, nullptr, [this](bool sent) { sent ? Finished() : transport_->tcp().close(); });
  });
}

void Connection::OnClosed(std::function<void()> closed) {
  OnStrand([this, closed = std::move(closed)]() mutable { closed_ = std::move(closed); });
}

// A readable socket without bytes is one the client has closed.
void Connection::WatchForClose() {
  transport_->tcp().socket().async_wait(tcp::socket::wait_read, [self = shared_from_this()](error_code error) {
    if (!self->streaming_ || !self->transport_) return;
    error_code failed;
    const bool gone = error || self->transport_->tcp().socket().available(failed) == 0 || failed;
    if (!gone) return;
    self->transport_->tcp().close();
    if (const auto closed = std::exchange(self->closed_, nullptr)) closed();
  });
}

std::unique_ptr<Duplex> Connection::TakeOver(std::string* early) {
  *early = beast::buffers_to_string(buffer_.data());
  return DuplexOver(std::move(transport_));
}

}  // namespace lintel::gateway
