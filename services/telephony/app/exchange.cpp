#include "services/telephony/app/exchange.h"

#include "platform/ids/ids.h"
#include "platform/log/log.h"
#include "platform/wire/values.h"

namespace lintel::telephony {
namespace {

constexpr auto kTurnEvery = std::chrono::milliseconds(200);
constexpr auto kRepairEvery = std::chrono::seconds(1);
constexpr auto kNodeGone = std::chrono::seconds(5);
constexpr Time kSettle = std::chrono::seconds(2);  // Nodes try to attach four times a second

Time ToTime(int milliseconds) { return std::chrono::milliseconds(milliseconds); }

Queue ToFloor(const std::string& name, const QueueRecord& record) {
  return {.id = name,
          .tenant = record.tenant,
          .max_wait = ToTime(record.max_wait_ms),
          .ring_limit = ToTime(record.ring_limit_ms),
          .wrap_up_limit = ToTime(record.wrap_up_ms),
          .max_waiting = static_cast<size_t>(record.max_waiting)};
}

bool Same(const Queue& a, const Queue& b) {
  return std::tie(a.tenant, a.max_wait, a.ring_limit, a.wrap_up_limit, a.max_waiting) ==
         std::tie(b.tenant, b.max_wait, b.ring_limit, b.wrap_up_limit, b.max_waiting);
}

std::set<std::string> QueueNames(const AgentRecord& agent) {
  std::set<std::string> names;
  for (const std::string& id : agent.queue_ids) names.insert("queues/" + id);
  return names;
}

}  // namespace

Exchange::Exchange(Parts parts)
    : parts_(std::move(parts)),
      repairs_(parts_.metrics.Counter("lintel_telephony_floor_repairs_total",
                                      "Breaches of the distributor's invariants that were mended")),
      distributor_({}, &NewId) {}

Time Exchange::Monotonic() {
  return std::chrono::duration_cast<Time>(std::chrono::steady_clock::now().time_since_epoch());
}

Time Exchange::PlaceOf(Instant queued) const {
  return Monotonic() - std::max(Time::zero(), std::chrono::duration_cast<Time>(parts_.wall_clock() - queued));
}

void Exchange::Handle(const Event& event) {
  const std::lock_guard lock(mutex_);
  Run(event);
}

void Exchange::Run(const Event& event) { Execute(distributor_.Handle(event, Monotonic())); }

void Exchange::Execute(const Commands& commands) {
  for (const Command& command : commands) std::visit([this](const auto& one) { Do(one); }, command);
}

Agent Exchange::AgentNow(const std::string& agent) const {
  const std::lock_guard lock(mutex_);
  const auto found = distributor_.floor().agents.find(agent);
  return found == distributor_.floor().agents.end() ? Agent{.id = agent} : found->second;
}

Exchange::QueueNow Exchange::QueueState(const std::string& queue) const {
  const std::lock_guard lock(mutex_);
  return Count(queue);
}

Exchange::QueueNow Exchange::Count(const std::string& queue) const {
  const Floor& floor = distributor_.floor();
  const auto count = [&](const auto& index) { return index.contains(queue) ? index.at(queue).size() : 0; };
  return {count(floor.waiting), count(floor.ready)};
}

void Exchange::Restore(const std::string& node, const v1::LiveCall& live) {
  const bool waits = live.state() == v1::QUEUED || live.state() == v1::RINGING_AGENT;
  const bool talks = live.state() == v1::BRIDGED && !live.agent().empty();
  if (!waits && !talks) return;  // The flow has the caller, or called somebody who is no agent
  const auto queued = ToInstant("queued_time", live.queued_time());
  const std::lock_guard lock(mutex_);
  // Who has just become the owner must know the agents before their talks.
  if (!synced_) SyncNow(*parts_.catalogue.Now());
  Run(CallRestored{.call = live.call_id(),
                   .queue = live.queue(),
                   .node = node,
                   .entered = PlaceOf(queued.ok() ? *queued : parts_.wall_clock()),
                   .talking_to = talks ? live.agent() : "",
                   .leg = live.state() == v1::QUEUED ? "" : live.queue_leg_id()});
}

void Exchange::Learn(const std::string& call, const customers::v1::LookUpCallerResponse& caller) {
  if (const auto facts = parts_.book.Learn(call, caller)) Show(*facts);
}

// ---- From PostgreSQL ----

void Exchange::Sync(const Snapshot& snapshot) {
  const std::lock_guard lock(mutex_);
  SyncNow(snapshot);
}

void Exchange::SyncNow(const Snapshot& snapshot) {
  if (!owns()) {
    synced_ = false;
    return;
  }
  const bool first = !std::exchange(synced_, true);
  if (first) settled_at_ = Monotonic() + kSettle;
  for (const auto& [name, record] : snapshot.queues) {
    const Queue queue = ToFloor(name, record);
    const auto known = distributor_.floor().queues.find(name);
    if (known == distributor_.floor().queues.end() || !Same(known->second, queue)) Run(QueueConfigured{queue});
  }
  for (const auto& [name, session] : snapshot.sessions) {
    const auto record = snapshot.agents.find(name);
    if (record == snapshot.agents.end()) continue;
    const auto known = distributor_.floor().agents.find(name);
    const bool offline = known == distributor_.floor().agents.end() || known->second.state == AgentState::kOffline;
    if (!offline && known->second.queues == QueueNames(record->second)) continue;
    const Time left = std::chrono::duration_cast<Time>(session.expire_time - parts_.wall_clock());
    Run(AgentSignedOn{name, QueueNames(record->second), Monotonic() + left});
    if (first && offline && snapshot.was_ready.at(name)) to_make_ready_.insert(name);
  }
  std::vector<std::string> gone;
  for (const auto& [name, agent] : distributor_.floor().agents) {
    const bool idle =
        agent.state == AgentState::kNotReady || agent.state == AgentState::kReady || agent.state == AgentState::kWrapUp;
    if (idle && !snapshot.sessions.contains(name)) gone.push_back(name);
  }
  for (const std::string& name : gone) Run(AgentSignedOff{name});
}

// Those who have done nothing else meanwhile.
void Exchange::MakeReady() {
  for (const std::string& name : std::exchange(to_make_ready_, {})) {
    const Agent& agent = distributor_.floor().agents.at(name);
    if (agent.state == AgentState::kNotReady && agent.reason == kSignedOn) Run(AgentSetReady{name});
  }
}

// ---- Time ----

void Exchange::Start() {
  clock_thread_ = std::thread([this] { Loop(); });
  writer_ = std::thread([this] { WriteRecords(); });
}

void Exchange::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (clock_thread_.joinable()) clock_thread_.join();
  if (writer_.joinable()) writer_.join();
}

