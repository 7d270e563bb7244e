// A hold (保留): one room set aside for a while.
#pragma once

#include <optional>
#include <string>

#include "services/sales/domain/policy.h"

namespace lintel::sales {

struct Hold {
  std::string id;
  std::string project_id;
  std::string room_id;
  std::string deal_id;        // Claim in inventory, the same over hold, subscription and contract
  std::string customer_id;    // Empty: none
  std::string consultant_id;  // Empty: none
  std::string operator_name;  // Who placed it
  std::string team;
  std::string team_name;  // What others may learn
  std::string kind;       // CUSTOMER, MANAGER, COMPANY
  std::string state;      // PENDING, ACTIVE, FAILED, RELEASED, EXPIRED, CONVERTED
  std::string busy;       // The process that works on it: release, expire, extend, convert
  Instant expire_time;
  Instant remind_time;
  Money fee;
  std::string reason;
  std::string failure_reason;
  std::string release_reason;
  int extensions = 0;
  std::string room_label;
  std::string time_zone;
  Instant create_time;
  Instant update_time;
  int64_t version = 1;
};

// FAILED_PRECONDITION HOLD_NOT_ACTIVE with {state}, ABORTED DOCUMENT_BUSY while something works on it.
absl::Status CheckActive(const Hold& hold);

// When it ends after an extension: as asked, else by the policy's period once more, as far as the longest period since
// it was placed allows. Later than now and than before, and not more often than allowed (EXTENSIONS_USED).
absl::StatusOr<Instant> ExtendedExpiry(const Hold& hold, const Policy& policy, Instant now,
                                       std::optional<Instant> asked);

// Whether the scheduler may release it: its time is over and no money stands behind it.
enum class Expiry { kNotYet, kRelease, kTask };
Expiry JudgeExpiry(const Hold& hold, const Policy& policy, Instant now);

// "HT2026-" 12 over 6 digits: "HT2026-000012".
std::string FormatNumber(const std::string& prefix, int64_t sequence, int digits);

}  // namespace lintel::sales
