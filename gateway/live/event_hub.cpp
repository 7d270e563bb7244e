#include "gateway/live/event_hub.h"

#include <algorithm>

#include "gateway/limits.h"
#include "platform/log/log.h"

namespace lintel::gateway {
namespace {

constexpr auto kBlock = std::chrono::milliseconds(250);
constexpr auto kPatience = std::chrono::seconds(4);
constexpr auto kRetry = std::chrono::milliseconds(300);
constexpr char kMostAtOnce[] = "500";

}  // namespace

EventHub::EventHub(const Core& core, std::string redis_address, std::function<void(const std::string&)> ended)
    : core_(core), redis_(std::move(redis_address)), ended_(std::move(ended)) {
  for (const auto& [name, backend] : core_.backends->all()) services_.push_back(name);
}

EventHub::~EventHub() { Stop(); }

void EventHub::Start() {
  thread_ = std::thread([this] { Loop(); });
}

void EventHub::Stop() {
  {
    const std::lock_guard lock(wait_mutex_);
    stopping_ = true;
  }
  woken_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void EventHub::Loop() {
  while (!stopping_) {
    if (!following_) Preload();
    if (following_ && ReadOnce()) continue;
    following_ = false;
    std::unique_lock lock(wait_mutex_);
    woken_.wait_for(lock, kRetry, [&] { return stopping_.load(); });
  }
}

// What Redis still has from before this process, for clients that were connected to it then. Positions already known
// are not read again.
void EventHub::Preload() {
  for (const std::string& service : services_) {
    if (last_ids_.contains(service)) continue;
    const auto reply =
        redis_.Run({"XREVRANGE", StreamOf(service), "+", "-", "COUNT", std::to_string(limits::kRecentAtStart)},
                   std::chrono::steady_clock::now() + kPatience);
    if (!reply.ok()) return;
    last_ids_[service] = "0-0";
    for (auto entry = reply->items.rbegin(); entry != reply->items.rend(); ++entry) Take(service, *entry);
  }
  following_ = true;
  log::Info("following events", {{"services", std::to_string(services_.size())}});
}

bool EventHub::ReadOnce() {
  if (services_.empty()) return false;
  RedisCommand command{"XREAD", "COUNT", kMostAtOnce, "BLOCK", std::to_string(kBlock.count()), "STREAMS"};
  for (const std::string& service : services_) command.push_back(StreamOf(service));
  for (const std::string& service : services_) command.push_back(last_ids_[service]);
  const auto reply = redis_.Run(command, std::chrono::steady_clock::now() + kPatience);
  if (!reply.ok()) {
    log::Warn("events cannot be followed", {{"error", std::string(reply.status().message())}});
    return false;
  }
  for (const RedisReply& stream : reply->items) {
    if (stream.items.size() != 2) continue;
    for (const std::string& service : services_) {
      if (StreamOf(service) != stream.items[0].text) continue;
      for (const RedisReply& entry : stream.items[1].items) Take(service, entry);
    }
  }
  return true;
}

// An entry is its id and a list of field names and values; `e` holds the event.
void EventHub::Take(const std::string& service, const RedisReply& entry) {
  if (entry.items.size() != 2) return;
  last_ids_[service] = entry.items[0].text;
  const auto& fields = entry.items[1].items;
  for (size_t i = 0; i + 1 < fields.size(); i += 2) {
    event::v1::Event event;
    if (fields[i].text != "e" || !event.ParseFromString(fields[i + 1].text)) continue;
    auto live = LiveEvent::Durable(core_, service, event);
    if (live == nullptr) live = LiveEvent::Unknown(core_, service, event);
    Publish(live);
    if (!live->ended_session().empty()) ended_(live->ended_session());
  }
}

void EventHub::Publish(const std::shared_ptr<const LiveEvent>& event) {
  // Declared before the lock: the last reference to a listener may be one of these, and its end takes the lock again.
  std::vector<std::shared_ptr<EventListener>> alive;
  const std::lock_guard lock(mutex_);
  if (event->durable()) {
    auto& kept = recent_[event->service()];
    if (!kept.empty() && event->position() <= kept.back()->position()) return;
    // A gap here is one that nobody can fill any more: what came before is of no use to those who come back.
    if (!kept.empty() && !kept.back()->position().IsFollowedBy(event->position())) kept.clear();
    kept.push_back(event);
    if (kept.size() > limits::kRecentEvents) kept.pop_front();
  }
  for (const auto& [listener, reference] : listeners_) {
    if (auto kept = reference.lock()) alive.push_back(std::move(kept));
  }
  for (const auto& listener : alive) listener->Hear(event);
}

void EventHub::Subscribe(const std::weak_ptr<EventListener>& listener, const PositionVector& after) {
  const auto alive = listener.lock();
  if (!alive) return;
  const std::lock_guard lock(mutex_);
  for (const auto& [service, position] : after) {
    if (!recent_.contains(service)) alive->StartAt(service, position);
  }
  int64_t replayable = limits::kMostReplayed;
  for (const auto& [service, kept] : recent_) {
    const Position newest = kept.back()->position();
    const auto from = after.find(service);
    if (from == after.end() || newest <= from->second) {
      alive->StartAt(service, from == after.end() ? newest : from->second);
      continue;
    }
    const auto first =
        std::find_if(kept.begin(), kept.end(), [&](const auto& event) { return event->position() > from->second; });
    const bool whole = first != kept.begin() || from->second.IsFollowedBy((*first)->position());
    if (!whole || kept.end() - first > replayable) {
      alive->StartAt(service, newest);
      alive->Lost(service);
      continue;
    }
    replayable -= kept.end() - first;
    alive->StartAt(service, from->second);
    std::for_each(first, kept.end(), [&](const auto& event) { alive->Hear(event); });
  }
  listeners_[alive.get()] = listener;
}

void EventHub::Unsubscribe(const EventListener* listener) {
  const std::lock_guard lock(mutex_);
  listeners_.erase(listener);
}

}  // namespace lintel::gateway