void Exchange::Loop() {
  auto repair_at = std::chrono::steady_clock::now();
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    const auto due = distributor_.Deadline();
    const auto until = std::min(due ? *due : Time::max(), Monotonic() + Time(kTurnEvery));
    changed_.wait_until(lock, std::chrono::steady_clock::time_point(until), [this] { return stopping_; });
    if (stopping_) return;
    Run(Tick{});
    if (Monotonic() >= settled_at_) MakeReady();
    if (std::chrono::steady_clock::now() < repair_at) continue;
    repair_at = std::chrono::steady_clock::now() + kRepairEvery;
    Turn();
  }
}

void Exchange::Turn() {
  Commands commands;
  for (const std::string& breach : distributor_.Repair(Monotonic(), commands)) {
    repairs_.Increment();
    log::Error("the floor was mended", {{"breach", breach}});
  }
  Execute(commands);
  LoseNodes();
}

void Exchange::LoseNodes() {
  for (const std::string& node : parts_.nodes.TakeLost(std::chrono::steady_clock::now() - kNodeGone)) {
    log::Error("a media node is gone", {{"node", node}});
    Run(NodeLost{node});
    for (v1::SpooledRecord& record : parts_.book.CloseAll(node, parts_.clock())) to_write_.push_back(std::move(record));
    changed_.notify_all();
  }
}

void Exchange::WriteRecords() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return stopping_ || !to_write_.empty(); });
    if (to_write_.empty()) return;
    const v1::SpooledRecord record = std::move(to_write_.front());
    to_write_.pop_front();
    lock.unlock();
    if (const absl::Status kept = parts_.records.Keep(record); !kept.ok()) {
      log::Error("a record is lost", {{"why", std::string(kept.message())}});
    }
    lock.lock();
  }
}

}  // namespace lintel::telephony
