#include "gateway/live/live_stream.h"

#include "absl/strings/str_split.h"
#include "gateway/limits.h"
#include "gateway/text/url.h"
#include "platform/status/status.h"

namespace lintel::gateway {
namespace {

struct Wish {
  std::set<std::string>
      topics;  // Empty: all. One that this release does not have is never heard: consoles may be newer.
  PositionVector after;
};

absl::StatusOr<Wish> ReadWish(Turn& turn) {
  Wish wish;
  ASSIGN_OR_RETURN(const QueryParameters parameters, ParseQuery(turn.request().query));
  std::string after;
  for (const auto& [name, value] : parameters) {
    if (name == "after") {
      after = value;
    } else if (name == "topics") {
      for (const auto& topic : absl::StrSplit(value, ',', absl::SkipEmpty())) wish.topics.insert(std::string(topic));
    } else {
      return InvalidField(name, "is not a parameter of this call");
    }
  }
  const std::string_view last = turn.request().headers.Get("Last-Event-ID");
  ASSIGN_OR_RETURN(wish.after, last.empty() ? ParsePositions(after, "after") : ParsePositions(last, "Last-Event-ID"));
  return wish;
}

}  // namespace

class LiveStream : public EventListener, public std::enable_shared_from_this<LiveStream> {
 public:
  LiveStream(std::shared_ptr<Turn> turn, Wish wish, EventHub& hub)
      : turn_(std::move(turn)), wish_(std::move(wish)), hub_(hub) {}
  ~LiveStream() override { hub_.Unsubscribe(this); }

  void Start(std::shared_ptr<SessionWatch::Ticket> ticket) {
    ticket_ = std::move(ticket);
    Response head;
    head.headers.Add("Content-Type", "text/event-stream");
    head.headers.Add("X-Accel-Buffering", "no");
    turn_->BeginStream(std::move(head), std::nullopt);
    // The exchange keeps the stream alive until the client goes or the stream ends.
    turn_->exchange().OnClosed([self = shared_from_this()] { self->Leave(grpc::StatusCode::CANCELLED); });
    // First listening, then saying so: a client that has seen the stream open misses nothing from there on.
    hub_.Subscribe(weak_from_this(), wish_.after);
    Queue("retry: 2000\n\n", false);
  }

  void Hear(const std::shared_ptr<const LiveEvent>& event) override {
    if (ending_) return;
    if (event->durable() && !Advance(*event)) return;
    if (!wish_.topics.empty() && !wish_.topics.contains(event->topic())) return;
    const auto listener = ticket_->principal();
    if (!event->MayHear(*listener)) return;
    Queue("id: " + ToText(positions_) + "\ndata: " + event->Json(*listener) + "\n\n", true);
  }

  void Lost(const std::string& service) override {
    Queue("event: resync\nid: " + ToText(positions_) + "\ndata: {\"service\":\"" + service + "\"}\n\n", true);
  }

  void StartAt(const std::string& service, const Position& position) override { positions_[service] = position; }

  void Beat() { Queue("event: heartbeat\ndata: {}\n\n", false); }

  // The gateway stops; the client comes back by itself.
  void Close() { Finish(": closing\n\n", grpc::StatusCode::UNAVAILABLE); }

  void SignedOut() { Finish("event: signed-out\ndata: {}\n\n", grpc::StatusCode::OK); }

 private:
  // False for what was heard before.
  bool Advance(const LiveEvent& event) {
    const auto known = positions_.find(event.service());
    const bool first = known == positions_.end();
    if (!first && event.position() <= known->second) return false;
    const bool gap = !first && !known->second.IsFollowedBy(event.position());
    positions_[event.service()] = event.position();
    if (gap) Lost(event.service());
    return true;
  }

  void Queue(std::string text, bool counts) {
    bool behind = false;
    {
      const std::lock_guard lock(mutex_);
      if (ending_) return;
      queued_ += counts ? 1 : 0;
      waiting_ += text;
      behind = queued_ > limits::kMostQueuedEvents || waiting_.size() > limits::kMostQueuedBytes;
    }
    behind ? FallBehind() : Pump();
  }

