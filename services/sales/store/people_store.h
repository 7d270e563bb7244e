// Consultants, policies and contract numbers in PostgreSQL: what belongs to the tenant or project, not to a deal.
#pragma once

#include "platform/list/run.h"
#include "services/sales/domain/consultant.h"
#include "services/sales/domain/policy.h"
#include "services/sales/store/scope.h"

namespace lintel::sales {

class ConsultantStore {
 public:
  ConsultantStore(pg::Transaction& tx, int64_t tenant) : tx_(tx), tenant_(tenant) {}

  // False when the code, or the operator, is another consultant's.
  bool Insert(const Consultant& consultant, Instant now);
  absl::StatusOr<Consultant> Find(const std::string& id);
  absl::StatusOr<Consultant> FindForUpdate(const std::string& id);
  std::optional<Consultant> FindByOperator(const std::string& operator_name);
  // False as in Insert; the version grows.
  bool Save(Consultant& consultant);
  Listed List(const lintel::List& list);

  static Consultant ToConsultant(const pqxx::row& row);
  static const ListSpec& Spec();

 private:
  pg::Transaction& tx_;
  const int64_t tenant_;
};

class PolicyStore {
 public:
  PolicyStore(pg::Transaction& tx, int64_t tenant) : tx_(tx), tenant_(tenant) {}
  // The newest row of the project; the default policy when there is none.
  Policy Find(const std::string& project_id);
  // False when another writer added this version first.
  bool Append(const std::string& project_id, const Policy& policy, const std::string& actor);

 private:
  pg::Transaction& tx_;
  const int64_t tenant_;
};

struct NumberRange {
  std::string id;
  std::string project_id;
  std::string prefix;
  int64_t first = 0;
  int64_t last = 0;
  int digits = 0;
  int64_t next = 0;
  int64_t used = 0;
  int64_t voided = 0;
};

class NumberStore {
 public:
  NumberStore(pg::Transaction& tx, const Scope& scope) : tx_(tx), scope_(scope) {}

  // FAILED_PRECONDITION NUMBERS_OVERLAP when a number of the range could be one of another range of the project.
  absl::Status InsertRange(const NumberRange& range, Instant now);
  absl::StatusOr<NumberRange> FindRange(const std::string& id);
  // The next number of the project's oldest range that has one left; NUMBERS_EXHAUSTED.
  absl::StatusOr<std::string> Draw(const std::string& project_id, const std::string& contract_id, Instant now);
  void Void(const std::string& contract_id, Instant now);
  Listed ListRanges(const lintel::List& list);
  Listed ListNumbers(const std::string& range_id, const lintel::List& list);

  static NumberRange ToRange(const pqxx::row& row);
  static const ListSpec& RangeSpec();
  static const ListSpec& NumberSpec();

 private:
  pg::Transaction& tx_;
  const Scope scope_;
};

}  // namespace lintel::sales
