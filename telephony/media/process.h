// Everything a media node consists of, made in order and taken down in reverse.
#pragma once

#include <memory>
#include <optional>

#include "platform/client/channel.h"
#include "platform/metrics/metrics.h"
#include "telephony/media/config.h"
#include "telephony/media/control/telephony_link.h"
#include "telephony/media/control/uploader.h"
#include "telephony/media/node/node.h"
#include "telephony/media/node/prompts.h"
#include "telephony/media/worker/handshaker.h"

namespace lintel::media {

class Process {
 public:
  // Opens the ports. UNAVAILABLE names what is taken.
  static absl::StatusOr<std::unique_ptr<Process>> Make(Config config);
  ~Process();

  // Runs until SIGTERM or SIGINT and the drain that follows. The calling thread becomes the SIP thread.
  void Run();

 private:
  explicit Process(Config config);
  absl::Status Open();
  void OnSignal();
  void OnTick();
  void PublishFigures();
  Moment Now() const;

  const Config config_;
  const Clock wall_clock_;
  const Tokens tokens_;
  Metrics metrics_;
  Channel channel_;
  Mailbox mailbox_;
  WorkerRings rings_;
  const speech::Recordings recordings_;
  speech::Synthesiser synthesiser_;
  speech::Voice voice_;
  std::optional<DtlsIdentity> identity_;
  std::unique_ptr<UdpPort> shared_port_;
  std::unique_ptr<Handshaker> handshaker_;
  std::unique_ptr<Worker> worker_;
  std::unique_ptr<Uploader> uploader_;
  std::unique_ptr<Recorder> recorder_;
  std::unique_ptr<AudioHub> audio_;
  std::unique_ptr<Prompts> prompts_;
  std::unique_ptr<TelephonyLink> link_;
  std::unique_ptr<Node> node_;
  std::unique_ptr<UserAgent> sip_;
  std::optional<SessionTools> tools_;
  int signals_ = -1;
  std::optional<MonotonicTime> stop_at_;  // Set while draining.
  bool ended_ = false;
  int ticks_ = 0;
};

}  // namespace lintel::media
