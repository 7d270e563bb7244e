#include "services/telephony/app/catalogue.h"

#include "services/telephony/store/routing_store.h"

namespace lintel::telephony {
namespace {

constexpr auto kReadEvery = std::chrono::seconds(3);
constexpr auto kReadLimit = std::chrono::seconds(5);

}  // namespace

Catalogue::Catalogue(pg::Database& job, Clock wall_clock) : job_(job), wall_clock_(std::move(wall_clock)) {}

std::shared_ptr<const Snapshot> Catalogue::Now() const {
  const std::lock_guard lock(mutex_);
  return snapshot_;
}

std::string Catalogue::OperatorOf(const std::string& agent) const {
  const auto snapshot = Now();
  const auto found = snapshot->agents.find(agent);
  return found == snapshot->agents.end() ? "" : "operators/" + found->second.operator_id;
}

absl::Status Catalogue::Read() {
  const std::lock_guard one(reading_);
  auto read = job_.Run<Snapshot>(
      {.deadline = std::chrono::steady_clock::now() + kReadLimit, .read_only = true, .isolation = "REPEATABLE READ"},
      [this](pg::Transaction& tx) -> absl::StatusOr<Snapshot> { return LoadSnapshot(tx, wall_clock_()); });
  if (!read.ok()) return read.status();
  const auto snapshot = std::make_shared<const Snapshot>(*std::move(read));
  {
    const std::lock_guard lock(mutex_);
    snapshot_ = snapshot;
  }
  if (on_reading_) on_reading_(*snapshot);
  return absl::OkStatus();
}

void Catalogue::Start() {
  thread_ = std::thread([this] { Loop(); });
}

void Catalogue::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Catalogue::Loop() {
  std::unique_lock lock(mutex_);
  while (!changed_.wait_for(lock, kReadEvery, [this] { return stopping_; })) {
    lock.unlock();
    (void)Read();  // Away: the last reading serves.
    lock.lock();
  }
}

}  // namespace lintel::telephony
