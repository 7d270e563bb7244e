// The head of a request before any parser sees it: where it ends, and whether every reader of it would read the same.
// Two readers that disagree about where a request ends is how requests are smuggled past the first of them. Pure.
#pragma once

#include <cstddef>
#include <string_view>

namespace lintel::gateway {

struct HeadCheck {
  size_t size = 0;  // With its empty line; 0: more is to come.
  int refusal = 0;  // Not 0: the HTTP status to refuse it with, whatever follows.
};

// `received` begins with the request line. 431 beyond limits::kLargestHeader. 400 for what RFC 9112 leaves to the
// reader's mercy: a bare CR or LF (§2.2), a folded line (§5.2), space before a colon (§5.1), more than one Host (§3.2)
// or Content-Length, Content-Length beside Transfer-Encoding, a coding that is not just "chunked" (§6), control
// characters.
HeadCheck CheckHead(std::string_view received);

// Whether a line ends in LF alone.
bool HasBareLineFeed(std::string_view text);

}  // namespace lintel::gateway
