#include "services/telephony/app/signals.h"

#include "platform/wire/values.h"

namespace lintel::telephony {
namespace {

constexpr size_t kMostWaiting = 2000;

}  // namespace

std::optional<event::v1::Signal> Signals::Listener::Next(std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  if (!changed_.wait_for(lock, patience, [this] { return !waiting_.empty(); })) return std::nullopt;
  event::v1::Signal signal = std::move(waiting_.front());
  waiting_.pop_front();
  return signal;
}

void Signals::Listener::Push(const event::v1::Signal& signal) {
  const std::lock_guard lock(mutex_);
  if (waiting_.size() == kMostWaiting) waiting_.pop_front();
  waiting_.push_back(signal);
  changed_.notify_one();
}

std::shared_ptr<Signals::Listener> Signals::Listen() {
  auto listener = std::make_shared<Listener>();
  const std::lock_guard lock(mutex_);
  std::erase_if(listeners_, [](const auto& one) { return one.expired(); });
  listeners_.push_back(listener);
  return listener;
}

event::v1::Signal Signals::Wrap(int64_t tenant, const google::protobuf::Message& payload,
                                const std::string& aggregate) const {
  event::v1::Signal signal;
  signal.set_tenant_id(tenant);
  signal.set_type(payload.GetTypeName());
  signal.set_aggregate(aggregate);
  *signal.mutable_occurred_time() = ToProto(clock_());
  signal.set_payload(payload.SerializeAsString());
  return signal;
}

void Signals::Publish(int64_t tenant, const google::protobuf::Message& payload, const std::string& aggregate,
                      const std::string& operator_name) {
  event::v1::Signal signal = Wrap(tenant, payload, aggregate);
  signal.set_operator_name(operator_name);
  const std::lock_guard lock(mutex_);
  for (const auto& weak : listeners_) {
    if (const auto listener = weak.lock()) listener->Push(signal);
  }
}

void Signals::Tell(Listener& listener, int64_t tenant, const google::protobuf::Message& payload,
                   const std::string& aggregate) {
  listener.Push(Wrap(tenant, payload, aggregate));
}

}  // namespace lintel::telephony
