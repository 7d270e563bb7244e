#include "services/identity/embedded.h"

#include <stdexcept>
#include <string>

namespace lintel::identity {

std::string TextOf(std::span<const EmbeddedFile> files, const std::string& name) {
  for (const EmbeddedFile& file : files) {
    if (file.name == name) return std::string(file.text);
  }
  throw std::out_of_range(name);
}

}  // namespace lintel::identity
