#include "telephony/media/process.h"

#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <csignal>
#include <utility>

#include <fmt/format.h>

#include "platform/helper/helper.h"
#include "platform/ids/ids.h"
#include "platform/log/log.h"

namespace lintel::media {
namespace {

using namespace std::chrono_literals;

constexpr int kTickMs = 50;           // Of calls' deadlines.
constexpr int kTicksPerFigures = 20;  // Metrics are refreshed each second.
constexpr auto kGoodbyes = 2s;        // For BYEs to be answered and the last reports to leave.
constexpr int kSharedSocketBuffer = 4 << 20;

}  // namespace

absl::StatusOr<std::unique_ptr<Process>> Process::Make(Config config) {
  std::unique_ptr<Process> process(new Process(std::move(config)));
  const absl::Status opened = process->Open();
  if (!opened.ok()) return opened;
  return process;
}

Process::Process(Config config)
    : config_(std::move(config)),
      wall_clock_(config_.test_mode ? FollowOffset((config_.home / "test-clock").string()) : Clock(WallClock)),
      tokens_(config_.service_key, "", WallClock),
      metrics_(config_.name),
      channel_(config_.telephony_address, "media", "telephony", tokens_),
      rings_(2 * static_cast<size_t>(config_.capacity)),
      recordings_(config_.prompts),
      synthesiser_(ProgramBeside("lintel-speech"), (config_.home / "speech").string()),
      voice_(recordings_, synthesiser_) {}

absl::Status Process::Open() {
  absl::StatusOr<DtlsIdentity> identity = DtlsIdentity::Make();
  if (!identity.ok()) return identity.status();
  identity_ = *std::move(identity);
  auto port = UdpPort::Open(config_.rtp_host, config_.rtp_low, kSharedSocketBuffer);
  if (!port.ok()) return port.status();
  shared_port_ = *std::move(port);

  const size_t legs = 2 * static_cast<size_t>(config_.capacity);
  const std::filesystem::path spool = config_.home / "spool" / config_.name;
  RepairSpool(spool);
  rings_.wake_sip = mailbox_.descriptor();
  rings_.wake_handshaker = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
  handshaker_ = std::make_unique<Handshaker>(*identity_, *shared_port_, rings_);
  worker_ = std::make_unique<Worker>(legs, *shared_port_, rings_);
  uploader_ = std::make_unique<Uploader>(spool, channel_);
  recorder_ = std::make_unique<Recorder>(spool, rings_, [this] { uploader_->Notify(); });
  audio_ = std::make_unique<AudioHub>(
      config_.rtp_host, shared_port_->port(), identity_->fingerprint(), legs,
      PortPool(config_.rtp_host, static_cast<uint16_t>(config_.rtp_low + 1), config_.rtp_high), rings_, *handshaker_);
  prompts_ = std::make_unique<Prompts>(voice_, recordings_, mailbox_);
  link_ = std::make_unique<TelephonyLink>(
      LinkConfig{.node = config_.name,
                 .sip_address = fmt::format("{}:{}", config_.sip_host, config_.sip_port),
                 .capacity_calls = config_.capacity},
      channel_, mailbox_, wall_clock_);
  node_ = std::make_unique<Node>(static_cast<size_t>(config_.capacity), NewId);
  auto sip = UserAgent::Make({.host = config_.sip_host,
                              .port = config_.sip_port,
                              .proxy = config_.kamailio,
                              .trusted_hosts = config_.trusted_hosts},
                             *node_);
  if (!sip.ok()) return sip.status();
  sip_ = *std::move(sip);
  tools_.emplace(SessionTools{
      .sip = *sip_, .audio = *audio_, .prompts = *prompts_, .telephony = *link_, .recorder = *recorder_, .now = [this] {
        return Now();
      }});
  node_->Use(*tools_);
  return absl::OkStatus();
}

Process::~Process() {
  // Threads that feed the SIP thread end before what they feed.
  if (link_ != nullptr) link_->Stop(kGoodbyes);
  if (worker_ != nullptr) worker_->Stop();
  if (handshaker_ != nullptr) handshaker_->Stop();
  if (recorder_ != nullptr) recorder_->Stop();
  if (uploader_ != nullptr) uploader_->Stop();
  sip_.reset();
  if (signals_ >= 0) close(signals_);
  if (rings_.wake_handshaker >= 0) close(rings_.wake_handshaker);
}

Moment Process::Now() const {
  const auto monotonic = std::chrono::steady_clock::now().time_since_epoch();
  return {MonotonicTime(std::chrono::duration_cast<std::chrono::microseconds>(monotonic)), wall_clock_()};
}

void Process::Run() {
  sigset_t stopping;
  sigemptyset(&stopping);
  sigaddset(&stopping, SIGTERM);
  sigaddset(&stopping, SIGINT);
  signals_ = signalfd(-1, &stopping, SFD_NONBLOCK | SFD_CLOEXEC);
  sip_->Watch(signals_, [this] { OnSignal(); });
  sip_->Watch(mailbox_.descriptor(), [this] {
    mailbox_.RunAll();
    audio_->TakeEvents([this](WorkerEvent& event) { node_->OnAudio(event); });
  });
  sip_->Every(kTickMs, [this] { OnTick(); });
  metrics_.Serve(config_.metrics_port);
  worker_->Start();
  handshaker_->Start();
  recorder_->Start();
  uploader_->Start();
  link_->Start([this](const CallOrder& order) { node_->OnOrder(order); }, [this] { return node_->LiveCalls(); });
  log::Info("listening", {{"sip", fmt::format("{}:{}", config_.sip_host, config_.sip_port)},
                          {"rtp", fmt::format("{}:{}-{}", config_.rtp_host, config_.rtp_low, config_.rtp_high)}});
  sip_->Run();
}

// New calls go elsewhere at once; running ones get the drain limit, a second signal ends them now.
void Process::OnSignal() {
  signalfd_siginfo ignored;
  while (read(signals_, &ignored, sizeof(ignored)) > 0) {
  }
  const bool again = stop_at_.has_value();
  stop_at_ = again ? Now().monotonic : Now().monotonic + config_.drain_limit;
  sip_->SetDraining();
  log::Info("draining", {{"calls", std::to_string(node_->calls())}});
}

void Process::OnTick() {
  audio_->TakeEvents([this](WorkerEvent& event) { node_->OnAudio(event); });
  node_->OnTick();
  if (++ticks_ % kTicksPerFigures == 0) PublishFigures();
  if (!stop_at_.has_value()) return;
  const MonotonicTime now = Now().monotonic;
  if (!ended_ && now >= *stop_at_) {
    ended_ = true;
    if (node_->calls() > 0) log::Warn("ending calls", {{"calls", std::to_string(node_->calls())}});
    node_->EndAllCalls();
  }
  const bool quiet = node_->calls() == 0 && sip_->legs() == 0;
  if (quiet || (ended_ && now >= *stop_at_ + kGoodbyes)) sip_->Stop();
}

void Process::PublishFigures() {
  const auto raise = [this](const char* name, const char* help, double value) {
    prometheus::Counter& counter = metrics_.Counter(name, help);
    counter.Increment(value - counter.Value());
  };
  const WorkerCounters& worker = worker_->counters();
  const NodeCounters& node = node_->counters();
  raise("lintel_media_calls_total", "Calls taken.", static_cast<double>(node.calls));
  raise("lintel_media_calls_refused_total", "INVITEs without usable audio, or beyond the capacity.",
        static_cast<double>(node.refused));
  raise("lintel_media_digits_total", "Keys heard from callers.", static_cast<double>(node.digits));
  raise("lintel_media_stale_orders_total", "Orders of an owner that is no longer the exchange's.",
        static_cast<double>(node.stale_orders));
  raise("lintel_media_ticks_total", "Ticks of the audio worker.", static_cast<double>(worker.ticks));
  raise("lintel_media_late_ticks_total", "Ticks that began more than 10 ms late.",
        static_cast<double>(worker.late_ticks));
  raise("lintel_media_packets_received_total", "RTP packets heard.", static_cast<double>(worker.packets_received));
  raise("lintel_media_packets_sent_total", "RTP packets sent.", static_cast<double>(worker.packets_sent));
  raise("lintel_media_packets_refused_total", "Datagrams that were no audio of a call.",
        static_cast<double>(worker.packets_refused));
  raise("lintel_media_frames_unrecorded_total", "Frames of recordings lost to a slow disk.",
        static_cast<double>(worker.frames_unrecorded));
  raise("lintel_media_recordings_uploaded_total", "Recordings taken by telephony.",
        static_cast<double>(uploader_->uploaded()));
  raise("lintel_media_recording_failures_total", "Recordings that could not be written.",
        static_cast<double>(recorder_->failures()));
  raise("lintel_media_reports_dropped_total", "Reports beyond the queue's bound.",
        static_cast<double>(link_->reports_dropped()));
  metrics_.Gauge("lintel_media_calls", "Calls now.").Set(static_cast<double>(node_->calls()));
  metrics_.Gauge("lintel_media_reports_waiting", "Reports telephony has not taken yet.")
      .Set(static_cast<double>(link_->reports_waiting()));
}

}  // namespace lintel::media
