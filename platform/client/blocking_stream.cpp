#include "platform/client/blocking_stream.h"

namespace lintel {

std::shared_ptr<BlockingStream> BlockingStream::Start(grpc::GenericStub& stub, const std::string& method,
                                                      std::chrono::steady_clock::time_point deadline,
                                                      const std::function<void(grpc::ClientContext&)>& prepare) {
  std::shared_ptr<BlockingStream> stream(new BlockingStream(deadline));
  stream->self_ = stream;
  prepare(stream->context_);
  stub.PrepareBidiStreamingCall(&stream->context_, method, {}, stream.get());
  stream->AddHold();  // Operations start from outside the reactor, until Finish.
  stream->StartCall();
  return stream;
}

bool BlockingStream::Write(grpc::ByteBuffer buffer, bool last) {
  if (given_up_) return false;
  out_ = buffer;
  Arm();
  last ? StartWriteLast(&out_, {}) : StartWrite(&out_);
  return Wait();
}

bool BlockingStream::WritesDone() {
  if (given_up_) return false;
  Arm();
  StartWritesDone();
  return Wait();
}

bool BlockingStream::Read(grpc::ByteBuffer& buffer) {
  if (given_up_) return false;
  Arm();
  StartRead(&in_);
  if (!Wait()) return false;
  buffer = in_;
  return true;
}

grpc::Status BlockingStream::Finish() {
  RemoveHold();
  std::unique_lock lock(mutex_);
  if (changed_.wait_until(lock, until_, [&] { return done_; })) return status_;
  return grpc::Status(grpc::StatusCode::DEADLINE_EXCEEDED, "the call did not end with its deadline");
}

void BlockingStream::OnDone(const grpc::Status& status) {
  const std::shared_ptr<BlockingStream> last = std::move(self_);  // Declared before the lock, so dropped after it.
  const std::lock_guard lock(mutex_);
  status_ = status;
  done_ = true;
  changed_.notify_all();
}

void BlockingStream::Arm() {
  const std::lock_guard lock(mutex_);
  settled_ = false;
}

void BlockingStream::Settle(bool ok) {
  const std::lock_guard lock(mutex_);
  settled_ = true;
  ok_ = ok;
  changed_.notify_all();
}

bool BlockingStream::Wait() {
  std::unique_lock lock(mutex_);
  if (changed_.wait_until(lock, until_, [&] { return settled_; })) return ok_;
  given_up_ = true;
  context_.TryCancel();
  return false;
}

}  // namespace lintel
