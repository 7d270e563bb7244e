// A browser's way into the audio with every thread running: ICE check, DTLS, SRTP, and a tone in both directions. The
// thread sanitizer runs this too.
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/eventfd.h>

#include <chrono>
#include <cmath>
#include <numbers>

#include "telephony/media/ice/stun.h"
#include "telephony/media/testing/tone.h"
#include "telephony/media/worker/handshaker.h"
#include "telephony/media/worker/worker.h"

namespace lintel::media {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

constexpr std::chrono::milliseconds kLongEnough{300};  // An honest handshake takes a third of it.
constexpr LegKey kLeg{.slot = 0, .generation = 1};

const DtlsIdentity& Identity() {
  static const DtlsIdentity identity = *DtlsIdentity::Make();
  return identity;
}

// The browser: one socket, driven by the test's thread.
class Browser {
 public:
  explicit Browser(PeerAddress node)
      : port_(*UdpPort::Open("127.0.0.1", 0, 1 << 16)),
        node_(node),
        dtls_(Identity(), DtlsSession::Role::kClient, Identity().fingerprint(),
              [this](std::span<const std::byte> bytes) { Send(bytes); }) {}

  void Check(const std::string& username, const std::string& password) {
    std::array<std::byte, kLongestStun> bytes;
    const size_t size = WriteBindingRequest({std::byte{1}}, username, password, true, bytes);
    Send(std::span(bytes).first(size));
  }

  void StartDtls() { dtls_.Receive({}); }

  // Takes what has come; the SRTP session stands once the handshake is done.
  void Take() {
    std::vector<Datagram> batch(16);
    const size_t got = port_->Receive(batch);
    for (size_t i = 0; i < got; ++i) {
      switch (KindOf(batch[i].data())) {
        case DatagramKind::kStun:
          checked_ = true;
          break;
        case DatagramKind::kDtls:
          dtls_.Receive(batch[i].data());
          if (dtls_.state() == DtlsState::kConnected && srtp_ == nullptr) srtp_ = SrtpSession::Make(dtls_.keys(), 77);
          break;
        case DatagramKind::kRtp:
          Hear(batch[i]);
          break;
        default:
          break;
      }
    }
  }

  void Speak(double hertz) {
    Datagram packet{.peer = node_, .size = 0};
    WriteRtpHeader({.payload_type = 8, .sequence = sequence_, .timestamp = sequence_ * 160u, .ssrc = 77},
                   std::span(packet.bytes).first<kRtpHeaderSize>());
    for (size_t i = 0; i < kFrameSamples; ++i) {
      const double wave =
          8000 * std::sin(2 * std::numbers::pi * hertz * static_cast<double>(sequence_ * 160 + i) / 8000);
      packet.bytes[kRtpHeaderSize + i] = std::byte{Encode(Codec::kALaw, static_cast<int16_t>(wave))};
    }
    ++sequence_;
    packet.size = srtp_->Protect(packet.bytes, kRtpHeaderSize + kFrameSamples);
    port_->Send(std::span(&packet, 1));
  }

  bool checked() const { return checked_; }
  bool secure() const { return srtp_ != nullptr; }
  const std::vector<int16_t>& heard() const { return heard_; }

 private:
  void Send(std::span<const std::byte> bytes) {
    Datagram datagram{.peer = node_, .size = bytes.size()};
    std::copy(bytes.begin(), bytes.end(), datagram.bytes.begin());
    port_->Send(std::span(&datagram, 1));
  }

  void Hear(Datagram& datagram) {
    if (srtp_ == nullptr) return;
    const size_t size = srtp_->Unprotect(datagram.data());
    const auto packet = ParseRtp(std::span(datagram.bytes).first(size));
    if (!packet.has_value()) return;
    for (const std::byte code : packet->payload) heard_.push_back(Decode(Codec::kALaw, std::to_integer<uint8_t>(code)));
  }

