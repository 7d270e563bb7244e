#include "services/telephony/app/registrar.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>

namespace lintel::telephony {
namespace {

using testing::HasSubstr;

// Kamailio's end: what arrives within two seconds, or nothing.
std::string Next(int descriptor) {
  const timeval patience{.tv_sec = 2, .tv_usec = 0};
  setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  char text[1024];
  const ssize_t size = recv(descriptor, text, sizeof text, 0);
  return size < 0 ? "" : std::string(text, static_cast<size_t>(size));
}

void ExpectToForget(const Registrar& registrar, int kamailio) {
  registrar.Forget("a1b2", "lintel.local");
  EXPECT_THAT(Next(kamailio), HasSubstr(R"("htable.delete","params":["ha1","a1b2@lintel.local"])"));
  EXPECT_THAT(Next(kamailio), HasSubstr(R"("ul.rm","params":["location","a1b2@lintel.local"])"));
  close(kamailio);
}

TEST(Registrar, TellsAKamailioOnThisHostByItsSocket) {
  sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
  const std::string path = fmt::format("{}/registrar-{}", testing::TempDir(), getpid());
  std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
  const int kamailio = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  ASSERT_EQ(bind(kamailio, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  ExpectToForget(Registrar(path), kamailio);
  unlink(path.c_str());
}

TEST(Registrar, TellsAKamailioElsewhereByHostAndPort) {
  sockaddr_in address{.sin_family = AF_INET};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int kamailio = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  ASSERT_EQ(bind(kamailio, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  socklen_t size = sizeof address;
  ASSERT_EQ(getsockname(kamailio, reinterpret_cast<sockaddr*>(&address), &size), 0);
  ExpectToForget(Registrar(fmt::format("localhost:{}", ntohs(address.sin_port))), kamailio);
}

TEST(Registrar, ToleratesAKamailioThatIsAwayOrNowhere) {
  for (const char* where : {"", "/nonexistent/rpc.sock", "localhost", "no such host:1", "localhost:no port"}) {
    Registrar(where).Forget("a1b2", "lintel.local");
  }
}

}  // namespace
}  // namespace lintel::telephony
