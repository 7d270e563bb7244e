// The owner of an exchange: feeds the distributor with what nodes and agents report and carries out its commands. One
// lock around the state machine; nothing that blocks happens under it.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <set>
#include <thread>

#include "platform/metrics/metrics.h"
#include "services/telephony/app/call_book.h"
#include "services/telephony/app/catalogue.h"
#include "services/telephony/app/lease.h"
#include "services/telephony/app/nodes.h"
#include "services/telephony/app/record_keeper.h"
#include "services/telephony/app/signals.h"
#include "services/telephony/domain/distributor.h"

namespace lintel::telephony {

inline constexpr char kExchange[] = "main";  // One pool of agents and queues; a queue carries its tenant

class Exchange {
 public:
  struct Parts {
    Catalogue& catalogue;
    Lease& lease;
    Nodes& nodes;
    CallBook& book;
    Signals& signals;
    RecordKeeper& records;
    Metrics& metrics;
    Clock clock;       // The product's time, for records
    Clock wall_clock;  // The machine's, for sign-ons
  };
  explicit Exchange(Parts parts);
  ~Exchange() { Stop(); }

  bool owns() const { return parts_.lease.epoch() > 0; }

  // Threads: any.
  void Handle(const Event& event);
  // The agent as the floor has it now; offline when unknown.
  Agent AgentNow(const std::string& agent) const;
  struct QueueNow {
    size_t waiting = 0;
    size_t ready = 0;
  };
  QueueNow QueueState(const std::string& queue) const;

  // Hears all signals, first what is true now of every agent and queue: who comes anew has missed some.
  std::shared_ptr<Signals::Listener> Watch();

  // A node attached and carries this call, of which this owner did not know.
  void Restore(const std::string& node, const v1::LiveCall& live);
  // The place of a caller who came at `queued`, on this process' monotonic clock.
  Time PlaceOf(Instant queued) const;
  // The caller was looked up: the card is sent again when it was shown already.
  void Learn(const std::string& call, const customers::v1::LookUpCallerResponse& caller);

  // What PostgreSQL says of queues and agents; told by the catalogue. A new owner finds agents as the last one left
  // them; those who were ready are offered calls once nodes had time to tell who talks.
  void Sync(const Snapshot& snapshot);

  void Start();
  void Stop();

 private:
  QueueNow Count(const std::string& queue) const;
  void Run(const Event& event);
  void Execute(const Commands& commands);
  void Do(const ConnectAgent& command);
  void Do(const CancelConnect& command);
  void Do(const LeaveQueue& command);
  void Do(const HangUpCall& command);
  void Do(const PopAgent& command);
  void Do(const AgentChanged& command);
  void Do(const QueueChanged& command);
  void Order(const std::string& node, const std::string& call, v1::NodeCommand command);
  void Show(const CallFacts& facts);
  void SyncNow(const Snapshot& snapshot);
  void MakeReady();
  void Loop();
  void Turn();
  void LoseNodes();
  void WriteRecords();
  static Time Monotonic();

  const Parts parts_;
  prometheus::Counter& repairs_;
  mutable std::mutex mutex_;  // Guards the distributor and what is beside it.
  Distributor distributor_;
  bool synced_ = false;                     // As the present owner
  Time settled_at_{};                       // Since then the present owner knows the nodes' calls
  std::set<std::string> to_make_ready_;     // Agents who were ready under the last owner, until then
  std::deque<v1::SpooledRecord> to_write_;  // At most kMostRecords; periods of agents and lost calls
  std::condition_variable changed_;
  bool stopping_ = false;
  std::thread clock_thread_;
  std::thread writer_;
};

}  // namespace lintel::telephony
