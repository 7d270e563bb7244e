// Big-endian numbers in datagrams. The caller has checked the length.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace lintel::media {

inline uint8_t ReadU8(std::span<const std::byte> data, size_t at) { return std::to_integer<uint8_t>(data[at]); }

inline uint16_t ReadU16(std::span<const std::byte> data, size_t at) {
  return static_cast<uint16_t>(ReadU8(data, at) << 8 | ReadU8(data, at + 1));
}

inline uint32_t ReadU32(std::span<const std::byte> data, size_t at) {
  return static_cast<uint32_t>(ReadU16(data, at)) << 16 | ReadU16(data, at + 2);
}

inline void WriteU8(std::span<std::byte> data, size_t at, uint8_t value) { data[at] = std::byte{value}; }

inline void WriteU16(std::span<std::byte> data, size_t at, uint16_t value) {
  WriteU8(data, at, static_cast<uint8_t>(value >> 8));
  WriteU8(data, at + 1, static_cast<uint8_t>(value));
}

inline void WriteU32(std::span<std::byte> data, size_t at, uint32_t value) {
  WriteU16(data, at, static_cast<uint16_t>(value >> 16));
  WriteU16(data, at + 2, static_cast<uint16_t>(value));
}

}  // namespace lintel::media
