// Brings up the secure legs: answers ICE checks and runs DTLS beside the audio worker, which only forwards such
// datagrams. Own thread; its OpenSSL work and its allocations never delay a tick.
#pragma once

#include <atomic>
#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "telephony/media/secure/dtls_session.h"
#include "telephony/media/worker/leg.h"
#include "telephony/media/worker/worker.h"

namespace lintel::media {

// What a secure leg's two descriptions agreed on.
struct SecureLeg {
  LegKey key;
  uint32_t ssrc = 0;
  std::string local_ufrag;
  std::string local_pwd;
  std::string fingerprint;  // The peer's.
};

class Handshaker {
 public:
  using Time = std::chrono::steady_clock::time_point;

  Handshaker(const DtlsIdentity& identity, DatagramPort& shared, WorkerRings& rings);
  ~Handshaker();

  void Start();
  void Stop();

  // Threads: any. The leg is known from the next round on.
  void Add(SecureLeg leg);
  void Remove(LegKey key);

  // One round: new legs, waiting datagrams, due repetitions. The thread calls it; so do tests. Answers whether a
  // handshake is under way.
  bool Round();

 private:
  struct Session {
    SecureLeg leg;
    PeerAddress peer = 0;
    std::unique_ptr<DtlsSession> dtls;
    bool agreed = false;
  };

  void Run();
  void TakeChanges();
  void Take(Datagram& datagram);
  void AnswerCheck(Datagram& datagram);
  void Advance(Session& session, std::span<const std::byte> datagram);
  void SendTo(PeerAddress peer, std::span<const std::byte> bytes);

  const DtlsIdentity& identity_;
  DatagramPort& shared_;
  WorkerRings& rings_;
  std::mutex mutex_;
  std::vector<SecureLeg> added_;                                         // Guarded by mutex_.
  std::vector<LegKey> removed_;                                          // Guarded by mutex_.
  absl::flat_hash_map<std::string, std::unique_ptr<Session>> sessions_;  // By our ufrag.
  absl::flat_hash_map<PeerAddress, std::string> ufrag_of_peer_;
  Datagram out_;
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

}  // namespace lintel::media
