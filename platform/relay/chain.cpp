#include "platform/relay/chain.h"

#include <fmt/format.h>
#include <sodium.h>

#include "platform/status/status.h"

namespace lintel {
namespace {

constexpr int kPage = 1000;

constexpr char kHead[] = "SELECT epoch, position, hash FROM outbox_head";
constexpr char kRows[] = "SELECT " LINTEL_OUTBOX_COLUMNS R"sql(, hash, audit, audit_salt
  FROM outbox WHERE position > $1 AND position <= $2 ORDER BY position LIMIT $3)sql";

std::string Sha256(const std::string& bytes) {
  std::string digest(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256(reinterpret_cast<unsigned char*>(digest.data()),
                     reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  return digest;
}

// With its length in front, so that no two rows have the same bytes.
void Put(std::string& bytes, const std::string& part) {
  bytes += std::to_string(part.size());
  bytes += ':';
  bytes += part;
}
void Put(std::string& bytes, int64_t number) { Put(bytes, std::to_string(number)); }

absl::Status Broken(int64_t position, const std::string& what) {
  return WithReason(absl::StatusCode::kDataLoss, "CHAIN_BROKEN",
                    fmt::format("the chain breaks at position {}: {}", position, what),
                    {{"position", std::to_string(position)}, {"what", what}});
}

// Checks rows after `report.head` and moves it on; the number of rows it saw.
absl::StatusOr<int64_t> VerifyPage(pg::Transaction& tx, int64_t last, ChainReport& report) {
  const pqxx::result rows = tx.Query(kRows, report.head.position, last, kPage);
  for (const pqxx::row& raw : rows) {
    const OutboxRow row = ToOutboxRow(raw);
    const int64_t expected = report.head.position + 1;
    if (row.position != expected) return Broken(expected, "the row is missing");
    std::string hash = ChainHash(report.head.hash, row);
    if (hash != pg::ToBytes(raw[14])) return Broken(row.position, "the row was changed");
    if (raw[15].is_null() && raw[16].is_null()) {
      ++report.erased;
    } else if (raw[15].is_null() || raw[16].is_null() ||
               Sha256(pg::ToBytes(raw[16]) + pg::ToBytes(raw[15])) != row.audit_digest) {
      return Broken(row.position, "the audit part was changed");
    }
    report.head = {.epoch = row.epoch, .position = row.position, .hash = std::move(hash)};
    ++report.rows;
  }
  return static_cast<int64_t>(rows.size());
}

}  // namespace

std::string ChainHash(const std::string& previous, const OutboxRow& row) {
  std::string bytes;
  Put(bytes, previous);
  Put(bytes, row.epoch);
  Put(bytes, row.position);
  Put(bytes, row.tenant_id);
  Put(bytes, row.type);
  Put(bytes, row.schema_version);
  Put(bytes, row.aggregate);
  Put(bytes, row.aggregate_version);
  Put(bytes, row.occurred_us);
  Put(bytes, row.request_id);
  Put(bytes, row.actor);
  Put(bytes, row.action);
  Put(bytes, row.payload);
  Put(bytes, row.audit_digest);
  return Sha256(bytes);
}

OutboxRow ToOutboxRow(const pqxx::row& row) {
  return {.id = row[0].as<int64_t>(),
          .epoch = row[1].as<int64_t>(),
          .position = row[2].as<int64_t>(),
          .tenant_id = row[3].as<int64_t>(),
          .type = row[4].as<std::string>(),
          .schema_version = row[5].as<int>(),
          .aggregate = row[6].as<std::string>(),
          .aggregate_version = row[7].as<int64_t>(),
          .occurred_us = row[8].as<int64_t>(),
          .request_id = row[9].as<std::string>(),
          .payload = pg::ToBytes(row[10]),
          .actor = row[11].as<std::string>(),
          .action = row[12].as<std::string>(),
          .audit_digest = pg::ToBytes(row[13])};
}

absl::StatusOr<ChainReport> VerifyChain(pg::Database& job) {
  ChainHead head;
  ChainReport report;
  int64_t seen = 0;
  do {
    // A transaction per page: the walk may take long, and sealed rows do not change.
    const absl::Status page = job.Execute({.read_only = true}, [&](pg::Transaction& tx) -> absl::Status {
      if (head.hash.empty()) {
        const pqxx::row row = tx.Query(kHead)[0];
        head = {row[0].as<int64_t>(), row[1].as<int64_t>(), pg::ToBytes(row[2])};
      }
      ChainReport next = report;
      ASSIGN_OR_RETURN(seen, VerifyPage(tx, head.position, next));
      report = std::move(next);
      return absl::OkStatus();
    });
    RETURN_IF_ERROR(page);
  } while (seen == kPage);
  if (report.head.position != head.position) return Broken(report.head.position + 1, "the row is missing");
  if (report.head.hash != head.hash) return Broken(head.position, "the head was changed");
  report.head = head;
  return report;
}

}  // namespace lintel
