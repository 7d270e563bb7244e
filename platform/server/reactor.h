// One RPC on gRPC's callback API, driven to its end by a handler on an executor thread.
#pragma once

#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/grpcpp.h>

#include <condition_variable>
#include <mutex>

#include "lintel/auth/rule.pb.h"
#include "platform/i18n/reasons.h"
#include "platform/metrics/metrics.h"
#include "platform/server/executor.h"
#include "platform/server/gate.h"
#include "platform/server/rpc.h"

namespace lintel {

struct ServedMethod {
  std::string name;  // "lintel.x.v1.XService/Method"
  auth::Rule rule;
  rpc::Handler handler;
};

// What all RPCs of a server share.
struct ServerCore {
  Gate gate;
  const Reasons& reasons;
  Metrics& metrics;
  std::chrono::milliseconds longest_stream;
  std::chrono::milliseconds longest_stall;
  Executor calls;
  Executor streams;
};

// Deletes itself in OnDone, which gRPC calls after Finish and after every started operation has settled.
class RpcReactor : public grpc::ServerGenericBidiReactor, public rpc::ByteWriter, public rpc::ByteReader {
 public:
  RpcReactor(ServerCore& core, const ServedMethod& method, grpc::GenericCallbackServerContext* context);

  bool Write(const rpc::Message& message) override;
  bool Read(rpc::Message* message) override;
  // The client left, a wait for it was given up, or the stream has lasted as long as any may.
  bool cancelled() const override { return cancelled_.load() || std::chrono::steady_clock::now() >= deadline_; }

  void OnReadDone(bool ok) override;
  void OnWriteDone(bool ok) override { Settle(ok); }
  void OnCancel() override { cancelled_.store(true); }
  void OnDone() override { delete this; }

 private:
  void Dispatch();
  void Run();
  absl::Status RunHandler(const Call& call);
  Call::Parts ReadParts();
  void SendReplyMetadata(const Call& call);
  void End(const Call::Parts& parts, const absl::Status& status);
  void Settle(bool ok);
  // Whether the started operation succeeded. It waits no longer than the call may last and than a client may stall;
  // then the call is cancelled, which settles what is in flight.
  bool WaitSettled();

  ServerCore& core_;
  const ServedMethod& method_;
  grpc::GenericCallbackServerContext* const context_;
  const std::chrono::steady_clock::time_point started_at_ = std::chrono::steady_clock::now();
  const std::chrono::steady_clock::time_point deadline_;
  std::atomic<bool> cancelled_{false};
  const Call* call_ = nullptr;  // While the handler runs.
  bool metadata_sent_ = false;
  bool dispatched_ = false;
  grpc::ByteBuffer in_;
  grpc::ByteBuffer out_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool settled_ = false;
  bool ok_ = false;
};

}  // namespace lintel
