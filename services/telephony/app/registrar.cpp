#include "services/telephony/app/registrar.h"

#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>

#include "platform/log/log.h"

namespace lintel::telephony {

void Registrar::Forget(const std::string& account, const std::string& domain) const {
  if (socket_.empty()) return;
  // Accounts are of our own making: lower-case hex, nothing to quote.
  Send(fmt::format(R"({{"jsonrpc":"2.0","method":"htable.delete","params":["ha1","{}@{}"],"id":1}})", account, domain));
  Send(fmt::format(R"({{"jsonrpc":"2.0","method":"ul.rm","params":["location","{}@{}"],"id":2}})", account, domain));
}

void Registrar::ReadTrunks() const {
  if (!socket_.empty()) Send(R"({"jsonrpc":"2.0","method":"htable.reload","params":["trunks"],"id":3})");
}

void Registrar::Send(const std::string& request) const {
  sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
  if (socket_.size() >= sizeof address.sun_path) return;
  std::memcpy(address.sun_path, socket_.c_str(), socket_.size() + 1);
  const int descriptor = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (descriptor < 0) return;
  const ssize_t sent = sendto(descriptor, request.data(), request.size(), 0,
                              reinterpret_cast<const sockaddr*>(&address), sizeof address);
  if (sent < 0) log::Warn("Kamailio could not be told to forget an account", {{"errno", std::to_string(errno)}});
  close(descriptor);
}

}  // namespace lintel::telephony
