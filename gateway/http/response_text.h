// The head of an HTTP/1.1 answer as bytes. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "gateway/http/exchange.h"

namespace lintel::gateway {

struct Framing {
  std::optional<uint64_t> length;  // Content-Length.
  bool chunked = false;
  bool close = false;  // The connection ends after this answer.
};

// Values with line breaks are left out: nothing can be smuggled into a header.
std::string ResponseHead(const Response& response, const Framing& framing);

// One piece in chunked coding (RFC 9112 §7.1); an empty one ends the body.
std::string Chunk(const std::string& bytes);

}  // namespace lintel::gateway
