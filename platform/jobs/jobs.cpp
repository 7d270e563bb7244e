#include "platform/jobs/jobs.h"

#include "platform/ids/ids.h"

namespace lintel {
namespace {

constexpr char kSchedule[] = R"sql(
  INSERT INTO jobs (id, tenant_id, kind, key, run_at, payload, actor, created_time, updated_time)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)
  ON CONFLICT (tenant_id, kind, key) DO UPDATE SET key = excluded.key RETURNING id)sql";

constexpr char kReschedule[] = R"sql(
  INSERT INTO jobs (id, tenant_id, kind, key, run_at, payload, actor, created_time, updated_time)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)
  ON CONFLICT (tenant_id, kind, key) DO UPDATE
     SET run_at = excluded.run_at, payload = excluded.payload, actor = excluded.actor, state = 'waiting', attempts = 0,
         lease_token = NULL, lease_until = NULL, progress = 0, response = NULL, error_code = 0, error_reason = '',
         error_text = '', updated_time = excluded.updated_time
  RETURNING id)sql";

constexpr char kCancel[] = R"sql(
  UPDATE jobs SET state = 'cancelled', lease_token = NULL, lease_until = NULL, updated_time = $4
   WHERE tenant_id = $1 AND kind = $2 AND key = $3 AND state IN ('waiting', 'running') RETURNING 1)sql";

std::string Write(pg::Transaction& tx, const char* sql, const Job& job, Instant now) {
  return tx.Query(sql, NewId(), job.tenant, job.kind, job.key, job.run_at, pg::Bytes(job.payload), job.actor, now)[0][0]
      .as<std::string>();
}

}  // namespace

std::string Jobs::Schedule(const Job& job) { return Write(tx_, kSchedule, job, now_); }

std::string Jobs::Reschedule(const Job& job) { return Write(tx_, kReschedule, job, now_); }

bool Jobs::Cancel(int64_t tenant, const std::string& kind, const std::string& key) {
  return !tx_.Query(kCancel, tenant, kind, key, now_).empty();
}

}  // namespace lintel
