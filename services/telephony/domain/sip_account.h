// The account of one sign-on. Pure but for the random bytes it is given.
#pragma once

#include <string>

namespace lintel::telephony {

// HA1 of RFC 7616 §3.4.2 with MD5: what phones of today's browsers can answer.
std::string Ha1(const std::string& account, const std::string& domain, const std::string& secret);

}  // namespace lintel::telephony
