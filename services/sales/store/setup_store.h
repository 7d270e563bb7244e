// Consultants, policies and contract numbers in SQL. Works inside the caller's transaction.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "platform/auth/principal.h"
#include "platform/pg/transaction.h"
#include "services/sales/domain/numbers.h"
#include "services/sales/domain/policy.h"

namespace lintel::sales {

struct Consultant {
  std::string id;
  std::string code;
  std::string display_name;
  std::string operator_name;
  std::string team;
  std::string team_display_name;
  std::optional<Date> join_date;
  std::optional<Date> leave_date;
  int64_t version = 1;

  // Whether new deals may name the consultant on `date`.
  bool WorksOn(Date date) const { return !leave_date || date < *leave_date; }
};

struct StoredRange {
  std::string id;
  std::string project_id;
  NumberRange range;
  int64_t next = 1;
  int64_t used = 0;
  int64_t voided = 0;
};

struct DrawnNumber {
  std::string range_id;
  int64_t number = 0;
  std::string text;
};

class SetupStore {
 public:
  SetupStore(pg::Transaction& tx, int64_t tenant) : tx_(tx), tenant_(tenant) {}

  // CODE_TAKEN for a code or an operator that another consultant has.
  absl::Status InsertConsultant(const Consultant& consultant, Instant now);
  absl::StatusOr<Consultant> FindConsultant(const std::string& id);
  absl::StatusOr<Consultant> FindConsultantForUpdate(const std::string& id);
  // The consultant as whom an operator signs in; NOT_FOUND when there is none.
  absl::StatusOr<Consultant> FindConsultantOf(const std::string& operator_name);
  absl::Status SaveConsultant(Consultant& consultant);

  // The policy in force at `now`; the default one when none was set.
  Policy PolicyAt(const std::string& project_id, Instant now);
  // As the next version, valid from `policy.valid_from`.
  void InsertPolicy(const std::string& project_id, const Policy& policy, const std::string& actor);

  // NUMBERS_OVERLAP when a range of the tenant with this prefix shares a number.
  absl::Status InsertRange(const StoredRange& range, Instant now);
  // The next number of the project's oldest range that has one; used by `contract_id` from now on. NUMBERS_EXHAUSTED.
  absl::StatusOr<DrawnNumber> DrawNumber(const std::string& project_id, const std::string& contract_id, Instant now);
  // For ever: a void number is not drawn again.
  void VoidNumber(const std::string& contract_id, Instant now);

 private:
  absl::StatusOr<Consultant> FindOne(const char* sql, const std::string& key);
  pg::Transaction& tx_;
  const int64_t tenant_;
};

// The columns id, code, display_name, operator_name, team, team_display_name, join_date, leave_date, version.
Consultant ToConsultant(const pqxx::row& row);

}  // namespace lintel::sales
