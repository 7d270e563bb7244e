// Addresses of clients as keys.
#pragma once

#include <string>

namespace lintel::gateway {

// One key for all addresses that one client can take at will: an IPv4 address as it is (also when it comes mapped into
// IPv6), the first 64 bits of an IPv6 address. Text that is no address stays as it is.
std::string AddressKey(const std::string& address);

}  // namespace lintel::gateway
