#include "telephony/media/worker/handshaker.h"

#include <poll.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "telephony/media/ice/stun.h"

namespace lintel::media {
namespace {

constexpr int kRepeatMs = 50;
constexpr int kIdleMs = 1000;

void Drain(int descriptor) {
  uint64_t count = 0;
  const ssize_t got = read(descriptor, &count, sizeof(count));
  (void)got;
}

void Notify(int descriptor) {
  if (descriptor < 0) return;
  const uint64_t one = 1;
  const ssize_t written = write(descriptor, &one, sizeof(one));
  (void)written;
}

}  // namespace

Handshaker::Handshaker(const DtlsIdentity& identity, DatagramPort& shared, WorkerRings& rings)
    : identity_(identity), shared_(shared), rings_(rings) {}

Handshaker::~Handshaker() { Stop(); }

void Handshaker::Start() {
  thread_ = std::thread([this] { Run(); });
}

void Handshaker::Stop() {
  stop_.store(true);
  Notify(rings_.wake_handshaker);
  if (thread_.joinable()) thread_.join();
}

void Handshaker::Run() {
  prctl(PR_SET_NAME, "handshake");
  bool busy = false;
  while (!stop_.load()) {
    pollfd waiting{.fd = rings_.wake_handshaker, .events = POLLIN, .revents = 0};
    if (poll(&waiting, 1, busy ? kRepeatMs : kIdleMs) > 0) Drain(rings_.wake_handshaker);
    busy = Round();
  }
}

void Handshaker::Add(SecureLeg leg) {
  {
    const std::lock_guard lock(mutex_);
    added_.push_back(std::move(leg));
  }
  Notify(rings_.wake_handshaker);
}

void Handshaker::Remove(LegKey key) {
  const std::lock_guard lock(mutex_);
  removed_.push_back(key);
}

bool Handshaker::Round() {
  TakeChanges();
  while (rings_.secure_datagrams.TryTake([this](Datagram& datagram) { Take(datagram); })) {
  }
  bool busy = false;
  for (auto& [ufrag, session] : sessions_) {
    if (session->dtls == nullptr || session->dtls->state() != DtlsState::kHandshaking) continue;
    busy = true;
    session->dtls->HandleTimeout();
  }
  return busy;
}

void Handshaker::TakeChanges() {
  const std::lock_guard lock(mutex_);
  for (SecureLeg& leg : added_) {
    std::string ufrag = leg.local_ufrag;
    auto session = std::make_unique<Session>();
    session->leg = std::move(leg);
    sessions_[std::move(ufrag)] = std::move(session);
  }
  added_.clear();
  for (const LegKey key : removed_) {
    absl::erase_if(sessions_, [&](const auto& entry) {
      if (entry.second->leg.key != key) return false;
      ufrag_of_peer_.erase(entry.second->peer);
      return true;
    });
  }
  removed_.clear();
}

void Handshaker::Take(Datagram& datagram) {
  if (KindOf(datagram.data()) == DatagramKind::kStun) {
    AnswerCheck(datagram);
    return;
  }
  // DTLS is taken only from an address that has proved by ICE to be the browser of the call.
  const auto known = ufrag_of_peer_.find(datagram.peer);
  if (known == ufrag_of_peer_.end()) return;
  const auto session = sessions_.find(known->second);
  if (session != sessions_.end()) Advance(*session->second, datagram.data());
}

void Handshaker::AnswerCheck(Datagram& datagram) {
  const std::optional<StunRequest> request = ParseBindingRequest(datagram.data());
  if (!request.has_value()) return;
  const std::string ufrag(request->username.substr(0, request->username.find(':')));
  const auto found = sessions_.find(ufrag);
  if (found == sessions_.end()) return;
  Session& session = *found->second;
  if (!IntegrityHolds(datagram.data(), *request, session.leg.local_pwd)) return;

  std::array<std::byte, kLongestStun> answer;
  const size_t size = WriteBindingResponse(*request, ToSockaddr(datagram.peer), session.leg.local_pwd, answer);
  SendTo(datagram.peer, std::span(answer).first(size));
  // The browser's nomination decides; until it comes the first address that checks serves.
  if (session.peer == datagram.peer || (session.peer != 0 && !request->use_candidate)) return;
  ufrag_of_peer_.erase(session.peer);
  ufrag_of_peer_[datagram.peer] = ufrag;
  session.peer = datagram.peer;
  rings_.handshakes.TryPush(PeerFound{.leg = session.leg.key, .peer = datagram.peer});
}

void Handshaker::Advance(Session& session, std::span<const std::byte> datagram) {
  if (session.dtls == nullptr) {
    session.dtls = std::make_unique<DtlsSession>(
        identity_, DtlsSession::Role::kServer, session.leg.fingerprint,
        [this, at = &session](std::span<const std::byte> bytes) { SendTo(at->peer, bytes); });
  }
  session.dtls->Receive(datagram);
  if (session.agreed || session.dtls->state() != DtlsState::kConnected) return;
  session.agreed = true;
  std::unique_ptr<SrtpSession> srtp = SrtpSession::Make(session.dtls->keys(), session.leg.ssrc);
  if (srtp != nullptr) rings_.handshakes.TryPush(KeysAgreed{.leg = session.leg.key, .srtp = std::move(srtp)});
}

void Handshaker::SendTo(PeerAddress peer, std::span<const std::byte> bytes) {
  if (bytes.size() > out_.bytes.size()) return;
  out_.peer = peer;
  out_.size = bytes.size();
  std::copy(bytes.begin(), bytes.end(), out_.bytes.begin());
  shared_.Send(std::span(&out_, 1));
}

}  // namespace lintel::media
