// Departments and teams.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "platform/pg/transaction.h"
#include "services/identity/domain/operator.h"

namespace lintel::identity {

class PlaceStore {
 public:
  enum class Kind { kDepartment, kTeam };
  static constexpr int kMost = 500;

  PlaceStore(pg::Transaction& tx, Kind kind) : tx_(tx), kind_(kind) {}

  std::vector<Place> List(bool show_retired);
  absl::StatusOr<Place> Find(const std::string& id);
  // Locks the row.
  absl::StatusOr<Place> FindForUpdate(const std::string& id);
  // ALREADY_EXISTS NAME_TAKEN, both; RESOURCE_EXHAUSTED TOO_MANY beyond kMost.
  absl::Status Insert(const Place& place);
  absl::Status Update(const Place& place);

 private:
  pg::Transaction& tx_;
  const Kind kind_;
};

// Display names of operators, teams and departments by resource name.
std::map<std::string, std::string> DisplayNames(pg::Transaction& tx, const std::vector<std::string>& names);

}  // namespace lintel::identity
