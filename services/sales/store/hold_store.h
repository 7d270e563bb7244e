// Holds in PostgreSQL.
#pragma once

#include "platform/list/run.h"
#include "services/sales/domain/hold.h"
#include "services/sales/store/scope.h"

namespace lintel::sales {

class HoldStore {
 public:
  HoldStore(pg::Transaction& tx, const Scope& scope) : tx_(tx), scope_(scope) {}

  void Insert(const Hold& hold);
  absl::StatusOr<Hold> Find(const std::string& id);
  // Locks the row.
  absl::StatusOr<Hold> FindForUpdate(const std::string& id);
  // What may change: state, busy, times, extensions, reasons. Sets update_time and the next version.
  void Save(Hold& hold, Instant now);
  // The consultant's that are not over, locked.
  std::vector<Hold> FindOpenForUpdate(const std::string& consultant_id);
  // Whose it is: consultant, operator, team. Sets update_time and the next version.
  void SaveOwner(Hold& hold, Instant now);
  void MarkReminded(const std::string& id);
  Listed List(const lintel::List& list);

  static Hold ToHold(const pqxx::row& row);
  static const ListSpec& Spec();

 private:
  absl::StatusOr<Hold> Load(const std::string& id, const char* lock);
  pg::Transaction& tx_;
  const Scope scope_;
};

}  // namespace lintel::sales
