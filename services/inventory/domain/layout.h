// A layout (户型, INV-05): a kind of dwelling of a project. Rooms quote its code, so the code never changes.
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/status.h"

namespace lintel::inventory {

struct Layout {
  std::string id;
  std::string project_id;
  std::string code;
  std::string display_name;
  int bedrooms = 0;
  std::string picture;  // files/{file}; empty: none.
  bool retired = false;
  int64_t version = 1;
  int room_count = 0;
};

// At most 20 characters; none at all is a room without a layout.
inline constexpr size_t kLongestLayoutCode = 20;
bool IsLayoutCode(const std::string& text);

// FAILED_PRECONDITION LAYOUT_RETIRED with {code}: rooms that have it keep it, no other may take it.
absl::Status CheckOffered(const Layout& layout);

}  // namespace lintel::inventory
