// The node with its real audio worker, driven tick by tick, and a user agent and a `telephony` of the test's own.
#pragma once

#include <gtest/gtest.h>

#include <deque>
#include <filesystem>

#include "platform/ids/ids.h"
#include "platform/testing/folder.h"
#include "telephony/flow/graph.h"
#include "telephony/media/node/node.h"

namespace lintel::media {

using namespace std::chrono_literals;

inline constexpr char kGraph[] = R"({
  "schema": 1, "language": "en", "entry": "agent", "fallback": "sorry", "keys": {},
  "prompts": {"sorry": {"text": {"zh-CN": "请稍候。", "en": "Sorry."}}, "bye": {"text": {"zh-CN": "再见。", "en": "Bye."}}},
  "nodes": {
    "agent": {"verb": "queue", "queue": "queues/0190a5c0-0000-7000-8000-000000000001", "overflow": "goodbye"},
    "sorry": {"verb": "fallback", "prompts": ["sorry"], "retry": "agent", "attempts": 2},
    "goodbye": {"verb": "hangup", "prompts": ["bye"]}
  }
})";
inline constexpr char kOffer[] =
    "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 9000 RTP/AVP 8 101\r\n"
    "a=rtpmap:101 telephone-event/8000\r\n";

// Notes what the node does to SIP.
class FakeAgent final : public UserAgent {
 public:
  void Accept(SipLegId leg, const std::string& sdp) override { done.push_back({"accept", leg, sdp}); }
  void Ring(SipLegId leg) override { done.push_back({"ring", leg, ""}); }
  void Refuse(SipLegId leg, int code) override { done.push_back({"refuse " + std::to_string(code), leg, ""}); }
  SipLegId Invite(const std::string& uri, const std::string& sdp, const std::vector<std::string>& headers) override {
    done.push_back({"invite " + uri + (headers.empty() ? "" : " " + headers[0]), 100, sdp});
    return 100;
  }
  void End(SipLegId leg) override { done.push_back({"end", leg, ""}); }
  void SetDraining() override {}
  size_t legs() const override { return 0; }
  void Watch(int, std::function<void()>) override {}
  void Every(int, std::function<void()>) override {}
  void Run() override {}
  void Stop() override {}

  struct Done {
    std::string what;
    SipLegId leg;
    std::string sdp;
  };
  std::string Last() const { return done.empty() ? "" : done.back().what; }
  std::vector<Done> done;
};

class FakeTelephony final : public TelephonyPort {
 public:
  void AskRoute(const CallIdentity&, const std::string&, std::function<void(absl::StatusOr<Route>)> answer) override {
    route = std::move(answer);
  }
  void AskAction(const ActionQuestion&, std::function<void(absl::StatusOr<ActionReply>)>) override {}
  void Tell(const std::string&, const Report& report) override { told.push_back(report); }
  std::optional<MonotonicTime> AwaySince() const override { return std::nullopt; }

  std::function<void(absl::StatusOr<Route>)> route;
  std::vector<Report> told;
};

class SilentPort final : public DatagramPort {
 public:
  size_t Receive(std::span<Datagram>) override { return 0; }
  void Send(std::span<const Datagram>) override {}
  uint16_t port() const override { return 4000; }
};

class NodeTest : public ::testing::Test {
 protected:
  NodeTest() {
    RepairSpool(home_ / "spool");
    node_.Use(tools_);
  }

  // Lets the worker obey and the node hear of it.
  void Tick() {
    ticks_ += 20ms;
    worker_.Tick(1 + ticks_.count());
    audio_.TakeEvents([this](WorkerEvent& event) { node_.OnAudio(event); });
    node_.OnTick();
  }

  void Call(SipLegId leg = 1) {
    node_.OnInvite(leg, {.called_user = "4001", .caller_user = "139", .trunk = "t:1", .sdp = kOffer});
  }
  void Queue(const std::string& graph_json = kGraph) {
    Call();
    auto graph = flow::ParseGraph(graph_json);
    ASSERT_TRUE(graph.ok()) << graph.status();
    telephony_.route(Route{.tenant = 1, .exchange = "x", .flow_name = "f", .graph = *graph});
    call_id_ = node_.LiveCalls()[0].identity.call_id;
  }
  CallOrder Connect(int64_t epoch, const std::string& exchange = "x") const {
    return {
        .exchange = exchange,
        .epoch = epoch,
        .call_id = call_id_,
        .order = ConnectAgent{
            {.leg_id = "leg", .agent = "agents/1", .sip_uri = "sip:a@d", .device = device_, .call_reference = "ref"}}};
  }
  void Bridge() {
    Queue();
    node_.OnOrder(Connect(1));
    node_.OnProgress(100, 180);
    node_.OnAnswer(100, kOffer);
    Tick();
  }

  template <class R>
  size_t Told() const {
    return static_cast<size_t>(std::count_if(telephony_.told.begin(), telephony_.told.end(),
                                             [](const Report& report) { return std::holds_alternative<R>(report); }));
  }

  const testing::Folder home_;
  std::chrono::microseconds ticks_{0};
  Mailbox mailbox_;
  SilentPort port_;
  WorkerRings rings_{8};
  const DtlsIdentity identity_ = *DtlsIdentity::Make();
  Handshaker handshaker_{identity_, port_, rings_};
  Worker worker_{8, port_, rings_};
  AudioHub audio_{"127.0.0.1", 4000,       identity_.fingerprint(), 8, PortPool("127.0.0.1", 29000, 29019),
                  rings_,      handshaker_};
  speech::Recordings recordings_{home_ / "prompts"};
  speech::Synthesiser synthesiser_{"/nonexistent/lintel-speech", home_ / "speech"};
  speech::Voice voice_{recordings_, synthesiser_};
  Prompts prompts_{voice_, recordings_, mailbox_};
  Recorder recorder_{home_ / "spool", rings_, [] {}};
  FakeAgent sip_;
  FakeTelephony telephony_;
  SessionTools tools_{
      .sip = sip_, .audio = audio_, .prompts = prompts_, .telephony = telephony_, .recorder = recorder_, .now = [this] {
        return Moment{MonotonicTime(ticks_), Instant(ticks_)};
      }};
  Node node_{2, NewId};
  std::string call_id_;
  AgentDevice device_ = AgentDevice::kPhone;  // Of the agent to connect.
};

}  // namespace lintel::media
