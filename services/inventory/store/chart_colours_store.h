// A project's own colours of the room states in SQL. Works inside the caller's transaction.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "platform/auth/principal.h"
#include "platform/pg/transaction.h"

namespace lintel::inventory {

struct ChartColours {
  std::map<int, std::string> fills;  // State code -> "#RRGGBB", digits in upper case.
  int64_t version = 0;               // 0: nobody chose any yet.
};

// The project must have been found (or locked) in the caller's scope before.
class ChartColoursStore {
 public:
  ChartColoursStore(pg::Transaction& tx, const Scope& scope) : tx_(tx), scope_(scope) {}

  ChartColours Find(const std::string& project_id);
  // Replaces all fills; answers what is stored now, with its version.
  ChartColours Replace(const std::string& project_id, const std::map<int, std::string>& fills, Instant now);

 private:
  pg::Transaction& tx_;
  const Scope& scope_;
};

}  // namespace lintel::inventory
