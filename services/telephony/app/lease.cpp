#include "services/telephony/app/lease.h"

#include "platform/log/log.h"

namespace lintel::telephony {
namespace {

constexpr auto kRenewEvery = std::chrono::seconds(2);
constexpr auto kLimit = std::chrono::seconds(2);

constexpr char kAcquire[] = R"sql(
  INSERT INTO exchange_leases AS l (exchange, holder, epoch, lease_until) VALUES ($1, $2, 1, now() + interval '10 seconds')
  ON CONFLICT (exchange) DO UPDATE
    SET holder = excluded.holder, lease_until = excluded.lease_until, epoch = l.epoch + 1
    WHERE l.holder = excluded.holder OR l.lease_until < now()
  RETURNING epoch)sql";
constexpr char kRenew[] = R"sql(
  UPDATE exchange_leases SET lease_until = now() + interval '10 seconds'
   WHERE exchange = $1 AND holder = $2 AND epoch = $3 RETURNING epoch)sql";
constexpr char kGiveBack[] =
    "UPDATE exchange_leases SET lease_until = now() WHERE exchange = $1 AND holder = $2 AND epoch = $3";

}  // namespace

Lease::Lease(pg::Database& job, std::string exchange, std::string holder)
    : job_(job), exchange_(std::move(exchange)), holder_(std::move(holder)) {}

absl::Status Lease::Renew() {
  const int64_t had = epoch_.load();
  const auto deadline = std::chrono::steady_clock::now() + kLimit;
  const auto epoch = job_.Run<int64_t>({.deadline = deadline}, [&](pg::Transaction& tx) -> absl::StatusOr<int64_t> {
    const auto rows = had == 0 ? tx.Query(kAcquire, exchange_, holder_) : tx.Query(kRenew, exchange_, holder_, had);
    return rows.empty() ? 0 : rows[0][0].as<int64_t>();
  });
  if (!epoch.ok()) return epoch.status();
  if (*epoch != had)
    log::Info(*epoch > 0 ? "owns the exchange" : "the exchange has another owner",
              {{"exchange", exchange_}, {"epoch", std::to_string(*epoch)}});
  epoch_.store(*epoch);
  return absl::OkStatus();
}

void Lease::Start() {
  thread_ = std::thread([this] { Loop(); });
}

void Lease::Stop() {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) return;
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
  if (epoch() == 0) return;
  (void)job_.Execute({.deadline = std::chrono::steady_clock::now() + kLimit}, [this](pg::Transaction& tx) {
    tx.Query(kGiveBack, exchange_, holder_, epoch());
    return absl::OkStatus();
  });
}

void Lease::Loop() {
  std::unique_lock lock(mutex_);
  while (!changed_.wait_for(lock, kRenewEvery, [this] { return stopping_; })) {
    lock.unlock();
    (void)Renew();  // PostgreSQL away: whoever owns goes on owning.
    lock.lock();
  }
}

}  // namespace lintel::telephony
