// Whether bytes are text that may go on: well-formed UTF-8 (RFC 3629: no overlong forms, no surrogates) without NUL,
// which PostgreSQL cannot store.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace lintel::gateway {

bool IsCleanUtf8(std::string_view bytes);

// Length of the well-formed sequence at the start of `bytes`, 0 when it is not one.
size_t Utf8SequenceLength(std::string_view bytes);

void AppendUtf8(uint32_t code_point, std::string& out);

// Visible ASCII and spaces only: what may go into a header or gRPC metadata.
bool IsPrintableAscii(std::string_view bytes);

}  // namespace lintel::gateway
