// Tells Kamailio to forget an account at once: its cached HA1 and its registration (DESIGN 6). The view has forgotten
// it already; without this it would live on in Kamailio's memory until its registration ends.
#pragma once

#include <string>

namespace lintel::telephony {

class Registrar {
 public:
  // `socket`: Kamailio's JSON-RPC datagram socket, a path or host:port; empty: there is no Kamailio to tell.
  explicit Registrar(std::string socket) : socket_(std::move(socket)) {}

  // Waits for no answer. A Kamailio that is away has nothing cached.
  void Forget(const std::string& account, const std::string& domain) const;

  // Trunks changed: their addresses are read again.
  void ReadTrunks() const;

 private:
  void Send(const std::string& request) const;
  const std::string socket_;
};

}  // namespace lintel::telephony
