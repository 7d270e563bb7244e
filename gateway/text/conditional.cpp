#include "gateway/text/conditional.h"

#include <charconv>

#include "gateway/text/url.h"
#include "gateway/text/utf8.h"

namespace lintel::gateway {
namespace {

std::string_view Trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// Nothing for empty text too.
std::optional<uint64_t> Whole(std::string_view text) {
  uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

std::string BareEtag(std::string_view etag) {
  etag = Trim(etag);
  if (etag.starts_with("W/")) etag.remove_prefix(2);
  if (etag.size() >= 2 && etag.front() == '"' && etag.back() == '"') etag = etag.substr(1, etag.size() - 2);
  return std::string(etag);
}

bool EtagMatches(std::string_view if_none_match, std::string_view etag) {
  if (etag.empty()) return false;
  while (!if_none_match.empty()) {
    const size_t comma = if_none_match.find(',');
    const std::string_view one = Trim(if_none_match.substr(0, comma));
    if (one == "*" || (!one.empty() && BareEtag(one) == etag)) return true;
    if (comma == std::string_view::npos) return false;
    if_none_match.remove_prefix(comma + 1);
  }
  return false;
}

std::optional<ByteRange> ParseByteRange(std::string_view header) {
  header = Trim(header);
  if (!header.starts_with("bytes=")) return std::nullopt;
  header = Trim(header.substr(6));
  const size_t dash = header.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const std::string_view first = Trim(header.substr(0, dash));
  const std::string_view last = Trim(header.substr(dash + 1));
  const ByteRange range{.first = Whole(first), .last = Whole(last)};
  if ((!range.first && !first.empty()) || (!range.last && !last.empty())) return std::nullopt;
  if (!range.first && !range.last) return std::nullopt;
  if (range.first && range.last && *range.last < *range.first) return std::nullopt;
  return range;
}

std::optional<ByteRange::Span> ByteRange::Within(uint64_t total) const {
  if (!first) {
    if (*last == 0 || total == 0) return std::nullopt;
    return Span{total - std::min(*last, total), total - 1};
  }
  if (*first >= total) return std::nullopt;
  return Span{*first, last ? std::min(*last, total - 1) : total - 1};
}

std::string ContentDisposition(const std::string& filename, bool attachment) {
  std::string header = attachment ? "attachment" : "inline";
  if (filename.empty() || !IsCleanUtf8(filename)) return header;
  std::string ascii;
  for (const char c : filename) ascii += c >= 0x20 && c < 0x7F && c != '"' && c != '\\' ? c : '_';
  return header + "; filename=\"" + ascii + "\"; filename*=UTF-8''" + PercentEncode(filename);
}

std::string FilenameOf(std::string_view content_disposition) {
  static constexpr std::string_view kExtended = "filename*=UTF-8''";
  static constexpr std::string_view kPlain = "filename=";
  if (const size_t at = content_disposition.find(kExtended); at != std::string_view::npos) {
    std::string_view value = content_disposition.substr(at + kExtended.size());
    return PercentDecode(Trim(value.substr(0, value.find(';')))).value_or("");
  }
  const size_t at = content_disposition.find(kPlain);
  if (at == std::string_view::npos) return "";
  std::string_view value = content_disposition.substr(at + kPlain.size());
  if (value.starts_with('"')) {
    value.remove_prefix(1);
    value = value.substr(0, value.find('"'));
  } else {
    value = Trim(value.substr(0, value.find(';')));
  }
  return IsCleanUtf8(value) ? std::string(value) : "";
}

}  // namespace lintel::gateway
