#include "gateway/http/connection.h"

#include <limits>

#include "gateway/limits.h"
#include "gateway/text/address.h"
#include "gateway/text/request_head.h"
#include "platform/status/status.h"

namespace lintel::gateway {
namespace {

namespace http = beast::http;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr size_t kLongestFraming = 8 << 10;  // The size line of a chunk, or the trailer.

absl::Status ClientGone() { return absl::CancelledError("the client went away or was too slow"); }

absl::Status TooLarge(size_t limit) {
  return WithReason(absl::StatusCode::kInvalidArgument, "BODY_TOO_LARGE", "the body is too large",
                    {{"limitBytes", std::to_string(limit)}});
}

}  // namespace

bool ConnectionCounts::Enter(const std::string& address, int most, int most_of_one) {
  const std::lock_guard lock(mutex_);
  if (open_ >= most) return false;
  const auto known = by_address_.find(AddressKey(address));
  if (known != by_address_.end() && known->second >= most_of_one) return false;
  ++open_;
  ++by_address_[AddressKey(address)];
  return true;
}

void ConnectionCounts::Leave(const std::string& address) {
  const std::lock_guard lock(mutex_);
  --open_;
  const auto known = by_address_.find(AddressKey(address));
  if (--known->second == 0) by_address_.erase(known);
}

void ConnectionCounts::Busy(int change) {
  const std::lock_guard lock(mutex_);
  busy_ += change;
  idle_.notify_all();
}

int ConnectionCounts::open() const {
  const std::lock_guard lock(mutex_);
  return open_;
}

void ConnectionCounts::Drain(milliseconds grace) {
  std::unique_lock lock(mutex_);
  idle_.wait_for(lock, grace, [&] { return busy_ == 0; });
}

Connection::Connection(std::unique_ptr<Transport> transport, std::string address, Shared& shared)
    : transport_(std::move(transport)),
      remote_(std::move(address)),
      shared_(shared),
      read_timer_(transport_->tcp().get_executor()),
      write_timer_(transport_->tcp().get_executor()) {}

Connection::~Connection() {
  SetBusy(false);
  shared_.counts.Leave(remote_);
}

void Connection::SetBusy(bool busy) {
  if (std::exchange(busy_, busy) != busy) shared_.counts.Busy(busy ? 1 : -1);
}

void Connection::Start() {
  OnStrand([this] {
    Await(read_timer_, shared_.patience.head);
    transport_->Handshake([self = shared_from_this()](error_code error) {
      if (!error) self->NextRequest();
    });
  });
}

void Connection::Await(asio::steady_timer& timer, milliseconds patience) {
  timer.expires_after(patience);
  timer.async_wait([weak = weak_from_this(), &timer](error_code error) {
    const auto self = weak.lock();
    if (error || !self) return;
    // An end that was on its way here while the timer was set anew is not one.
    if (timer.expiry() <= steady_clock::now()) self->Drop();
  });
}

void Connection::Drop() {
  if (transport_) transport_->tcp().close();
}

void Connection::NextRequest() {
  if (left_) return Drop();
  request_ = Request{.remote = remote_, .tls = transport_->tls()};
  parser_.emplace();
  parser_->header_limit(2 * limits::kLargestHeader);  // CheckHead has the say.
  parser_->body_limit(std::numeric_limits<uint64_t>::max());
  parser_->eager(true);
  body_taken_ = 0;
  body_deadline_ = steady_clock::time_point::max();
  chunked_ = head_only_ = false;
  closed_ = nullptr;
  Await(read_timer_,
        std::exchange(first_, false) || !received_.empty() ? shared_.patience.head : shared_.patience.idle);
  ReadHead();
}

void Connection::ReadHead() {
  const HeadCheck check = CheckHead(received_);
  if (check.refusal != 0) return Dispatch(check.refusal);
  if (check.size == 0) {
    return ReadMore([this, idle = received_.empty()](error_code error) {
      if (error) return Drop();
      if (idle) Await(read_timer_, shared_.patience.head);
      ReadHead();
    });
  }
  error_code error;
  received_.erase(0, parser_->put(asio::buffer(received_.data(), check.size), error));
  Dispatch(parser_->is_header_done() ? 0 : 400);
}

void Connection::Dispatch(int malformed) {
  read_timer_.cancel();
  request_.malformed = malformed;
  if (malformed == 0) FillRequest();
  keep_alive_ = malformed == 0 && parser_->keep_alive();
  head_only_ = request_.verb == "HEAD";
  continue_expected_ = malformed == 0 && beast::iequals(parser_->get()[http::field::expect], "100-continue");
  SetBusy(true);
  shared_.handler(shared_from_this());
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

void Connection::StartRead() {
  reading_ = true;
  transport_->ReadSome(asio::buffer(incoming_),
                       [self = shared_from_this()](error_code error, size_t size) { self->TakeRead(error, size); });
}

void Connection::TakeRead(error_code error, size_t size) {
  reading_ = false;
  if (lingering_) {
    // The answer overtook the body: whoever waited for more of it is gone.
    lingered_ += size;
    return error ? Drop() : Linger();
  }
  received_.append(incoming_.data(), size);
  if (const auto then = std::exchange(wanted_, nullptr)) return then(error);
  error ? Left() : ReadAhead();
}

void Connection::ReadMore(std::function<void(error_code)> then) {
  wanted_ = std::move(then);
  if (!reading_) StartRead();
}

void Connection::ReadAhead() {
  if (closed_ && !reading_ && parser_->is_done() && received_.size() < incoming_.size()) StartRead();
}

void Connection::Left() {
  left_ = true;
  Drop();
  if (const auto closed = std::exchange(closed_, nullptr)) closed();
}

void Connection::OnClosed(std::function<void()> closed) {
  OnStrand([this, closed = std::move(closed)]() mutable {
    closed_ = std::move(closed);
    left_ ? Left() : ReadAhead();
  });
}

void Connection::ReadChunk(size_t limit, Got got) {
  OnStrand([this, limit, got = std::move(got)]() mutable { NextPiece(limit, std::move(got)); });
}

void Connection::NextPiece(size_t limit, Got got) {
  if (request_.content_length.value_or(0) > limit) return got(TooLarge(limit));
  std::string& body = parser_->get().body();
  if (body.empty() && !parser_->is_done() && !received_.empty()) {
    error_code error;
    received_.erase(0, parser_->put(asio::buffer(received_), error));
    const bool wrong = error && error != http::error::need_more;
    // What the parser leaves of an unfinished body is the framing of a chunk.
    const bool doubtful = !parser_->is_done() && (HasBareLineFeed(received_) || received_.size() > kLongestFraming);
    if (wrong || doubtful) return got(InvalidField("body", "is not framed as HTTP says"));
  }
  if (!body.empty() || parser_->is_done()) {
    body_taken_ += body.size();
    if (body_taken_ > limit) return got(TooLarge(limit));
    return got(std::exchange(body, {}));
  }
  const auto read = [this, limit, got = std::move(got)] {
    const auto left = std::chrono::ceil<milliseconds>(body_deadline_ - steady_clock::now());
    Await(read_timer_, std::min(shared_.patience.piece, left));
    ReadMore([this, limit, got](error_code error) {
      read_timer_.cancel();
      error ? got(ClientGone()) : NextPiece(limit, got);
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
    body_deadline_ = steady_clock::now() + shared_.patience.body;
    Collect(limit, std::make_shared<std::string>(), std::move(got));
  });
}

void Connection::Collect(size_t limit, std::shared_ptr<std::string> body, Got got) {
  NextPiece(limit, [this, limit, body, got = std::move(got)](absl::StatusOr<std::string> piece) {
    if (!piece.ok()) return got(piece.status());
    if (piece->empty()) return got(std::move(*body));
    body->empty() ? body->swap(*piece) : static_cast<void>(body->append(*piece));
    Collect(limit, body, got);
  });
}

}  // namespace lintel::gateway
