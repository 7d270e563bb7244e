// Binding requests of honest browsers and of strangers.
#include <gtest/gtest.h>

#include <vector>

#include "telephony/media/ice/stun.h"
#include "telephony/media/rtp/bytes.h"

namespace lintel::media {
namespace {

std::vector<std::byte> Request(const std::string& username, const std::string& password, bool use_candidate = true) {
  std::array<std::byte, kLongestStun> buffer;
  std::array<std::byte, 12> transaction{std::byte{7}};
  const size_t size = WriteBindingRequest(transaction, username, password, use_candidate, buffer);
  return {buffer.begin(), buffer.begin() + static_cast<ptrdiff_t>(size)};
}

TEST(Stun, AcceptsARequestSignedWithOurPassword) {
  const auto bytes = Request("ours:theirs", "secret");
  const auto request = ParseBindingRequest(bytes);
  ASSERT_TRUE(request.has_value());
  EXPECT_EQ(request->username, "ours:theirs");
  EXPECT_TRUE(request->use_candidate);
  EXPECT_TRUE(IntegrityHolds(bytes, *request, "secret"));
  EXPECT_FALSE(IntegrityHolds(bytes, *request, "Secret"));
}

TEST(Stun, NoticesEveryFlippedBit) {
  const auto honest = Request("ours:theirs", "secret");
  for (size_t bit = 0; bit < honest.size() * 8; ++bit) {
    auto forged = honest;
    forged[bit / 8] ^= std::byte{static_cast<uint8_t>(1 << bit % 8)};
    const auto request = ParseBindingRequest(forged);
    EXPECT_FALSE(request.has_value() && IntegrityHolds(forged, *request, "secret")) << bit;
  }
}

TEST(Stun, IsCutOffAtAnyByteWithoutHarm) {
  const auto bytes = Request("ours:theirs", "secret");
  for (size_t size = 0; size < bytes.size(); ++size)
    EXPECT_FALSE(ParseBindingRequest(std::span(bytes).first(size)).has_value());
}

TEST(Stun, ARequestWithoutChecksumIsNoIceCheckAndOneWithoutIntegrityProvesNothing) {
  std::vector<std::byte> bytes(kStunHeaderSize);
  WriteU16(bytes, 0, 1);
  WriteU32(bytes, 4, 0x2112a442);
  EXPECT_FALSE(ParseBindingRequest(bytes).has_value());
  EXPECT_FALSE(IntegrityHolds(bytes, StunRequest{}, ""));
}

TEST(Stun, AnswersWithTheAddressItSaw) {
  const auto bytes = Request("ours:theirs", "secret");
  sockaddr_in peer{};
  peer.sin_addr.s_addr = htonl(0x7f000001);
  peer.sin_port = htons(40000);
  std::array<std::byte, kLongestStun> out;
  const size_t size = WriteBindingResponse(*ParseBindingRequest(bytes), peer, "secret", out);
  ASSERT_EQ(size, 20u + 12u + 24u + 8u);
  EXPECT_EQ(ReadU16(out, 0), 0x0101);
  EXPECT_EQ(ReadU16(out, 26) ^ 0x2112, 40000);
  EXPECT_EQ(ReadU32(out, 28) ^ 0x2112a442, 0x7f000001u);
  EXPECT_FALSE(ParseBindingRequest(std::span(out).first(size)).has_value());
}

}  // namespace
}  // namespace lintel::media
