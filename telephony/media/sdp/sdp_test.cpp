// Session descriptions of phones, browsers and adversaries.
#include <gtest/gtest.h>

#include "telephony/media/sdp/sdp.h"

namespace lintel::media {
namespace {

const std::string kFingerprint =
    "01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF";

std::string Phone(const std::string& audio, const std::string& attributes = "") {
  return "v=0\r\no=- 1 1 IN IP4 192.0.2.7\r\ns=-\r\nc=IN IP4 192.0.2.7\r\nt=0 0\r\n" + audio + "\r\n" + attributes;
}

std::string Browser() {
  return "v=0\r\no=- 46117 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0\r\n"
         "m=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126\r\nc=IN IP4 0.0.0.0\r\na=ice-ufrag:abcd\r\n"
         "a=ice-pwd:0123456789abcdefghijklmn\r\na=fingerprint:sha-256 " +
         kFingerprint +
         "\r\na=setup:actpass\r\na=mid:0\r\na=sendrecv\r\na=rtcp-mux\r\na=rtpmap:126 telephone-event/8000\r\n";
}

absl::StatusOr<RemoteAudio> Choose(const std::string& text) {
  const auto parsed = ParseSdp(text);
  if (!parsed.ok()) return parsed.status();
  return ChooseAudio(*parsed);
}

TEST(Sdp, ChoosesTheFirstLawOfAPhoneAndItsKeys) {
  const auto remote = Choose(Phone("m=audio 4000 RTP/AVP 18 0 8 101", "a=rtpmap:101 telephone-event/8000\r\n"));
  ASSERT_TRUE(remote.ok()) << remote.status();
  EXPECT_EQ(remote->codec, Codec::kMuLaw);
  EXPECT_EQ(remote->address, "192.0.2.7");
  EXPECT_EQ(remote->port, 4000);
  EXPECT_TRUE(remote->events);
  EXPECT_EQ(remote->event_type, 101);
  EXPECT_FALSE(remote->secure);
}

TEST(Sdp, ReadsABrowsersOfferThatIsNotOnHoldThoughItsAddressIsZero) {
  const auto remote = Choose(Browser());
  ASSERT_TRUE(remote.ok()) << remote.status();
  EXPECT_TRUE(remote->secure);
  EXPECT_TRUE(remote->sends);
  EXPECT_EQ(remote->fingerprint, kFingerprint);
  EXPECT_EQ(remote->event_type, 126);
}

TEST(Sdp, AnswersABrowserAsAPassiveLiteAgentWithA) {
  const auto offer = ParseSdp(Browser());
  const auto remote = ChooseAudio(*offer);
  const LocalAudio local{.address = "192.0.2.1",
                         .port = 5000,
                         .session_id = 9,
                         .secure = true,
                         .ice_ufrag = "u",
                         .ice_pwd = "p",
                         .fingerprint = kFingerprint};
  const std::string answer = WriteAnswer(local, *offer, *remote);
  for (const char* line :
       {"a=ice-lite", "a=setup:passive", "a=rtcp-mux", "a=mid:0", "a=group:BUNDLE 0", "a=ice-ufrag:u",
        "m=audio 5000 UDP/TLS/RTP/SAVPF 0 126", "a=candidate:1 1 udp 2130706431 192.0.2.1 5000 typ host"}) {
    EXPECT_NE(answer.find(line), std::string::npos) << line;
  }
}

TEST(Sdp, RefusesVideoAndAnswersAudio) {
  const auto offer = ParseSdp(Phone("m=video 6000 RTP/AVP 96\r\nm=audio 4000 RTP/AVP 8"));
  const auto remote = ChooseAudio(*offer);
  ASSERT_TRUE(remote.ok());
  const std::string answer = WriteAnswer({.address = "192.0.2.1", .port = 5000}, *offer, *remote);
  EXPECT_NE(answer.find("m=video 0 RTP/AVP 96"), std::string::npos);
  EXPECT_NE(answer.find("m=audio 5000 RTP/AVP 8\r\n"), std::string::npos);
}

TEST(Sdp, MirrorsHoldInBothSpellings) {
  const auto offer = ParseSdp(Phone("m=audio 4000 RTP/AVP 8", "a=sendonly\r\n"));
  const auto held = ChooseAudio(*offer);
  EXPECT_FALSE(held->receives);
  EXPECT_TRUE(held->sends);
  EXPECT_NE(WriteAnswer({.address = "192.0.2.1", .port = 5000}, *offer, *held).find("a=recvonly"), std::string::npos);
  const auto zero = Choose("v=0\r\nc=IN IP4 0.0.0.0\r\nm=audio 4000 RTP/AVP 8\r\n");
  EXPECT_FALSE(zero->receives);
  EXPECT_FALSE(zero->sends);
}

TEST(Sdp, ReadsItsOwnOffers) {
  const auto plain = Choose(WriteOffer({.address = "192.0.2.1", .port = 5000}));
  ASSERT_TRUE(plain.ok()) << plain.status();
  EXPECT_EQ(plain->codec, Codec::kALaw);
  const auto secure = Choose(WriteOffer({.address = "192.0.2.1",
                                         .port = 5000,
                                         .secure = true,
                                         .ice_ufrag = "u",
                                         .ice_pwd = "p",
                                         .fingerprint = kFingerprint}));
  ASSERT_TRUE(secure.ok()) << secure.status();
  EXPECT_EQ(secure->setup, "passive");
}

TEST(Sdp, IsRefusedWithoutACodecInCommonOrWithoutAFingerprint) {
  EXPECT_EQ(Choose(Phone("m=audio 4000 RTP/AVP 18")).status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(Choose(Phone("m=audio 0 RTP/AVP 8")).status().code(), absl::StatusCode::kFailedPrecondition);
  std::string naked = Browser();
  naked.erase(naked.find("a=fingerprint"), kFingerprint.size() + 24);
  EXPECT_EQ(Choose(naked).status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(Choose("v=0\r\nm=audio 4000 RTP/AVP 8\r\n").status().code(), absl::StatusCode::kFailedPrecondition);
}

TEST(Sdp, IsInvalidWhenMalformedOversizedOrNotIpv4) {
  for (const std::string& text :
       {std::string(), std::string("hello"), std::string("v=0\r\nm=audio\r\n"),
        std::string("v=0\r\nm=audio 70000 RTP/AVP 8\r\n"), std::string("v=0\r\nm=audio -1 RTP/AVP 8\r\n"),
        std::string("v=0\r\nc=IN IP6 ::1\r\n"), std::string("v=0\r\nc=IN IP4 host\r\n"),
        std::string("v=0\r\nnonsense\r\n"), "v=0\r\n" + std::string(kLongestSdp, 'a')}) {
    EXPECT_EQ(ParseSdp(text).status().code(), absl::StatusCode::kInvalidArgument) << text.substr(0, 40);
  }
  std::string many = "v=0\r\n";
  for (int i = 0; i < 17; ++i) many += "m=audio 4000 RTP/AVP 8\r\n";
  EXPECT_EQ(ParseSdp(many).status().code(), absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace lintel::media
