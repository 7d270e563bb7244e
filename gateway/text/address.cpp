#include "gateway/text/address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

namespace lintel::gateway {

std::string AddressKey(const std::string& address) {
  in6_addr parsed{};
  if (inet_pton(AF_INET6, address.c_str(), &parsed) != 1) return address;
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (IN6_IS_ADDR_V4MAPPED(&parsed)) {
    return inet_ntop(AF_INET, &parsed.s6_addr[12], text.data(), text.size());
  }
  std::fill(std::begin(parsed.s6_addr) + 8, std::end(parsed.s6_addr), uint8_t{0});
  return inet_ntop(AF_INET6, &parsed, text.data(), text.size()) + std::string("/64");
}

}  // namespace lintel::gateway
