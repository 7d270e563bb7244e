#include "platform/redis/redis.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "platform/ids/ids.h"
#include "platform/status/status.h"
#include "platform/testing/database.h"

namespace lintel {
namespace {

Redis::Deadline In(int milliseconds) {
  return std::chrono::steady_clock::now() + std::chrono::milliseconds(milliseconds);
}

TEST(Redis, AnswersWithAnyBytes) {
  Redis redis(testing::TestRedis());
  const std::string key = "t:" + NewId();
  const std::string bytes("a\0b\xff", 4);
  ASSERT_TRUE(redis.Run({"SET", key, bytes, "PX", "60000"}, In(2000)).ok());
  EXPECT_EQ(redis.Run({"GET", key}, In(2000))->text, bytes);
  EXPECT_EQ(redis.Run({"DEL", key}, In(2000))->integer, 1);
  EXPECT_EQ(redis.Run({"GET", key}, In(2000))->kind, RedisReply::Kind::kNil);
}

TEST(Redis, SaysWhatRedisRefusedAndGoesOn) {
  Redis redis(testing::TestRedis());
  EXPECT_EQ(redis.Run({"NOSUCH"}, In(2000)).status().code(), absl::StatusCode::kInternal);
  const auto replies = redis.RunAll({{"ECHO", "1"}, {"NOSUCH"}, {"ECHO", "2"}}, In(2000));
  ASSERT_TRUE(replies.ok());
  EXPECT_EQ((*replies)[1].kind, RedisReply::Kind::kError);
  EXPECT_EQ((*replies)[2].text, "2");
}

TEST(Redis, IsAwayWhenNothingListens) {
  Redis redis("/tmp/there-is-no-such-socket");
  EXPECT_EQ(ReasonOf(redis.Run({"PING"}, In(500)).status()), "REDIS_AWAY");
}

TEST(Redis, ReplacesAConnectionThatWasClosedWhileItLayIdle) {
  Redis redis(testing::TestRedis());
  const auto id = redis.Run({"CLIENT", "ID"}, In(2000));
  ASSERT_TRUE(id.ok());
  Redis other(testing::TestRedis());
  ASSERT_TRUE(other.Run({"CLIENT", "KILL", "ID", std::to_string(id->integer)}, In(2000)).ok());
  EXPECT_EQ(redis.Run({"ECHO", "again"}, In(2000))->text, "again");
}

TEST(Redis, AnAnswerThatIsLateIsADeadlineExceeded) {
  // Somebody who listens and never answers.
  const std::string path = "/tmp/lintel-silent-" + RandomHex(4);
  const int socket_fd = ::socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{.sun_family = AF_UNIX};
  path.copy(address.sun_path, sizeof(address.sun_path) - 1);
  ASSERT_EQ(::bind(socket_fd, reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
  ASSERT_EQ(::listen(socket_fd, 4), 0);
  Redis redis(path);
  EXPECT_EQ(redis.Run({"PING"}, In(100)).status().code(), absl::StatusCode::kDeadlineExceeded);
  ::close(socket_fd);
  ::unlink(path.c_str());
}

}  // namespace
}  // namespace lintel
