#include "services/telephony/domain/byte_range.h"

#include <algorithm>
#include <charconv>

namespace lintel::telephony {
namespace {

constexpr char kUnit[] = "bytes=";

std::optional<int64_t> Number(const std::string& text) {
  int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || text.empty() || value < 0) return std::nullopt;
  return value;
}

}  // namespace

absl::StatusOr<std::optional<ByteRange>> ParseRange(const std::string& header, int64_t total) {
  if (!header.starts_with(kUnit)) return std::optional<ByteRange>();
  const std::string spec = header.substr(sizeof kUnit - 1);
  const size_t dash = spec.find('-');
  if (dash == std::string::npos) return std::optional<ByteRange>();
  const auto first = Number(spec.substr(0, dash));
  const auto last = Number(spec.substr(dash + 1));
  if (dash == 0) {
    if (!last) return std::optional<ByteRange>();
    if (*last == 0 || total == 0) return absl::OutOfRangeError("no byte of the range exists");
    const int64_t length = std::min(*last, total);
    return std::optional(ByteRange{total - length, length});
  }
  const bool open = dash + 1 == spec.size();
  if (!first || (!open && (!last || *last < *first))) return std::optional<ByteRange>();
  if (*first >= total) return absl::OutOfRangeError("no byte of the range exists");
  const int64_t end = open ? total - 1 : std::min(*last, total - 1);
  return std::optional(ByteRange{*first, end - *first + 1});
}

}  // namespace lintel::telephony
