// Layouts in SQL. Works inside the caller's transaction.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "platform/auth/principal.h"
#include "platform/pg/transaction.h"
#include "services/inventory/domain/layout.h"

namespace lintel::inventory {

class LayoutStore {
 public:
  LayoutStore(pg::Transaction& tx, const Scope& scope) : tx_(tx), scope_(scope) {}

  // ALREADY_EXISTS when the project has the code, retired or not.
  absl::Status Insert(const Layout& layout);
  // NOT_FOUND also for a project out of scope. FindForUpdate locks the row.
  absl::StatusOr<Layout> Find(const std::string& project_id, const std::string& layout_id);
  absl::StatusOr<Layout> FindForUpdate(const std::string& project_id, const std::string& layout_id);
  // Everything but id, project and code; raises the version of `layout` and of its row.
  void Save(Layout& layout);
  // By code; every one of the project when `codes` is empty.
  std::vector<Layout> List(const std::string& project_id, const std::vector<std::string>& codes = {});

 private:
  absl::StatusOr<Layout> FindOne(const char* sql, const std::string& project_id, const std::string& layout_id);
  pg::Transaction& tx_;
  const Scope& scope_;
};

}  // namespace lintel::inventory
