// The answering half of a connection.
#include "gateway/http/connection.h"
#include "gateway/http/duplex.h"
#include "gateway/http/response_text.h"
#include "gateway/limits.h"

namespace lintel::gateway {
namespace {

constexpr size_t kWriteAtOnce = 256 << 10;  // What a slow client has Patience::write for.
// Clients that write all before they read must come to an end to see the refusal: as much as an upload may be.
constexpr size_t kLingerBytes = limits::kLargestUpload;
constexpr auto kLingerTime = std::chrono::seconds(10);

}  // namespace

struct Connection::Outgoing {
  std::string head;
  std::shared_ptr<const std::string> body;
  std::function<void(bool)> done;
  size_t sent = 0;  // Of the body.

  size_t left() const { return body ? body->size() - sent : 0; }
};

void Connection::Write(std::string head, std::shared_ptr<const std::string> body, std::function<void(bool)> done) {
  writing_ = true;
  WriteNext(std::make_shared<Outgoing>(Outgoing{std::move(head), std::move(body), std::move(done)}));
}

void Connection::WriteNext(std::shared_ptr<Outgoing> out) {
  std::vector<asio::const_buffer> bytes;
  if (out->sent == 0) bytes.push_back(asio::buffer(out->head));
  const size_t size = std::min(out->left(), kWriteAtOnce);
  if (size > 0) bytes.push_back(asio::buffer(out->body->data() + out->sent, size));
  out->sent += size;
  Await(write_timer_, shared_.patience.write);
  transport_->WriteAll(bytes, [self = shared_from_this(), out](error_code error, size_t) {
    self->write_timer_.cancel();
    if (!error && out->left() > 0) return self->WriteNext(out);
    self->writing_ = false;
    out->done(!error);
  });
}

void Connection::Send(Response response) {
  OnStrand([this, response = std::move(response)]() mutable {
    closed_ = nullptr;
    keep_alive_ = keep_alive_ && parser_->is_done();
    const bool bodiless = response.status == 204 || response.status == 304;
    const Framing framing{.length = bodiless ? std::nullopt : std::optional<uint64_t>(response.size()),
                          .close = !keep_alive_};
    std::string head = ResponseHead(response, framing);
    auto body = response.shared_body;
    if (!body) body = std::make_shared<const std::string>(std::move(response.body));
    if (head_only_ || bodiless) body = nullptr;
    Write(std::move(head), body, [this](bool sent) { sent ? Finished() : Drop(); });
  });
}

void Connection::Finished() {
  SetBusy(false);
  if (keep_alive_) return NextRequest();
  // A client that is still sending would lose the answer to a reset: it may talk to the end, within bounds.
  error_code ignored;
  transport_->tcp().socket().shutdown(tcp::socket::shutdown_send, ignored);
  lingering_ = true;
  received_.clear();
  Await(read_timer_, kLingerTime);
  if (!reading_) Linger();
}

void Connection::Linger() { lingered_ > kLingerBytes ? Drop() : StartRead(); }

void Connection::BeginStream(Response head, std::optional<uint64_t> length) {
  OnStrand([this, head = std::move(head), length]() mutable {
    const bool old = parser_->get().version() < 11;
    chunked_ = !length && !old;
    keep_alive_ = keep_alive_ && parser_->is_done() && (length || chunked_);
    // Leaves with the first piece, so that there is never more than one write at a time.
    stream_head_ = ResponseHead(head, {.length = length, .chunked = chunked_, .close = !keep_alive_});
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
    closed_ = nullptr;
    if (writing_) return Drop();  // The client has gone in the middle of a piece.
    const std::string last = std::exchange(stream_head_, {}) + (chunked_ && !head_only_ ? Chunk("") : "");
    if (last.empty()) return Finished();
    Write(last, nullptr, [this](bool sent) { sent ? Finished() : Drop(); });
  });
}

void Connection::Abort() {
  OnStrand([this] {
    closed_ = nullptr;
    Drop();
  });
}

std::unique_ptr<Duplex> Connection::TakeOver(std::string* early) {
  *early = std::move(received_);
  return DuplexOver(std::move(transport_));
}

}  // namespace lintel::gateway
