// What refusals call things and their states. Programs see the code ("contractNumberRange", "HELD") in the metadata
// `kind`, `state` or `stage`; words.json has what a person reads:
//   {"room": {"zh": "房间", "en": "room"}}
#pragma once

#include <string>

namespace lintel {

// The word for `code` in `language` ("zh" or "en"); `code` itself when words.json has none.
// Throws at its first call when words.json is malformed; Reasons makes that call before a process serves.
std::string WordFor(const std::string& code, const std::string& language);

}  // namespace lintel
