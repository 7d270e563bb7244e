#include "gateway/text/request_head.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "gateway/limits.h"

namespace lintel::gateway {
namespace {

constexpr int kBadRequest = 400;
constexpr int kHeadersTooLong = 431;

bool IsToken(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  });
}

bool IsDigits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// Nothing below a space but a tab, and no DEL.
bool HasControls(std::string_view line) {
  return std::any_of(line.begin(), line.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && byte != '\t') || byte == 0x7F;
  });
}

std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

bool SameName(std::string_view one, std::string_view other) {
  return absl::EqualsIgnoreCase({one.data(), one.size()}, {other.data(), other.size()});
}

// What decides where the request ends and whom it is for.
struct Framing {
  int hosts = 0;
  int lengths = 0;
  int codings = 0;

  // False for a value that says it unclearly.
  bool Take(std::string_view name, std::string_view value) {
    const bool length = SameName(name, "Content-Length");
    const bool coding = SameName(name, "Transfer-Encoding");
    hosts += SameName(name, "Host") ? 1 : 0;
    lengths += length ? 1 : 0;
    codings += coding ? 1 : 0;
    return (!length || IsDigits(value)) && (!coding || SameName(value, "chunked"));
  }
  bool IsClear(bool old) const { return lengths + codings <= 1 && hosts <= 1 && (old ? codings == 0 : hosts == 1); }
};

bool IsClearHead(std::string_view head) {
  const std::string_view first = head.substr(0, head.find("\r\n"));
  head.remove_prefix(first.size() + 2);
  if (HasControls(first)) return false;
  Framing framing;
  while (head.size() > 2) {
    const std::string_view line = head.substr(0, head.find("\r\n"));
    head.remove_prefix(line.size() + 2);
    const size_t colon = line.find(':');
    // A folded line begins with a space, which no name contains.
    if (colon == std::string_view::npos || !IsToken(line.substr(0, colon)) || HasControls(line)) return false;
    if (!framing.Take(line.substr(0, colon), Trimmed(line.substr(colon + 1)))) return false;
  }
  return framing.IsClear(first.ends_with("HTTP/1.0"));
}

}  // namespace

HeadCheck CheckHead(std::string_view received) {
  size_t begin = 0;  // Of the line.
  for (size_t end = received.find('\n'); end != std::string_view::npos; end = received.find('\n', begin)) {
    if (end == begin || received[end - 1] != '\r') return {.refusal = kBadRequest};
    if (end + 1 > limits::kLargestHeader) break;
    if (end == begin + 1) {
      const std::string_view head = received.substr(0, end + 1);
      return {.size = head.size(), .refusal = begin > 0 && IsClearHead(head) ? 0 : kBadRequest};
    }
    begin = end + 1;
  }
  return {.refusal = received.size() >= limits::kLargestHeader ? kHeadersTooLong : 0};
}

bool HasBareLineFeed(std::string_view text) {
  for (size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n', end + 1)) {
    if (end == 0 || text[end - 1] != '\r') return true;
  }
  return false;
}

}  // namespace lintel::gateway
