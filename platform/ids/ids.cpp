#include "platform/ids/ids.h"

#include <fmt/format.h>
#include <openssl/rand.h>

#include <array>
#include <chrono>
#include <mutex>
#include <stdexcept>

namespace lintel {
namespace {

void FillRandom(unsigned char* bytes, int count) {
  if (RAND_bytes(bytes, count) != 1) throw std::runtime_error("the operating system gave no random bytes");
}

// Milliseconds and a 12-bit counter that make ids of one process increase (RFC 9562 §6.2, method 1).
std::pair<uint64_t, uint32_t> NextTick() {
  static std::mutex mutex;
  static uint64_t last_ms = 0;
  static uint32_t counter = 0;
  const std::lock_guard lock(mutex);
  const uint64_t now_ms =
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
          .count();
  if (now_ms > last_ms) {
    last_ms = now_ms;
    counter = 0;
  } else if (++counter > 0xfff) {
    ++last_ms;
    counter = 0;
  }
  return {last_ms, counter};
}

}  // namespace

std::string NewId() {
  const auto [ms, counter] = NextTick();
  std::array<unsigned char, 8> random{};
  FillRandom(random.data(), random.size());
  uint64_t tail = 0;
  for (const unsigned char byte : random) tail = tail << 8 | byte;
  tail = (tail & 0x3fffffffffffffffULL) | 0x8000000000000000ULL;  // Variant 10.
  return fmt::format("{:08x}-{:04x}-7{:03x}-{:04x}-{:012x}", ms >> 16, ms & 0xffff, counter, tail >> 48,
                     tail & 0xffffffffffffULL);
}

bool IsId(const std::string& text) {
  if (text.size() != 36) return false;
  for (size_t at = 0; at < text.size(); ++at) {
    const bool dash = at == 8 || at == 13 || at == 18 || at == 23;
    const char c = text[at];
    const bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    if (dash ? c != '-' : !hex) return false;
  }
  return true;
}

std::string RandomHex(int bytes) {
  std::string raw(bytes, '\0');
  FillRandom(reinterpret_cast<unsigned char*>(raw.data()), bytes);
  std::string hex;
  for (const unsigned char byte : raw) hex += fmt::format("{:02x}", byte);
  return hex;
}

}  // namespace lintel
