#include "gateway/text/websocket_meter.h"

#include <gtest/gtest.h>

#include <string>

namespace lintel::gateway {
namespace {

constexpr WebSocketMeter::Limits kLimits{.largest_message = 1000, .per_second = 1, .burst = 2};
using Time = WebSocketMeter::Time;

std::string Frame(uint8_t first, size_t size) {
  std::string frame(1, static_cast<char>(first));
  if (size < 126) {
    frame += static_cast<char>(0x80 | size);
  } else {
    frame += static_cast<char>(0x80 | 126);
    frame += static_cast<char>(size >> 8);
    frame += static_cast<char>(size & 0xFF);
  }
  return frame + "mask" + std::string(size, 'x');
}

absl::StatusCode Verdict(const std::string& bytes) {
  return WebSocketMeter(kLimits, Time{}).Feed(bytes, Time{}).code();
}

TEST(WebSocketMeter, TakesTheLargestMessageAndNotAByteMore) {
  EXPECT_EQ(Verdict(Frame(0x81, 1000)), absl::StatusCode::kOk);
  EXPECT_EQ(Verdict(Frame(0x81, 1001)), absl::StatusCode::kOutOfRange);
  EXPECT_EQ(Verdict(Frame(0x01, 600) + Frame(0x80, 400)), absl::StatusCode::kOk);
  EXPECT_EQ(Verdict(Frame(0x01, 600) + Frame(0x80, 401)), absl::StatusCode::kOutOfRange);
}

TEST(WebSocketMeter, CountsMessagesAndForgivesWithTime) {
  WebSocketMeter meter(kLimits, Time{});
  EXPECT_TRUE(meter.Feed(Frame(0x81, 5) + Frame(0x81, 5), Time{}).ok());
  EXPECT_TRUE(meter.Feed(Frame(0x81, 5), Time{} + std::chrono::seconds(1)).ok());
  EXPECT_EQ(meter.Feed(Frame(0x81, 5), Time{} + std::chrono::seconds(1)).code(), absl::StatusCode::kResourceExhausted);
}

TEST(WebSocketMeter, DoesNotCountPings) {
  std::string pings;
  for (int i = 0; i < 50; ++i) pings += Frame(0x89, 4);
  EXPECT_EQ(Verdict(pings), absl::StatusCode::kOk);
}

TEST(WebSocketMeter, RefusesWhatNoClientSends) {
  EXPECT_EQ(Verdict(std::string("\x81\x05hello", 7)), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Verdict(Frame(0xC1, 5)), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Verdict(Frame(0x83, 5)), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Verdict(Frame(0x8B, 5)), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Verdict(Frame(0x89, 126)), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Verdict(Frame(0x80, 5)), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Verdict(Frame(0x01, 5) + Frame(0x81, 5)), absl::StatusCode::kInvalidArgument);
}

TEST(WebSocketMeter, ReadsFramesHoweverTheyAreCut) {
  WebSocketMeter meter(kLimits, Time{});
  for (const char byte : Frame(0x81, 300)) EXPECT_TRUE(meter.Feed(std::string(1, byte), Time{}).ok());
}

}  // namespace
}  // namespace lintel::gateway
