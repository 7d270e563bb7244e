#include "platform/metrics/metrics.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>

namespace lintel {
namespace {

constexpr char kLoopback[] = "127.0.0.1";
constexpr char kOther[] = "127.0.0.9";

int Socket(const char* host, int port, int (*act)(int, const sockaddr*, socklen_t)) {
  sockaddr_in address{.sin_family = AF_INET, .sin_port = htons(static_cast<uint16_t>(port))};
  inet_pton(AF_INET, host, &address.sin_addr);
  const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (act(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) return descriptor;
  close(descriptor);
  return -1;
}

int FreePort() {
  const int descriptor = Socket(kLoopback, 0, &bind);
  sockaddr_in address{};
  socklen_t size = sizeof address;
  getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size);
  close(descriptor);
  return ntohs(address.sin_port);
}

bool Answers(const char* host, int port) {
  const int descriptor = Socket(host, port, &connect);
  if (descriptor >= 0) close(descriptor);
  return descriptor >= 0;
}

TEST(Metrics, AreServedOnLoopbackAlone) {
  unsetenv("LINTEL_METRICS_HOST");
  const int port = FreePort();
  Metrics metrics("test");
  metrics.Serve(port);
  EXPECT_TRUE(Answers(kLoopback, port));
  EXPECT_FALSE(Answers(kOther, port));
}

TEST(Metrics, AreServedWhereLintelMetricsHostSays) {
  setenv("LINTEL_METRICS_HOST", kOther, 1);
  const int port = FreePort();
  Metrics metrics("test");
  metrics.Serve(port);
  unsetenv("LINTEL_METRICS_HOST");
  EXPECT_TRUE(Answers(kOther, port));
  EXPECT_FALSE(Answers(kLoopback, port));
}

}  // namespace
}  // namespace lintel
