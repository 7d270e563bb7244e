// The node's connection to `telephony`: holds the stream of commands, asks questions in threads of its own, and hands
// reports over in order until they are taken. The SIP thread never waits for any of it.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "platform/client/channel.h"
#include "telephony/media/control/call_traces.h"
#include "telephony/media/control/convert.h"
#include "telephony/media/node/mailbox.h"
#include "telephony/media/node/telephony_port.h"

namespace lintel::media {

struct LinkConfig {
  std::string node;
  std::string sip_address;
  int capacity_calls = 0;
};

class TelephonyLink final : public TelephonyPort {
 public:
  using OnOrder = std::function<void(const CallOrder&)>;         // Called in the SIP thread.
  using SnapshotCalls = std::function<std::vector<LiveCall>()>;  // Called in the SIP thread.

  TelephonyLink(LinkConfig config, Channel& channel, Mailbox& mailbox, Clock wall_clock);
  ~TelephonyLink() override;

  void Start(OnOrder on_order, SnapshotCalls snapshot);
  // Gives waiting reports at most `grace` to leave.
  void Stop(std::chrono::milliseconds grace);

  void AskRoute(const CallIdentity& call, const std::string& trunk,
                std::function<void(absl::StatusOr<Route>)> answer) override;
  void AskAction(const ActionQuestion& question, std::function<void(absl::StatusOr<ActionReply>)> answer) override;
  void Tell(const std::string& call_id, const Report& report) override;
  std::optional<MonotonicTime> AwaySince() const override;

  uint64_t reports_dropped() const { return reports_dropped_.load(); }
  size_t reports_waiting() const;

 private:
  void StayAttached();
  void Attach();
  void SendReports();
  bool SendBatch();
  void AnswerQuestions();
  void Ask(std::function<void()> question);
  // What the node carries, as of its last report. False: the SIP thread is too busy to say.
  bool Describe(telephony::v1::AttachRequest& request);

  const LinkConfig config_;
  Channel& channel_;
  Mailbox& mailbox_;
  const Clock wall_clock_;
  OnOrder on_order_;
  SnapshotCalls snapshot_;
  GraphCache graphs_;
  std::mutex routes_mutex_;
  std::map<std::string, Route> routes_;  // The last answer per number. Guarded by routes_mutex_.
  std::atomic<int64_t> heard_us_;        // Monotonic.
  mutable std::mutex reports_mutex_;
  std::condition_variable reports_changed_;
  std::deque<telephony::v1::CallEvent> reports_;  // Guarded by reports_mutex_.
  int64_t next_sequence_;                         // Guarded by reports_mutex_.
  CallTraces traces_;                             // Guarded by reports_mutex_.
  std::atomic<uint64_t> reports_dropped_{0};
  std::mutex questions_mutex_;
  std::condition_variable questions_changed_;
  std::deque<std::function<void()>> questions_;  // Guarded by questions_mutex_.
  std::atomic<bool> stop_{false};
  std::vector<std::thread> threads_;
};

}  // namespace lintel::media
