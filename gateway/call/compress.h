// gzip and brotli for bodies that gain from it.
#pragma once

#include <string>
#include <string_view>

namespace lintel::gateway {

enum class Coding { kNone, kGzip, kBrotli };

// The best coding an Accept-Encoding header allows (q=0 forbids).
Coding ChooseCoding(std::string_view accept_encoding);
const char* CodingName(Coding coding);

// `thorough` for what is compressed once and served often.
std::string Compress(const std::string& bytes, Coding coding, bool thorough);

// Text, JSON, scripts, SVG; not pictures, archives or audio.
bool IsCompressible(std::string_view content_type);

}  // namespace lintel::gateway
