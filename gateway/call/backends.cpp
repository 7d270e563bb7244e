#include "gateway/call/backends.h"

#include "absl/strings/str_split.h"
#include "gateway/limits.h"
#include "platform/status/status.h"

namespace lintel::gateway {
namespace {

std::shared_ptr<grpc::Channel> Connect(const std::string& address) {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(limits::kLargestReply);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 50);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 2000);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 500);
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  return grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments);
}

void Prepare(grpc::ClientContext& context, const CallMetadata& metadata,
             std::optional<std::chrono::milliseconds> patience) {
  if (patience)
    context.set_deadline(
        gpr_time_add(gpr_now(GPR_CLOCK_MONOTONIC), gpr_time_from_millis(patience->count(), GPR_TIMESPAN)));
  for (const auto& [key, value] : metadata) context.AddMetadata(key, value);
}

CallMetadata Taken(const grpc::ClientContext& context) {
  CallMetadata taken;
  for (const auto& [key, value] : context.GetServerInitialMetadata()) {
    taken[std::string(key.data(), key.size())] = std::string(value.data(), value.size());
  }
  return taken;
}

}  // namespace

absl::Status ServiceAway(const std::string& service) {
  return WithReason(absl::StatusCode::kUnavailable, "SERVICE_AWAY", service + " cannot be reached",
                    {{"service", service}});
}

grpc::ByteBuffer ToBuffer(const std::string& bytes) {
  const grpc::Slice slice(bytes);
  return grpc::ByteBuffer(&slice, 1);
}

std::string ToBytes(const grpc::ByteBuffer& buffer) {
  std::string bytes;
  std::vector<grpc::Slice> slices;
  if (!buffer.Valid() || !buffer.Dump(&slices).ok()) return bytes;
  for (const auto& slice : slices) bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  return bytes;
}

Backend::Backend(std::string name, const std::string& address)
    : name_(std::move(name)), channel_(Connect(address)), stub_(channel_) {}

bool Backend::Reachable() { return channel_->GetState(true) == GRPC_CHANNEL_READY; }

void Backend::Ended(const void* call) {
  const std::lock_guard lock(mutex_);
  running_.erase(call);
  ended_.notify_all();
}

void Backend::CancelAll() {
  std::unique_lock lock(mutex_);
  const auto running = running_;
  lock.unlock();
  for (const auto& [call, cancel] : running) cancel();
  lock.lock();
  ended_.wait(lock, [&] { return running_.empty(); });
}

void Backends::CancelAll() {
  for (const auto& [name, backend] : backends_) backend->CancelAll();
}

std::function<void()> Backend::Call(const std::string& method, grpc::ByteBuffer request, const CallMetadata& metadata,
                                    std::chrono::milliseconds patience, std::function<void(Answer)> done) {
  struct Pending {
    grpc::ClientContext context;
    grpc::ByteBuffer request;
    Answer answer;
    std::function<void(Answer)> done;
  };
  auto pending = std::make_shared<Pending>();
  pending->request = request;
  pending->done = std::move(done);
  Prepare(pending->context, metadata, patience);
  {
    const std::lock_guard lock(mutex_);
    running_[pending.get()] = [pending] { pending->context.TryCancel(); };
  }
  stub_.UnaryCall(&pending->context, method, grpc::StubOptions(), &pending->request, &pending->answer.bytes,
                  [this, pending](grpc::Status status) {
                    pending->answer.status = std::move(status);
                    pending->answer.metadata = Taken(pending->context);
                    pending->done(std::move(pending->answer));
                    pending->done = nullptr;
                    Ended(pending.get());
                  });
  return [weak = std::weak_ptr<Pending>(pending)] {
    if (const auto running = weak.lock()) running->context.TryCancel();
  };
}

std::shared_ptr<StreamCall> StreamCall::Start(Backend& backend, const std::string& method, const CallMetadata& metadata,
                                              std::optional<std::chrono::milliseconds> patience,
                                              std::function<void(const grpc::Status&)> done) {
  std::shared_ptr<StreamCall> call(new StreamCall(backend, std::move(done)));
  call->self_ = call;
  Prepare(call->context_, metadata, patience);
  backend.stub_.PrepareBidiStreamingCall(&call->context_, method, grpc::StubOptions(), call.get());
  {
    const std::lock_guard lock(backend.mutex_);
    backend.running_[call.get()] = [call] { call->Abandon(); };
  }
  call->AddHold();  // Operations start from outside the reactor, until the stream has ended.
  call->StartCall();
  return call;
}

// After Release gRPC may end the call at any moment: nothing is started any more.
void StreamCall::Release() {
  const std::lock_guard lock(mutex_);
  if (!std::exchange(released_, true)) RemoveHold();
}

void StreamCall::Write(grpc::ByteBuffer message, bool last, std::function<void(bool)> written) {
  std::unique_lock lock(mutex_);
  if (released_) {
    lock.unlock();
    return written(false);
  }
  out_ = message;
  written_ = std::move(written);
  last ? StartWriteLast(&out_, grpc::WriteOptions()) : StartWrite(&out_);
}

void StreamCall::CloseWrites() {
  const std::lock_guard lock(mutex_);
  if (!released_) StartWritesDone();
}

void StreamCall::Read(std::function<void(bool, grpc::ByteBuffer&)> read) {
  const std::lock_guard lock(mutex_);
  if (released_) return;
  read_ = std::move(read);
  if (!std::exchange(reading_, true)) StartRead(&in_);  // Abandon may be reading already.
}

void StreamCall::Abandon() {
  context_.TryCancel();
  const std::lock_guard lock(mutex_);
  if (released_ || std::exchange(reading_, true)) return;
  StartRead(&in_);  // Until it fails, which releases the call.
}

CallMetadata StreamCall::AnswerMetadata() const { return Taken(context_); }

void StreamCall::OnWriteDone(bool ok) {
  std::function<void(bool)> written;
  {
    const std::lock_guard lock(mutex_);
    written = std::exchange(written_, nullptr);
  }
  if (written) written(ok);
}

void StreamCall::OnReadDone(bool ok) {
  std::function<void(bool, grpc::ByteBuffer&)> read;
  {
    const std::lock_guard lock(mutex_);
    read = std::exchange(read_, nullptr);
    reading_ = false;
  }
  if (read) {
    read(ok, in_);
  } else if (ok) {
    Abandon();
  }
  if (!ok) Release();
}

void StreamCall::OnDone(const grpc::Status& status) {
  const auto keep = std::move(self_);
  done_(status);
  done_ = nullptr;
  backend_.Ended(this);
}

absl::StatusOr<std::unique_ptr<Backends>> Backends::Parse(const std::string& text) {
  auto backends = std::make_unique<Backends>();
  for (const auto& part : absl::StrSplit(text, ',', absl::SkipEmpty())) {
    const std::vector<std::string> pair = absl::StrSplit(part, absl::MaxSplits('=', 1));
    const bool shaped = pair.size() == 2 && !pair[0].empty() && pair[1].find(':') != std::string::npos;
    if (!shaped || backends->Find(pair[0]) != nullptr) {
      return absl::InvalidArgumentError("not service=host:port, or given twice: " + std::string(part));
    }
    backends->backends_[pair[0]] = std::make_unique<Backend>(pair[0], pair[1]);
  }
  return backends;
}

Backend* Backends::Find(const std::string& name) {
  const auto found = backends_.find(name);
  return found == backends_.end() ? nullptr : found->second.get();
}

}  // namespace lintel::gateway
