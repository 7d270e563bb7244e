#include "services/identity/app/scanner.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>

#include "platform/status/status.h"

namespace lintel::identity {
namespace {

constexpr timeval kPatience{.tv_sec = 30, .tv_usec = 0};

absl::Status Away() {
  return WithReason(absl::StatusCode::kUnavailable, "SCANNER_AWAY", "the virus scanner does not answer");
}

class Connection {
 public:
  explicit Connection(const std::string& path) : socket_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (socket_ < 0 || path.size() >= sizeof address.sun_path) return;
    std::memcpy(address.sun_path, path.data(), path.size());
    setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &kPatience, sizeof kPatience);
    setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &kPatience, sizeof kPatience);
    open_ = ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  }
  ~Connection() {
    if (socket_ >= 0) ::close(socket_);
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  bool open() const { return open_; }

  bool Send(const std::string& bytes) {
    for (size_t at = 0; at < bytes.size();) {
      const ssize_t sent = ::send(socket_, bytes.data() + at, bytes.size() - at, MSG_NOSIGNAL);
      if (sent <= 0) return false;
      at += static_cast<size_t>(sent);
    }
    return true;
  }

  // Everything until the peer closes, at most 4 KiB.
  std::string ReadAll() {
    std::string answer;
    char piece[512];
    ssize_t count = 0;
    while (answer.size() < 4096 && (count = ::recv(socket_, piece, sizeof piece, 0)) > 0) answer.append(piece, count);
    return answer;
  }

 private:
  int socket_;
  bool open_ = false;
};

std::string Framed(const std::string& piece) {
  const uint32_t size = htonl(static_cast<uint32_t>(piece.size()));
  return std::string(reinterpret_cast<const char*>(&size), sizeof size) + piece;
}

}  // namespace

absl::StatusOr<ScanResult> Scanner::Scan(const Pieces& each) const {
  if (socket_.empty()) return ScanResult::kNoScanner;
  Connection clamd(socket_);
  if (!clamd.open() || !clamd.Send(std::string("zINSTREAM\0", 10))) return Away();
  bool sent = true;
  RETURN_IF_ERROR(each([&](const std::string& piece) { return sent = piece.empty() || clamd.Send(Framed(piece)); }));
  if (!sent || !clamd.Send(Framed(""))) return Away();
  const std::string answer = clamd.ReadAll();
  if (answer.find("FOUND") != std::string::npos) return ScanResult::kInfected;
  if (answer.find("stream: OK") != std::string::npos) return ScanResult::kClean;
  return Away();
}

}  // namespace lintel::identity
