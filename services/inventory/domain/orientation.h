// Which way a room faces.
#pragma once

#include <string>

namespace lintel::inventory {

// The code of what a sheet says ("东南", "朝南", "南北通透"), as in identity's code table `orientation`. What it does
// not know is left as it stands: a tenant may have codes of its own.
std::string ToOrientation(const std::string& text);

}  // namespace lintel::inventory
