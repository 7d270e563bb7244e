// Conditional and partial requests (RFC 9110 §13, §14): the comparing; services know the etags and the bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lintel::gateway {

// Weak comparison of `etag` (bare, without quotes) with an If-None-Match list; "*" matches anything.
bool EtagMatches(std::string_view if_none_match, std::string_view etag);

// The bare text of a client's or a service's etag: without W/ and quotes.
std::string BareEtag(std::string_view etag);

// One range of "bytes=0-99", "bytes=100-", "bytes=-500". Nothing for several ranges or other units: those are ignored,
// as the standard allows.
struct ByteRange {
  std::optional<uint64_t> first;
  std::optional<uint64_t> last;  // With `first` absent: how many at the end.

  struct Span {
    uint64_t first;
    uint64_t last;
  };
  // The bytes it means in a body of `total`; nothing when it cannot be satisfied.
  std::optional<Span> Within(uint64_t total) const;
};
std::optional<ByteRange> ParseByteRange(std::string_view header);

// attachment or inline; a name in UTF-8 travels by RFC 6266 and 8187.
std::string ContentDisposition(const std::string& filename, bool attachment);
// The name of a Content-Disposition; empty when there is none.
std::string FilenameOf(std::string_view content_disposition);

}  // namespace lintel::gateway
