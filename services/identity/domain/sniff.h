// What a file is, by its first bytes and never by its name or by what was claimed.
#pragma once

#include <string>

namespace lintel::identity {

inline constexpr size_t kSniffBytes = 4096;

// A media type: "image/png", "application/pdf", the Office types, "text/plain"; "application/octet-stream" otherwise.
std::string SniffType(const std::string& first_bytes);

// The last part of a path without control characters, at most 200 bytes of whole characters.
std::string SafeFilename(const std::string& filename);

}  // namespace lintel::identity
