#include "services/telephony/domain/sip_account.h"

#include <openssl/evp.h>

#include <array>

namespace lintel::telephony {

std::string Ha1(const std::string& account, const std::string& domain, const std::string& secret) {
  const std::string text = account + ":" + domain + ":" + secret;
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_md5(), nullptr);
  static constexpr char kHex[] = "0123456789abcdef";
  std::string hex;
  for (unsigned int i = 0; i < size; ++i) {
    hex += kHex[digest[i] >> 4];
    hex += kHex[digest[i] & 15];
  }
  return hex;
}

}  // namespace lintel::telephony
