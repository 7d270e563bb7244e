#include "gateway/live/signals.h"

namespace lintel::gateway {
namespace {

constexpr auto kReopen = std::chrono::milliseconds(500);

}  // namespace

void Signals::Start() {
  for (const auto& method : core_.contract->methods()) {
    if (method->signals && core_.backends->Find(method->backend) != nullptr) Open(method.get());
  }
}

void Signals::Open(const Method* method) {
  const std::lock_guard lock(mutex_);
  if (stopping_) return;
  const CallMetadata metadata{{"authorization", "Bearer " + sessions_.ServiceToken({})}};
  auto call = StreamCall::Start(*core_.backends->Find(method->backend), method->path, metadata, std::nullopt,
                                [this, method](const grpc::Status&) {
                                  const std::lock_guard done(mutex_);
                                  open_.erase(method);
                                  closed_.notify_all();
                                  if (!stopping_) after_(kReopen, [this, method] { Open(method); });
                                });
  open_[method] = call;
  call->Write(ToBuffer(""), true, [](bool) {});
  ReadNext(method, call);
}

void Signals::ReadNext(const Method* method, const std::shared_ptr<StreamCall>& call) {
  call->Read([this, method, weak = std::weak_ptr<StreamCall>(call)](bool ok, grpc::ByteBuffer& bytes) {
    event::v1::Signal signal;
    if (ok && signal.ParseFromString(ToBytes(bytes))) {
      if (const auto event = LiveEvent::Passing(core_, method->backend, signal)) hub_.Publish(event);
    }
    const auto alive = weak.lock();
    if (ok && alive) ReadNext(method, alive);
  });
}

void Signals::Stop() {
  std::unique_lock lock(mutex_);
  stopping_ = true;
  std::vector<std::shared_ptr<StreamCall>> calls;
  for (const auto& [method, call] : open_) calls.push_back(call);
  lock.unlock();
  for (const auto& call : calls) call->Abandon();
  lock.lock();
  closed_.wait(lock,
               [&] { return open_.empty(); });  // Not for long: gRPC ends a cancelled call whatever the peer does.
}

}  // namespace lintel::gateway