  // Whoever does not keep up reads everything anew rather than ever later.
  void FallBehind() {
    turn_->core().slow_listeners.Increment();
    Finish("event: resync\ndata: {\"reason\":\"slow\"}\n\n", grpc::StatusCode::RESOURCE_EXHAUSTED);
  }

  void Finish(const std::string& last, grpc::StatusCode how) {
    {
      const std::lock_guard lock(mutex_);
      if (ending_.exchange(true)) return;
      waiting_ = last;
      how_ = how;
    }
    Pump();
  }

  void Pump() {
    std::string text;
    {
      const std::lock_guard lock(mutex_);
      if (sending_ || waiting_.empty()) return;
      sending_ = true;
      queued_ = 0;
      text.swap(waiting_);
    }
    turn_->exchange().SendChunk(std::move(text), [self = shared_from_this()](bool sent) { self->Sent(sent); });
  }

  void Sent(bool sent) {
    bool end = false;
    {
      const std::lock_guard lock(mutex_);
      sending_ = false;
      end = ending_ && waiting_.empty();
    }
    if (!sent || end) return Leave(grpc::StatusCode::CANCELLED);
    Pump();
  }

  // `how` counts unless the stream was being finished for a reason of its own.
  void Leave(grpc::StatusCode how) {
    {
      const std::lock_guard lock(mutex_);
      if (std::exchange(left_, true)) return;
      if (!ending_.exchange(true)) how_ = how;
    }
    hub_.Unsubscribe(this);
    turn_->exchange().OnClosed(nullptr);
    turn_->EndStream(how_);
  }

  const std::shared_ptr<Turn> turn_;
  const Wish wish_;
  EventHub& hub_;
  std::shared_ptr<SessionWatch::Ticket> ticket_;
  PositionVector positions_;  // Under the hub's lock.
  std::mutex mutex_;
  std::string waiting_;
  size_t queued_ = 0;  // Events in `waiting_`.
  bool sending_ = false;
  std::atomic<bool> ending_{false};  // Changed under the mutex.
  bool left_ = false;
  grpc::StatusCode how_ = grpc::StatusCode::OK;
};

void ServeLive(std::shared_ptr<Turn> turn, EventHub& hub, SessionWatch& sessions, Heartbeats& heartbeats) {
  auto wish = ReadWish(*turn);
  if (!wish.ok()) return turn->Fail(wish.status());
  auto stream = std::make_shared<LiveStream>(turn, *std::move(wish), hub);
  const auto ended = [weak = std::weak_ptr<LiveStream>(stream)] {
    if (const auto alive = weak.lock()) alive->SignedOut();
  };
  sessions.Open(turn->credentials().token, turn->ServiceMetadata(), ended,
                [turn, stream, &heartbeats](absl::StatusOr<std::shared_ptr<SessionWatch::Ticket>> ticket) {
                  if (!ticket.ok()) return turn->Fail(ticket.status());
                  stream->Start(*std::move(ticket));
                  heartbeats.Add(stream);
                });
}

std::vector<std::shared_ptr<LiveStream>> Heartbeats::Alive() {
  std::vector<std::shared_ptr<LiveStream>> alive;
  const std::lock_guard lock(mutex_);
  std::erase_if(streams_, [](const auto& stream) { return stream.expired(); });
  for (const auto& stream : streams_) {
    if (auto kept = stream.lock()) alive.push_back(std::move(kept));
  }
  return alive;
}

void Heartbeats::Beat() {
  for (const auto& stream : Alive()) stream->Beat();
}

void Heartbeats::CloseAll() {
  for (const auto& stream : Alive()) stream->Close();
}

void Heartbeats::Add(std::weak_ptr<LiveStream> stream) {
  const std::lock_guard lock(mutex_);
  streams_.push_back(std::move(stream));
}

}  // namespace lintel::gateway
