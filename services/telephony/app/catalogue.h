// What calls are answered with, read from PostgreSQL after each change and every few seconds; the last reading serves
// while PostgreSQL is away.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "platform/pg/database.h"
#include "services/telephony/domain/records.h"

namespace lintel::telephony {

class Catalogue {
 public:
  // `job`: sees all tenants. `changed` is told, in the reading thread, after each reading.
  Catalogue(pg::Database& job, Clock wall_clock);
  ~Catalogue() { Stop(); }

  void OnReading(std::function<void(const Snapshot&)> hook) { on_reading_ = std::move(hook); }

  std::shared_ptr<const Snapshot> Now() const;
  // operators/{o} of an agent, or nothing.
  std::string OperatorOf(const std::string& agent) const;

  // Reads now. UNAVAILABLE leaves the last reading in place.
  absl::Status Read();

  void Start();
  void Stop();

 private:
  void Loop();
  pg::Database& job_;
  const Clock wall_clock_;
  std::function<void(const Snapshot&)> on_reading_;
  std::mutex reading_;  // One reading at a time, so that the newest wins.
  mutable std::mutex mutex_;
  std::shared_ptr<const Snapshot> snapshot_ = std::make_shared<Snapshot>();
  std::condition_variable changed_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace lintel::telephony
