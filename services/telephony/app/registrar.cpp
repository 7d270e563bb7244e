#include "services/telephony/app/registrar.h"

#include <fmt/format.h>
#include <netdb.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <memory>

#include "platform/log/log.h"

namespace lintel::telephony {
namespace {

// The sizes of the addresses they write; 0: it is none.
socklen_t LocalAddress(const std::string& path, sockaddr_storage& address) {
  sockaddr_un local{.sun_family = AF_UNIX, .sun_path = {}};
  if (path.size() >= sizeof local.sun_path) return 0;
  std::memcpy(local.sun_path, path.c_str(), path.size() + 1);
  std::memcpy(&address, &local, sizeof local);
  return sizeof local;
}

// "kamailio:8091", looked up each time: in a cluster it comes back at another address.
socklen_t HostAddress(const std::string& text, sockaddr_storage& address) {
  const size_t colon = text.rfind(':');
  if (colon == std::string::npos) return 0;
  const addrinfo wanted{.ai_family = AF_INET, .ai_socktype = SOCK_DGRAM};
  addrinfo* found = nullptr;
  if (getaddrinfo(text.substr(0, colon).c_str(), text.c_str() + colon + 1, &wanted, &found) != 0) return 0;
  const std::unique_ptr<addrinfo, void (*)(addrinfo*)> owner(found, &freeaddrinfo);
  std::memcpy(&address, found->ai_addr, found->ai_addrlen);
  return found->ai_addrlen;
}

}  // namespace

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
  sockaddr_storage address{};
  const socklen_t size = socket_.starts_with('/') ? LocalAddress(socket_, address) : HostAddress(socket_, address);
  const int descriptor = size == 0 ? -1 : socket(address.ss_family, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  const ssize_t sent = descriptor < 0 ? -1
                                      : sendto(descriptor, request.data(), request.size(), 0,
                                               reinterpret_cast<sockaddr*>(&address), size);
  if (sent < 0) log::Warn("Kamailio could not be told to forget an account", {{"errno", std::to_string(errno)}});
  if (descriptor >= 0) close(descriptor);
}

}  // namespace lintel::telephony
