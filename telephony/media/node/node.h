// A media node: takes calls from the user agent, orders from `telephony` and news from the audio worker, and gives each
// to the session it is about. SIP thread only.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "telephony/media/node/session.h"

namespace lintel::media {

// An order as it comes from `telephony`. A node obeys only the highest epoch it has seen of an exchange.
struct CallOrder {
  std::string exchange;
  int64_t epoch = 0;
  std::string call_id;
  Order order;
};

struct NodeCounters {
  uint64_t calls = 0;
  uint64_t refused = 0;
  uint64_t digits = 0;
  uint64_t stale_orders = 0;
};

class Node final : public SipEvents {
 public:
  Node(size_t capacity, std::function<std::string()> new_id);

  // Before anything happens. `tools` outlives the node.
  void Use(const SessionTools& tools) { tools_ = &tools; }

  void OnInvite(SipLegId leg, const IncomingInvite& invite) override;
  void OnReinvite(SipLegId leg, const std::string& sdp) override;
  void OnProgress(SipLegId leg, int sip_code) override;
  void OnAnswer(SipLegId leg, const std::string& sdp) override;
  void OnEnded(SipLegId leg, int sip_code) override;
  void OnKey(SipLegId leg, char key) override;

  void OnOrder(const CallOrder& order);
  void OnAudio(WorkerEvent& event);
  void OnTick();

  // Ends what has not ended by itself.
  void EndAllCalls();

  std::vector<LiveCall> LiveCalls() const;
  size_t calls() const { return by_call_.size(); }
  const NodeCounters& counters() const { return counters_; }

 private:
  std::shared_ptr<Session> OfLeg(SipLegId leg);
  std::shared_ptr<Session> OfAudio(LegKey leg);
  void Forget(const std::shared_ptr<Session>& session);
  void NoteLegs(const std::shared_ptr<Session>& session);

  const size_t capacity_;
  const std::function<std::string()> new_id_;
  const SessionTools* tools_ = nullptr;
  std::map<std::string, std::shared_ptr<Session>> by_call_;
  absl::flat_hash_map<SipLegId, std::string> call_of_leg_;
  std::map<std::string, int64_t> epochs_;  // By exchange.
  NodeCounters counters_;
};

}  // namespace lintel::media
