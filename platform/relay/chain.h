// The hash chain over the outbox: each sealed row's hash covers the row before it, so that one changed row is found.
// It covers the digest of the audit part, not the part itself: a person's data can be erased and the chain still holds.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "platform/pg/database.h"

namespace lintel {

// A row of the outbox as the chain sees it.
struct OutboxRow {
  int64_t id = 0;
  int64_t epoch = 0;
  int64_t position = 0;
  int64_t tenant_id = 0;
  std::string type;  // Empty for an audit-only row.
  int schema_version = 1;
  std::string aggregate;
  int64_t aggregate_version = 0;
  int64_t occurred_us = 0;  // Microseconds since 1970.
  std::string request_id;
  std::string payload;
  std::string actor;
  std::string action;
  std::string audit_digest;
};

// sha256(previous || epoch, position || metadata || payload || audit_digest), every part with its length in front.
std::string ChainHash(const std::string& previous, const OutboxRow& row);

struct ChainHead {
  int64_t epoch = 0;
  int64_t position = 0;
  std::string hash;
};

struct ChainReport {
  int64_t rows = 0;    // Verified.
  int64_t erased = 0;  // Of them without their audit part.
  ChainHead head;
};

// Walks the whole chain as the job role. DATA_LOSS CHAIN_BROKEN with {position, what} at the first row that does not
// fit: changed, missing, or with an audit part that is not the one that was written.
absl::StatusOr<ChainReport> VerifyChain(pg::Database& job);

// The columns of an OutboxRow in the order ToOutboxRow reads them; `epoch` and `position` may be null.
#define LINTEL_OUTBOX_COLUMNS                                                                                      \
  "id, coalesce(epoch, 0), coalesce(position, 0), tenant_id, type, schema_version, aggregate, aggregate_version, " \
  "(extract(epoch FROM occurred_time) * 1000000)::bigint, request_id, payload, actor, action, audit_digest"
OutboxRow ToOutboxRow(const pqxx::row& row);

}  // namespace lintel
