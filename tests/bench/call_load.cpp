// Places calls as a trunk would and holds them with audio in both directions. Prints one JSON line.
//   bench_calls TARGET LOCAL NUMBER CALLS CALLS_PER_SECOND HOLD_SECONDS FIRST_RTP_PORT
// TARGET and LOCAL are address:port. The figures of audio are those of the time when all calls stood.
#include <arpa/inet.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "tests/bench/rtp_leg.h"
#include "tests/bench/sip_dialog.h"

namespace lintel::bench {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr auto kTick = milliseconds(20);
constexpr int64_t kDigitEvery = 250;  // Ticks: a digit every five seconds.
constexpr auto kSettle = std::chrono::seconds(3);
constexpr auto kSetupLimit = std::chrono::seconds(5);
constexpr int kByesAtOnce = 10;
constexpr int kByeRounds = 10;
constexpr auto kByeLimit = milliseconds(500);

struct Options {
  sockaddr_in target{};
  sockaddr_in local{};
  std::string target_text;
  std::string local_text;
  std::string number;
  int calls = 0;
  int per_second = 0;
  std::chrono::seconds hold{0};
  int first_port = 0;
};

struct Call {
  Call(const Options& options, int id)
      : sip(id, options.local_text, options.target_text, options.number, options.first_port + 2 * id),
        audio(options.local.sin_addr, options.first_port + 2 * id) {}
  SipDialog sip;
  RtpLeg audio;
  Clock::time_point invited;
  std::chrono::nanoseconds setup{0};
  bool up = false;
  bool failed = false;
};

sockaddr_in Address(const std::string& text) {
  sockaddr_in address{};
  const size_t colon = text.find(':');
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(std::strtol(text.c_str() + colon + 1, nullptr, 10)));
  inet_pton(AF_INET, text.substr(0, colon).c_str(), &address.sin_addr);
  return address;
}

