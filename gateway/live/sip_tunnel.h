// /sip: a browser phone's WebSocket, tunnelled to the SIP proxy for a valid session and our own origin. The gateway
// reads frame headers only: their shape, the size and the rate of messages.
#pragma once

#include <memory>
#include <string>

#include "gateway/call/turn.h"
#include "gateway/http/server.h"
#include "gateway/live/session_watch.h"

namespace lintel::gateway {

struct SipProxy {
  std::string host;  // Empty: there is no phone service.
  int port = 0;
  std::string source;  // Address to connect from: the proxy knows by it that no trunk calls.
};

// UNIMPLEMENTED UPGRADE_EXPECTED (426) without a WebSocket handshake for `sip`; PERMISSION_DENIED ORIGIN_FOREIGN;
// UNAVAILABLE PHONE_AWAY; else as SessionWatch::Open. Closes with 1008 when the session ends or a limit is passed.
void ServeSip(std::shared_ptr<Turn> turn, const SipProxy& proxy, HttpServer& server, SessionWatch& sessions);

}  // namespace lintel::gateway