  std::unique_ptr<UdpPort> port_;
  PeerAddress node_;
  DtlsSession dtls_;
  std::unique_ptr<SrtpSession> srtp_;
  std::vector<int16_t> heard_;
  uint16_t sequence_ = 0;
  bool checked_ = false;
};

class SecurePath : public ::testing::Test {
 protected:
  SecurePath() {
    rings_.wake_handshaker = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    auto leg = std::make_unique<Leg>(kLeg, 5);
    leg->secure = true;
    leg->media = {.codec = Codec::kALaw, .events = true};
    rings_.commands.TryPush(AddLeg{std::move(leg)});
    auto list = std::make_unique<Playlist>();
    list->prompts = {Tone(620, 5000, 0.3)};
    list->loop = true;
    rings_.commands.TryPush(Play{kLeg, std::move(list)});
  }
  ~SecurePath() override {
    worker_.Stop();
    handshaker_.Stop();
    close(rings_.wake_handshaker);
  }

  void Start(const std::string& fingerprint) {
    handshaker_.Add(
        {.key = kLeg, .ssrc = 5, .local_ufrag = "ufrag", .local_pwd = "password", .fingerprint = fingerprint});
    worker_.Start();
    handshaker_.Start();
  }

  // Repeats `act` and takes what comes until `done`; false after `patience`.
  bool Until(
      const std::function<bool()>& done, const std::function<void()>& act = [] {},
      std::chrono::milliseconds patience = 5s) {
    const auto end = steady_clock::now() + patience;
    while (steady_clock::now() < end) {
      act();
      browser_.Take();
      if (done()) return true;
      poll(nullptr, 0, 20);
    }
    return false;
  }

  bool Handshake() {
    if (!Until([this] { return browser_.checked(); }, [this] { browser_.Check("ufrag:theirs", "password"); }))
      return false;
    browser_.StartDtls();
    return Until([this] { return browser_.secure(); });
  }

  std::unique_ptr<UdpPort> shared_ = *UdpPort::Open("127.0.0.1", 0, 1 << 16);
  WorkerRings rings_{4};
  Worker worker_{4, *shared_, rings_};
  Handshaker handshaker_{Identity(), *shared_, rings_};
  Browser browser_{ToPeer("127.0.0.1", shared_->port())};
};

TEST_F(SecurePath, CarriesATonePromptToTheBrowserAndItsVoiceBack) {
  Start(Identity().fingerprint());
  ASSERT_TRUE(Handshake());
  ASSERT_TRUE(Until([this] { return browser_.heard().size() >= 8000; }, [this] { browser_.Speak(440); }));
  EXPECT_GT(ToneShare(std::span(browser_.heard()).last(4000), 620), 0.95);
  EXPECT_GT(worker_.counters().packets_received.load(), 20u);
  EXPECT_EQ(worker_.counters().packets_refused.load(), 0u);
}

TEST_F(SecurePath, NeverAnswersACheckWithAnotherPassword) {
  Start(Identity().fingerprint());
  for (int i = 0; i < 10; ++i) {
    browser_.Check("ufrag:theirs", "guess");
    browser_.Check("other:theirs", "password");
    poll(nullptr, 0, 20);
    browser_.Take();
  }
  EXPECT_FALSE(browser_.checked());
}

TEST_F(SecurePath, SendsNothingToABrowserWhoseFingerprintIsWrong) {
  Start("00:11");
  Until([this] { return browser_.checked(); }, [this] { browser_.Check("ufrag:theirs", "password"); });
  browser_.StartDtls();
  EXPECT_FALSE(Until([this] { return !browser_.heard().empty(); }, [] {}, kLongEnough));
  EXPECT_EQ(worker_.counters().packets_sent.load(), 0u);
}

TEST_F(SecurePath, IgnoresDtlsFromAnAddressThatProvedNothing) {
  Start(Identity().fingerprint());
  browser_.StartDtls();
  EXPECT_FALSE(Until([this] { return browser_.secure(); }, [] {}, kLongEnough));
}

}  // namespace
}  // namespace lintel::media
