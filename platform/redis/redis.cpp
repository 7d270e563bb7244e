#include "platform/redis/redis.h"

#include <hiredis/hiredis.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>

#include "platform/status/status.h"

namespace lintel {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr auto kConnectTimeout = std::chrono::milliseconds(1000);
constexpr size_t kMostIdle = 16;

absl::Status Away(const std::string& why) {
  return WithReason(absl::StatusCode::kUnavailable, "REDIS_AWAY", "redis: " + why);
}

// At least a millisecond: hiredis takes zero for "for ever".
timeval Left(SteadyClock::time_point deadline) {
  const auto left = std::max<std::chrono::microseconds>(
      std::chrono::duration_cast<std::chrono::microseconds>(deadline - SteadyClock::now()),
      std::chrono::milliseconds(1));
  return {.tv_sec = left.count() / 1'000'000, .tv_usec = left.count() % 1'000'000};
}

RedisReply ToReply(const redisReply& raw) {
  RedisReply reply;
  switch (raw.type) {
    case REDIS_REPLY_INTEGER:
      reply.kind = RedisReply::Kind::kInteger;
      reply.integer = raw.integer;
      break;
    case REDIS_REPLY_STRING:
    case REDIS_REPLY_STATUS:
      reply.kind = RedisReply::Kind::kText;
      reply.text.assign(raw.str, raw.len);
      break;
    case REDIS_REPLY_ERROR:
      reply.kind = RedisReply::Kind::kError;
      reply.text.assign(raw.str, raw.len);
      break;
    case REDIS_REPLY_ARRAY:
      reply.kind = RedisReply::Kind::kArray;
      for (size_t i = 0; i < raw.elements; ++i) reply.items.push_back(ToReply(*raw.element[i]));
      break;
    default:
      break;
  }
  return reply;
}

absl::Status Judge(const redisContext& context) {
  if (context.err == REDIS_ERR_IO && (errno == EAGAIN || errno == EWOULDBLOCK)) {
    return absl::DeadlineExceededError("redis did not answer in time");
  }
  return Away(context.errstr);
}

absl::Status Append(redisContext& context, const RedisCommand& command) {
  std::vector<const char*> words;
  std::vector<size_t> lengths;
  for (const std::string& word : command) {
    words.push_back(word.data());
    lengths.push_back(word.size());
  }
  if (redisAppendCommandArgv(&context, static_cast<int>(words.size()), words.data(), lengths.data()) == REDIS_OK) {
    return absl::OkStatus();
  }
  return Judge(context);
}

}  // namespace

void Redis::Close::operator()(redisContext* context) const { redisFree(context); }

Redis::Redis(std::string address) : address_(std::move(address)) { std::signal(SIGPIPE, SIG_IGN); }

Redis::~Redis() = default;

absl::StatusOr<Redis::Connection> Redis::Connect(Deadline deadline) const {
  const timeval limit = Left(std::min(deadline, SteadyClock::now() + kConnectTimeout));
  const size_t colon = address_.rfind(':');
  Connection connection;
  if (address_.starts_with('/') || colon == std::string::npos) {
    connection.reset(redisConnectUnixWithTimeout(address_.c_str(), limit));
  } else {
    connection.reset(redisConnectWithTimeout(address_.substr(0, colon).c_str(),
                                             static_cast<int>(std::strtol(address_.c_str() + colon + 1, nullptr, 10)),
                                             limit));
  }
  if (!connection) return Away("out of memory");
  if (connection->err != 0) return Away(connection->errstr);
  return connection;
}

Redis::Connection Redis::TakeIdle() {
  const std::lock_guard lock(mutex_);
  if (idle_.empty()) return nullptr;
  Connection connection = std::move(idle_.back());
  idle_.pop_back();
  return connection;
}

void Redis::Return(Connection connection) {
  const std::lock_guard lock(mutex_);
  if (idle_.size() < kMostIdle) idle_.push_back(std::move(connection));
}

absl::StatusOr<std::vector<RedisReply>> Redis::Exchange(redisContext& context,
                                                        const std::vector<RedisCommand>& commands, Deadline deadline) {
  for (const RedisCommand& command : commands) RETURN_IF_ERROR(Append(context, command));
  std::vector<RedisReply> replies;
  for (size_t i = 0; i < commands.size(); ++i) {
    if (redisSetTimeout(&context, Left(deadline)) != REDIS_OK) return Judge(context);
    void* raw = nullptr;
    if (redisGetReply(&context, &raw) != REDIS_OK) return Judge(context);
    replies.push_back(ToReply(*static_cast<redisReply*>(raw)));
    freeReplyObject(raw);
  }
  return replies;
}

absl::StatusOr<std::vector<RedisReply>> Redis::RunAll(const std::vector<RedisCommand>& commands, Deadline deadline) {
  if (Connection idle = TakeIdle()) {
    absl::StatusOr<std::vector<RedisReply>> replies = Exchange(*idle, commands, deadline);
    if (replies.ok()) Return(std::move(idle));
    if (replies.ok() || replies.status().code() == absl::StatusCode::kDeadlineExceeded) return replies;
  }
  ASSIGN_OR_RETURN(Connection fresh, Connect(deadline));
  ASSIGN_OR_RETURN(std::vector<RedisReply> replies, Exchange(*fresh, commands, deadline));
  Return(std::move(fresh));
  return replies;
}

absl::StatusOr<RedisReply> Redis::Run(const RedisCommand& command, Deadline deadline) {
  ASSIGN_OR_RETURN(std::vector<RedisReply> replies, RunAll({command}, deadline));
  if (replies[0].kind == RedisReply::Kind::kError) return absl::InternalError("redis: " + replies[0].text);
  return std::move(replies[0]);
}

}  // namespace lintel
