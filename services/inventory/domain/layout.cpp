#include "services/inventory/domain/layout.h"

#include <algorithm>

#include "platform/status/status.h"

namespace lintel::inventory {

bool IsLayoutCode(const std::string& text) {
  const auto starts_character = [](char c) { return (c & 0xc0) != 0x80; };
  return std::count_if(text.begin(), text.end(), starts_character) <= static_cast<ptrdiff_t>(kLongestLayoutCode) &&
         text.find('\0') == std::string::npos;
}

absl::Status CheckOffered(const Layout& layout) {
  if (!layout.retired) return absl::OkStatus();
  return Refused("LAYOUT_RETIRED", "the layout is retired", {{"code", layout.code}});
}

}  // namespace lintel::inventory