class Load {
 public:
  explicit Load(Options options)
      : options_(std::move(options)), socket_(socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0)) {}
  ~Load() { close(socket_); }

  int Run() {
    const int buffer = 4 << 20;
    setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer);
    if (bind(socket_, reinterpret_cast<const sockaddr*>(&options_.local), sizeof options_.local) != 0) {
      fmt::print(stderr, "{} is taken\n", options_.local_text);
      return 2;
    }
    const auto started = Clock::now();
    const auto ramp = std::chrono::seconds(options_.calls / options_.per_second + 1);
    auto measure = started + ramp + kSettle;
    const auto end = measure + options_.hold;
    bool measuring = false;
    for (auto next = started; next < end; next += kTick) {
      Invite(started);
      if (!measuring && Clock::now() >= measure) {
        for (const auto& call : calls_) call->audio.Take();
        measuring = true;
      }
      Tick();
      WaitUntil(next + kTick);
    }
    return Report();
  }

 private:
  void Invite(Clock::time_point started) {
    const double elapsed = std::chrono::duration<double>(Clock::now() - started).count();
    const int wanted = std::min(options_.calls, static_cast<int>(elapsed * options_.per_second) + 1);
    while (static_cast<int>(calls_.size()) < wanted) {
      calls_.push_back(std::make_unique<Call>(options_, static_cast<int>(calls_.size())));
      Call& call = *calls_.back();
      call.failed = !call.audio.Ok();
      call.invited = Clock::now();
      by_call_id_[call.sip.call_id()] = &call;
      Send(call.sip.Invite());
    }
  }

  void Tick() {
    ++tick_;
    for (size_t i = 0; i < calls_.size(); ++i) {
      Call& call = *calls_[i];
      if (call.up) call.audio.Send(tick_ + static_cast<int64_t>(i), kDigitEvery);
      if (!call.up && Clock::now() - call.invited > kSetupLimit) call.failed = true;
    }
  }

  // Reads signalling and audio until the next tick.
  void WaitUntil(Clock::time_point next) {
    do {
      ReadSignalling();
      const auto now = Clock::now();
      for (const auto& call : calls_) {
        if (call->up) call->audio.Receive(now);
      }
      pollfd waiting{.fd = socket_, .events = POLLIN, .revents = 0};
      poll(&waiting, 1, 2);
    } while (Clock::now() < next);
  }

  void ReadSignalling() {
    std::array<char, 65536> buffer;
    for (ssize_t size; (size = recv(socket_, buffer.data(), buffer.size(), 0)) > 0;) {
      const std::string message(buffer.data(), static_cast<size_t>(size));
      const auto found = by_call_id_.find(Header(message, "Call-ID"));
      if (found == by_call_id_.end()) continue;
      Handle(*found->second, message);
    }
  }

  void Handle(Call& call, const std::string& message) {
    const int status = StatusOf(message);
    if (status == 0) {
      if (message.compare(0, 3, "ACK") == 0) return;
      Send(SipDialog::Answer(message));
      if (message.compare(0, 3, "BYE") == 0) {
        call.up = false;
        call.failed = !ending_;
      }
      return;
    }
    if (status < 200) return;
    if (Header(message, "CSeq").find("INVITE") == std::string::npos) {
      call.up = false;  // Our BYE is answered.
      return;
    }
    if (status == 200 && !call.up) {
      call.setup = Clock::now() - call.invited;
      call.up = call.sip.Establish(message);
      call.failed = !call.up;
      call.audio.SendTo(call.sip.audio());
    } else if (status >= 300) {
      call.failed = true;
    }
    Send(call.sip.Ack());
  }

  void Send(const std::string& text) {
    sendto(socket_, text.data(), text.size(), 0, reinterpret_cast<const sockaddr*>(&options_.target),
           sizeof options_.target);
  }

  // Ends every call, a few at a time; what is not answered is sent again, so that none stays behind in the node.
  void HangUp() {
    ending_ = true;
    const auto up = [](const std::unique_ptr<Call>& call) { return call->up; };
    for (int round = 0; round < kByeRounds && std::any_of(calls_.begin(), calls_.end(), up); ++round) {
      int sent = 0;
      for (const auto& call : calls_) {
        if (!call->up) continue;
        Send(call->sip.Bye());
        if (++sent % kByesAtOnce == 0) WaitUntil(Clock::now() + kTick);
      }
      WaitUntil(Clock::now() + kByeLimit);
    }
  }

  int Report() {
    AudioCounts audio;
    int up = 0;
    int failed = 0;
    std::vector<double> setups;
    for (const auto& call : calls_) {
      audio.Add(call->audio.Take());
      failed += call->failed ? 1 : 0;
      if (!call->up) continue;
      ++up;
      setups.push_back(std::chrono::duration<double, std::milli>(call->setup).count());
    }
    HangUp();
    std::sort(setups.begin(), setups.end());
    const double p50 = setups.empty() ? 0 : setups[setups.size() / 2];
    const double p99 = setups.empty() ? 0 : setups[setups.size() * 99 / 100];
    fmt::print(
        R"({{"calls": {}, "up": {}, "failed": {}, "sent": {}, "received": {}, "late": {}, "worstGapMs": {:.1f}, )"
        R"("digits": {}, "holdSeconds": {}, "setupP50Ms": {:.2f}, "setupP99Ms": {:.2f}}})"
        "\n",
        calls_.size(), up, failed, audio.sent, audio.received, audio.late,
        std::chrono::duration<double, std::milli>(audio.worst_gap).count(), audio.digits, options_.hold.count(), p50,
        p99);
    return failed == 0 ? 0 : 1;
  }

  const Options options_;
  const int socket_;
  std::vector<std::unique_ptr<Call>> calls_;
  std::map<std::string, Call*> by_call_id_;
  int64_t tick_ = 0;
  bool ending_ = false;
};

int Number(const char* text) { return static_cast<int>(std::strtol(text, nullptr, 10)); }

}  // namespace
}  // namespace lintel::bench

int main(int count, char** arguments) {
  using namespace lintel::bench;
  if (count != 8) {
    fmt::print(stderr, "bench_calls TARGET LOCAL NUMBER CALLS CALLS_PER_SECOND HOLD_SECONDS FIRST_RTP_PORT\n");
    return 2;
  }
  Options options;
  options.target = Address(arguments[1]);
  options.local = Address(arguments[2]);
  options.target_text = arguments[1];
  options.local_text = arguments[2];
  options.number = arguments[3];
  options.calls = Number(arguments[4]);
  options.per_second = std::max(1, Number(arguments[5]));
  options.hold = std::chrono::seconds(Number(arguments[6]));
  options.first_port = Number(arguments[7]);
  return Load(std::move(options)).Run();
}
