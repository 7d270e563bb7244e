#include "telephony/media/sip/info_key.h"

#include <gtest/gtest.h>

namespace lintel::media {
namespace {

constexpr char kType[] = "application/dtmf-relay";

TEST(InfoKey, ReadsTheSignalLineHoweverItIsSpaced) {
  EXPECT_EQ(KeyOfInfo(kType, "Signal=5\r\nDuration=160\r\n"), '5');
  EXPECT_EQ(KeyOfInfo("Application/DTMF-Relay", "Duration=160\nsignal = #"), '#');
}

TEST(InfoKey, IsNothingForOtherTypesAndMalformedBodies) {
  EXPECT_EQ(KeyOfInfo("text/plain", "Signal=5"), std::nullopt);
  for (const char* body : {"", "Signal", "Signal=", "Signal=55", "Signal=x", "\r\n\r\n"}) {
    EXPECT_EQ(KeyOfInfo(kType, body), std::nullopt) << body;
  }
}

}  // namespace
}  // namespace lintel::media
