// One generic stream call driven from a blocking thread: each operation is started, then waited for. Every wait ends
// with the call's deadline, a margin later at the latest; who gives up leaves the object to gRPC, which drops it when
// the call has ended.
#pragma once

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

namespace lintel {

// What gRPC itself may take beyond a deadline to say that it passed. Reached only when it is stuck.
inline constexpr auto kDeadlineMargin = std::chrono::seconds(5);

class BlockingStream : public grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  // `prepare` sets deadline and metadata. For one thread.
  static std::shared_ptr<BlockingStream> Start(grpc::GenericStub& stub, const std::string& method,
                                               std::chrono::steady_clock::time_point deadline,
                                               const std::function<void(grpc::ClientContext&)>& prepare);

  // False when the call is over, or was given up.
  bool Write(grpc::ByteBuffer buffer, bool last);
  bool WritesDone();
  bool Read(grpc::ByteBuffer& buffer);

  void Cancel() { context_.TryCancel(); }
  // The end of the call, once; nothing else after it. DEADLINE_EXCEEDED when it was given up.
  grpc::Status Finish();

  void OnWriteDone(bool ok) override { Settle(ok); }
  void OnReadDone(bool ok) override { Settle(ok); }
  void OnWritesDoneDone(bool ok) override { Settle(ok); }
  void OnDone(const grpc::Status& status) override;

 private:
  explicit BlockingStream(std::chrono::steady_clock::time_point deadline) : until_(deadline + kDeadlineMargin) {}
  void Arm();
  void Settle(bool ok);
  bool Wait();

  const std::chrono::steady_clock::time_point until_;
  grpc::ClientContext context_;
  std::shared_ptr<BlockingStream> self_;  // Until OnDone.
  grpc::ByteBuffer out_;
  grpc::ByteBuffer in_;

  std::mutex mutex_;
  std::condition_variable changed_;
  bool settled_ = false;
  bool ok_ = false;
  bool given_up_ = false;
  bool done_ = false;
  grpc::Status status_;
};

}  // namespace lintel
