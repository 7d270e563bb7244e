// The services behind the gateway: one channel each, calls as bytes through gRPC's generic stub.
#pragma once

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "absl/status/statusor.h"

namespace lintel::gateway {

class StreamCall;

// Headers of a call or an answer; names in lower case.
using CallMetadata = std::map<std::string, std::string>;

class Backend {
 public:
  Backend(std::string name, const std::string& address);

  struct Answer {
    grpc::Status status;
    grpc::ByteBuffer bytes;
    CallMetadata metadata;
  };
  // `done` runs on a thread of gRPC's, once. What comes back cancels the call: `done` then gets CANCELLED, unless it
  // had an answer already. Threads: any.
  std::function<void()> Call(const std::string& method, grpc::ByteBuffer request, const CallMetadata& metadata,
                             std::chrono::milliseconds patience, std::function<void(Answer)> done);

  // Connected, or able to connect at once.
  bool Reachable();
  const std::string& name() const { return name_; }
  // Ends what is still running and waits for it: afterwards no callback comes any more.
  void CancelAll();

 private:
  friend class StreamCall;
  void Ended(const void* call);

  const std::string name_;
  const std::shared_ptr<grpc::Channel> channel_;
  grpc::GenericStub stub_;
  std::mutex mutex_;
  std::condition_variable ended_;
  std::map<const void*, std::function<void()>> running_;  // How to cancel each.
};

// One call whose sides are streams; a unary call is one with a single message each way. Everything but the callbacks
// may be called from any thread. At most one Write and one Read at a time. It lives until `done` was called, which
// needs a Read that answered false, or Abandon.
class StreamCall : public grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>,
                   public std::enable_shared_from_this<StreamCall> {
 public:
  // `patience` absent: no deadline.
  static std::shared_ptr<StreamCall> Start(Backend& backend, const std::string& method, const CallMetadata& metadata,
                                           std::optional<std::chrono::milliseconds> patience,
                                           std::function<void(const grpc::Status&)> done);

  void Write(grpc::ByteBuffer message, bool last, std::function<void(bool)> written);
  void CloseWrites();
  // False at the end of the stream. Metadata of the answer is there once this was called back.
  void Read(std::function<void(bool, grpc::ByteBuffer&)> read);
  // Nobody wants the rest: cancels, and lets the call end by itself.
  void Abandon();
  CallMetadata AnswerMetadata() const;

  void OnWriteDone(bool ok) override;
  void OnReadDone(bool ok) override;
  void OnDone(const grpc::Status& status) override;

 private:
  StreamCall(Backend& backend, std::function<void(const grpc::Status&)> done)
      : backend_(backend), done_(std::move(done)) {}
  void Release();

  Backend& backend_;
  grpc::ClientContext context_;
  grpc::ByteBuffer out_;
  grpc::ByteBuffer in_;
  std::function<void(bool)> written_;
  std::function<void(bool, grpc::ByteBuffer&)> read_;
  std::function<void(const grpc::Status&)> done_;
  std::shared_ptr<StreamCall> self_;
  std::mutex mutex_;
  bool reading_ = false;
  bool released_ = false;
};

class Backends {
 public:
  // "one=127.0.0.1:9001,two=...". INVALID_ARGUMENT names the part that is malformed.
  static absl::StatusOr<std::unique_ptr<Backends>> Parse(const std::string& text);
  // Null: not listed.
  Backend* Find(const std::string& name);
  const std::map<std::string, std::unique_ptr<Backend>>& all() const { return backends_; }
  void CancelAll();

 private:
  std::map<std::string, std::unique_ptr<Backend>> backends_;
};

// UNAVAILABLE SERVICE_AWAY naming the service.
absl::Status ServiceAway(const std::string& service);

grpc::ByteBuffer ToBuffer(const std::string& bytes);
std::string ToBytes(const grpc::ByteBuffer& buffer);

}  // namespace lintel::gateway
