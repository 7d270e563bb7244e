#include "platform/server/reactor.h"

#include <pqxx/pqxx>

#include "platform/client/wire_status.h"
#include "platform/log/log.h"

namespace lintel {
namespace {

using SteadyClock = std::chrono::steady_clock;

// Of a unary call whose client set no deadline, or a longer one.
constexpr auto kLongestCall = std::chrono::seconds(60);
// How long what is in flight may still take when the call's time is over; and when it was cancelled.
constexpr auto kSettleTime = std::chrono::seconds(1);

SteadyClock::time_point SteadyDeadline(const grpc::GenericCallbackServerContext& context, SteadyClock::duration most) {
  const auto now = SteadyClock::now();
  const auto asked = context.deadline();
  if (asked == std::chrono::system_clock::time_point::max()) return now + most;
  const auto left = std::chrono::duration_cast<SteadyClock::duration>(asked - std::chrono::system_clock::now());
  return now + std::min(left, most);
}

SteadyClock::duration LongestOf(const ServerCore& core, const ServedMethod& method) {
  if (method.handler.kind == rpc::Handler::Kind::kUnary) return kLongestCall;
  return core.longest_stream;
}

}  // namespace

RpcReactor::RpcReactor(ServerCore& core, const ServedMethod& method, grpc::GenericCallbackServerContext* context)
    : core_(core), method_(method), context_(context), deadline_(SteadyDeadline(*context, LongestOf(core, method))) {
  if (method_.handler.kind == rpc::Handler::Kind::kClientStream) {
    Dispatch();
  } else {
    StartRead(&in_);
  }
}

void RpcReactor::OnReadDone(bool ok) {
  if (dispatched_) return Settle(ok);
  if (!ok) {
    Finish(grpc::Status(grpc::StatusCode::INVALID_ARGUMENT, "the request never came"));
    return;
  }
  Dispatch();
}

void RpcReactor::Dispatch() {
  dispatched_ = true;
  Executor& executor = method_.handler.kind == rpc::Handler::Kind::kUnary ? core_.calls : core_.streams;
  if (executor.Submit([this] { Run(); })) return;
  End(ReadParts(), WithReason(absl::StatusCode::kResourceExhausted, "OVERLOADED", "too many calls are waiting"));
}

Call::Parts RpcReactor::ReadParts() {
  Call::Parts parts{.method = method_.name, .deadline = deadline_, .cancelled = [this] { return cancelled(); }};
  for (const auto& [key, value] : context_->client_metadata()) {
    parts.metadata[std::string(key.data(), key.size())] = std::string(value.data(), value.size());
  }
  const auto take = [&](const char* key) {
    const auto found = parts.metadata.find(key);
    return found == parts.metadata.end() ? std::string() : found->second;
  };
  parts.request_id = take("x-request-id");
  parts.traceparent = take("traceparent");
  parts.language = take("accept-language");
  const std::string authorization = take("authorization");
  if (authorization.rfind("Bearer ", 0) == 0) parts.token = authorization.substr(7);
  return parts;
}

void RpcReactor::Run() {
  Call::Parts parts = ReadParts();
  absl::StatusOr<Principal> principal = core_.gate.Admit(method_.rule, parts.token);
  if (!principal.ok()) return End(parts, principal.status());
  parts.principal = *std::move(principal);
  parts.scope = parts.principal.ScopeOf(method_.rule.right());
  const Call call(parts);
  call_ = &call;
  absl::Status status;
  try {
    status = RunHandler(call);
  } catch (const pqxx::broken_connection& lost) {
    status = WithReason(absl::StatusCode::kUnavailable, "DATABASE_AWAY", lost.what());
  } catch (const std::exception& failure) {
    status = absl::InternalError(failure.what());
  }
  SendReplyMetadata(call);
  call_ = nullptr;
  End(parts, status);
}

absl::Status RpcReactor::RunHandler(const Call& call) {
  const rpc::Handler& handler = method_.handler;
  if (handler.kind == rpc::Handler::Kind::kUnary) return handler.unary(call, in_, out_);
  if (handler.kind == rpc::Handler::Kind::kServerStream) return handler.server_stream(call, in_, *this);
  return handler.client_stream(call, *this, out_);
}

void RpcReactor::SendReplyMetadata(const Call& call) {
  if (metadata_sent_) return;
  metadata_sent_ = true;
  for (const auto& [key, value] : call.reply_metadata()) context_->AddInitialMetadata(key, value);
}

void RpcReactor::End(const Call::Parts& parts, const absl::Status& status) {
  const auto took = std::chrono::steady_clock::now() - started_at_;
  const std::string code(absl::StatusCodeToString(status.code()));
  core_.metrics.ObserveRpc(method_.name, code, took);
  log::Fields fields{{"method", method_.name},
                     {"code", code},
                     {"requestId", parts.request_id},
                     {"trace", parts.traceparent},
                     {"tenant", std::to_string(parts.principal.tenant)},
                     {"us", std::to_string(std::chrono::duration_cast<std::chrono::microseconds>(took).count())}};
  if (!status.ok()) fields["reason"] = ReasonOf(status);
  const bool ours = status.code() == absl::StatusCode::kInternal || status.code() == absl::StatusCode::kUnknown;
  if (ours) fields["error"] = std::string(status.message());
  ours ? log::Error("rpc", fields) : log::Info("rpc", fields);

  if (!status.ok()) {
    Finish(ToGrpc(status, core_.reasons.Text(status, parts.language), LanguageOf(parts.language)));
  } else if (method_.handler.kind == rpc::Handler::Kind::kServerStream) {
    Finish(grpc::Status::OK);
  } else {
    StartWriteAndFinish(&out_, grpc::WriteOptions(), grpc::Status::OK);
  }
}

bool RpcReactor::Write(const rpc::Message& message) {
  out_.Clear();  // It still holds the previous item, and gRPC asserts that it writes into an empty one.
  if (cancelled() || !rpc::Serialize(message, out_).ok()) return false;
  if (call_ != nullptr) SendReplyMetadata(*call_);
  {
    const std::lock_guard lock(mutex_);
    settled_ = false;
  }
  StartWrite(&out_);
  return WaitSettled();
}

bool RpcReactor::Read(rpc::Message* message) {
  if (cancelled()) return false;
  {
    const std::lock_guard lock(mutex_);
    settled_ = false;
  }
  in_.Clear();
  StartRead(&in_);
  return WaitSettled() && rpc::Parse(in_, message).ok();
}

void RpcReactor::Settle(bool ok) {
  const std::lock_guard lock(mutex_);
  settled_ = true;
  ok_ = ok;
  changed_.notify_all();
}

bool RpcReactor::WaitSettled() {
  const auto settled = [&] { return settled_; };
  std::unique_lock lock(mutex_);
  const auto until = std::min(deadline_ + kSettleTime, SteadyClock::now() + core_.longest_stall);
  if (changed_.wait_until(lock, until, settled)) return ok_;
  lock.unlock();
  cancelled_.store(true);
  context_->TryCancel();
  lock.lock();
  return changed_.wait_for(lock, kSettleTime, settled) && ok_;
}

}  // namespace lintel
