// /sip: a browser phone's tunnel to the SIP proxy, here a socket that the test holds.
#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include "gateway/limits.h"
#include "gateway/testing/running_gateway.h"

namespace lintel::gateway::testing {
namespace {

using ::testing::HasSubstr;

constexpr char kSwitching[] =
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
    "x\r\nSec-WebSocket-Protocol: sip\r\n\r\n";

// Listens like the proxy's WebSocket side.
class Proxy {
 public:
  Proxy() : listener_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 || listen(listener_, 4) != 0)
      throw std::runtime_error("no listener");
    getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
  }
  ~Proxy() {
    close(listener_);
    if (peer_ >= 0) close(peer_);
  }
  int port() const { return port_; }
  // The peer's address.
  std::string Accept() {
    sockaddr_in address{};
    socklen_t size = sizeof address;
    peer_ = accept(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    const timeval patience{.tv_sec = 10, .tv_usec = 0};
    setsockopt(peer_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    char text[INET_ADDRSTRLEN];
    return inet_ntop(AF_INET, &address.sin_addr, text, sizeof text);
  }
  std::string Read(const std::string& mark) {
    std::string text;
    char byte = 0;
    while (text.find(mark) == std::string::npos && recv(peer_, &byte, 1, 0) == 1) text += byte;
    return text;
  }
  void Send(const std::string& bytes) { send(peer_, bytes.data(), bytes.size(), MSG_NOSIGNAL); }

 private:
  int listener_;
  int peer_ = -1;
  int port_ = 0;
};

std::string Frame(const std::string& text) {
  return std::string("\x81") + static_cast<char>(0x80 | text.size()) + std::string(4, '\0') + text;
}

class Sip : public ::testing::Test {
 protected:
  std::string Handshake(const std::string& origin_host, const std::string& protocol = "sip") const {
    return "GET /sip HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: "
           "dGhlIHNhbXBsZSBub25jZQ==\r\n"
           "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: " +
           protocol + "\r\nOrigin: http://" + origin_host + "\r\nCookie: lintel_session=" + gateway_.Token() +
           "\r\n\r\n";
  }
  // A tunnel through which both ends can speak.
  void Open(HttpClient& client) {
    client.Send(Handshake("127.0.0.1"));
    EXPECT_EQ(proxy_.Accept(), "127.0.0.4");
    EXPECT_THAT(proxy_.Read("\r\n\r\n"), HasSubstr("Sec-WebSocket-Protocol: sip"));
    proxy_.Send(kSwitching);
    EXPECT_EQ(client.ReceiveHead().status, 101);
  }
  Proxy proxy_;
  RunningGateway gateway_{[](const FakeCall&) { return FakeAnswer{}; },
                          {.sip = {.host = "127.0.0.1", .port = proxy_.port(), .source = "127.0.0.4"}}};
};

TEST_F(Sip, IsTunnelledBothWaysFromItsOwnAddress) {
  HttpClient client(gateway_.port());
  Open(client);
  client.Send(Frame("REGISTER"));
  EXPECT_THAT(proxy_.Read("REGISTER"), HasSubstr("REGISTER"));
  proxy_.Send(
      "\x81\x03"
      "200");
  EXPECT_THAT(client.ReadUntil("200"), HasSubstr("200"));
}

TEST_F(Sip, EndsWithinFiveSecondsOfTheSession) {
  HttpClient client(gateway_.port());
  Open(client);
  gateway_.SetRights("");
  const auto from = std::chrono::steady_clock::now();
  EXPECT_TRUE(client.Closes());
  EXPECT_LT(std::chrono::steady_clock::now() - from, std::chrono::seconds(5));
}

TEST_F(Sip, EndsWhenAMessageIsTooLargeOrNoFrame) {
  HttpClient large(gateway_.port());
  Open(large);
  large.Send(std::string("\x81\xFE\xFF\xFF", 4) + std::string(1000, '\0'));
  EXPECT_TRUE(large.Closes());
  HttpClient unmasked(gateway_.port());
  Open(unmasked);
  unmasked.Send("\x81\x05hello");
  EXPECT_TRUE(unmasked.Closes());
}

TEST_F(Sip, EndsWhenTooManyMessagesCome) {
  HttpClient client(gateway_.port());
  Open(client);
  std::string flood;
  for (int i = 0; i < limits::kSipBurst * 3; ++i) flood += Frame("x");
  client.Send(flood);
  EXPECT_TRUE(client.Closes());
}

TEST_F(Sip, RefusesOtherOriginsStrangersAndPlainRequests) {
  const auto status = [&](const std::string& handshake) {
    HttpClient client(gateway_.port());
    client.Send(handshake);
    return client.Receive().status;
  };
  EXPECT_EQ(status(Handshake("evil.example")), 403);
  EXPECT_EQ(status(Handshake("127.0.0.1", "chat")), 426);
  EXPECT_EQ(gateway_.Ask("GET", "/sip", gateway_.Bearer()).status, 426);
  std::string stranger = Handshake("127.0.0.1");
  stranger.replace(stranger.find("Cookie:"), 7, "X-Cook:");
  EXPECT_EQ(status(stranger), 401);
}

TEST_F(Sip, SaysThatThePhoneServiceIsAway) {
  RunningGateway without([](const FakeCall&) { return FakeAnswer{}; },
                         {.sip = {.host = "127.0.0.1", .port = 1, .source = ""}});
  HttpClient client(without.port());
  std::string handshake = Handshake("127.0.0.1");
  const size_t token = handshake.find("lintel_session=");
  handshake.replace(token, std::string::npos, "lintel_session=" + without.Token() + "\r\n\r\n");
  client.Send(handshake);
  EXPECT_EQ(client.Receive().status, 503);
}

}  // namespace
}  // namespace lintel::gateway::testing
