// The audio of all calls of a node: one thread, a tick every 20 ms. A tick takes commands, drains the sockets, plays or
// bridges every leg and sends. It takes no lock, allocates nothing and does no I/O but on its sockets; what it is given
// or gives away travels through rings.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <thread>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "telephony/media/worker/leg.h"
#include "telephony/media/worker/spsc_ring.h"

namespace lintel::media {

inline constexpr std::chrono::milliseconds kTick{20};
inline constexpr std::chrono::seconds kSilenceLimit{60};

// Counters other threads may read at any time.
struct WorkerCounters {
  std::atomic<uint64_t> ticks{0};
  std::atomic<uint64_t> late_ticks{0};  // Began more than 10 ms late.
  std::atomic<uint64_t> packets_received{0};
  std::atomic<uint64_t> packets_sent{0};
  std::atomic<uint64_t> packets_refused{0};
  std::atomic<uint64_t> events_dropped{0};     // The SIP thread did not keep up.
  std::atomic<uint64_t> frames_unrecorded{0};  // The writer did not keep up; the file has silence there.
};

// The rings between the worker and its neighbours, and how to wake them.
struct WorkerRings {
  explicit WorkerRings(size_t legs)
      : commands(8 * legs), events(16 * legs), handshakes(4 * legs), secure_datagrams(512), recorded(2048) {}
  SpscRing<WorkerCommand> commands;
  SpscRing<WorkerEvent> events;
  SpscRing<HandshakeResult> handshakes;
  SpscRing<Datagram> secure_datagrams;
  SpscRing<RecordedFrame> recorded;
  int wake_sip = -1;  // eventfds; the worker only writes them.
  int wake_handshaker = -1;
};

class Worker {
 public:
  // `legs` bounds the slots. `shared` is the port of browsers and of known peers; it and `rings` outlive the worker.
  Worker(size_t legs, DatagramPort& shared, WorkerRings& rings);
  ~Worker();

  void Start();
  void Stop();

  // One tick at monotonic `now_us`. The thread calls it; so do tests, without a thread.
  void Tick(int64_t now_us);

  const WorkerCounters& counters() const { return counters_; }

 private:
  void Run(const std::atomic<bool>& stop);
  void TakeCommands();
  void Obey(WorkerCommand& command);
  void Take(HandshakeResult& result);
  Leg* Find(LegKey key);
  void Listen(PeerAddress peer, Leg& leg);
  void DropBridge(Leg& leg);
  void ReceiveShared(int64_t now_us);
  void ReceiveOwn(Leg& leg, int64_t now_us);
  void Hear(Leg& leg, Datagram& datagram, int64_t now_us);
  void Refuse(Leg& leg);
  bool AcceptSource(Leg& leg, PeerAddress peer);
  void PlayOut(Leg& leg, int64_t now_us);
  void BridgePair(Leg& caller, Leg& agent);
  bool SendPrompt(Leg& leg);
  void SendAudio(Leg& leg, std::span<const uint8_t, kFrameSamples> codes);
  void SendSilence(Leg& leg);
  void SendKey(Leg& leg, const DtmfSender::Packet& packet);
  void SendDatagram(Leg& leg, Datagram& datagram, size_t size);
  Datagram& NextDatagram(Leg& leg, uint8_t type, bool marker, uint32_t timestamp);
  void FlushShared();
  void EndPlay(Leg& leg, bool to_the_end);
  void Leave(Leg& leg);
  bool Tell(WorkerEvent&& event);

  DatagramPort& shared_;
  WorkerRings& rings_;
  std::vector<std::unique_ptr<Leg>> slots_;
  std::vector<uint32_t> active_;                      // Slots in use.
  absl::flat_hash_map<PeerAddress, uint32_t> peers_;  // On the shared port; reserved, so it never grows.
  std::vector<Datagram> received_;
  std::vector<Datagram> to_send_;
  size_t sending_ = 0;
  Datagram own_;
  bool told_ = false;
  bool handshaking_ = false;
  WorkerCounters counters_;
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

}  // namespace lintel::media
