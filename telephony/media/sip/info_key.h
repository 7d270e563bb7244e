// Keys that phones send as SIP INFO instead of RTP events. Pure.
#pragma once

#include <optional>
#include <string>

namespace lintel::media {

// The key of an application/dtmf-relay body ("Signal=5\r\nDuration=160"); nothing for anything else.
std::optional<char> KeyOfInfo(const std::string& content_type, const std::string& body);

}  // namespace lintel::media
