// A text file compiled into the binary (cmake: lintel_embed).
#pragma once

#include <span>
#include <string_view>

namespace lintel {

struct EmbeddedFile {
  std::string_view name;  // Without its folder.
  std::string_view text;
};

}  // namespace lintel
