// UUIDv7 (RFC 9562 §5.7): unique without a round trip and ordered by time of birth.
#pragma once

#include <cstdint>
#include <string>

namespace lintel {

// A new id in canonical text, e.g. "0193a1b2-....". Ids of one process increase strictly. Threads: callable from any.
std::string NewId();

// Whether `text` is a UUID in canonical lower-case text.
bool IsId(const std::string& text);

// `bytes` random bytes in lower-case hex, from the operating system's generator: secrets, salts.
std::string RandomHex(int bytes);

}  // namespace lintel
