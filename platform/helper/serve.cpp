#include "platform/helper/serve.h"

#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>

namespace lintel {
namespace {

bool ReadAll(char* bytes, size_t count) {
  while (count > 0) {
    const ssize_t got = read(STDIN_FILENO, bytes, count);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    bytes += got;
    count -= static_cast<size_t>(got);
  }
  return true;
}

bool WriteAll(const char* bytes, size_t count) {
  while (count > 0) {
    const ssize_t sent = send(STDIN_FILENO, bytes, count, MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return false;
    bytes += sent;
    count -= static_cast<size_t>(sent);
  }
  return true;
}

}  // namespace

int ServeHelper(const std::function<std::string(std::string request)>& answer) {
  dup2(STDERR_FILENO, STDOUT_FILENO);
  uint32_t length = 0;
  while (ReadAll(reinterpret_cast<char*>(&length), sizeof length)) {
    std::string request(length, '\0');
    if (!ReadAll(request.data(), request.size())) return 1;
    const std::string reply = answer(std::move(request));
    const auto reply_length = static_cast<uint32_t>(reply.size());
    if (!WriteAll(reinterpret_cast<const char*>(&reply_length), sizeof reply_length)) return 1;
    if (!WriteAll(reply.data(), reply.size())) return 1;
  }
  return 0;
}

}  // namespace lintel
