// The control chart (销控图): every room of a project in columns, one byte of state each.
#pragma once

#include <string>
#include <vector>

#include "lintel/inventory/v1/rooms.pb.h"
#include "platform/pg/transaction.h"
#include "services/inventory/domain/room.h"

namespace lintel::inventory {

struct ChartVersion {
  std::string position;  // "inventory:{epoch}-{position}": the newest sealed event that the snapshot includes
  std::string etag;      // Changes with any room of the project.
};

// In the snapshot of the transaction, which must be REPEATABLE READ.
ChartVersion ReadChartVersion(pg::Transaction& tx, int64_t tenant, const std::string& project_id);

// Columns of `rooms` in their order. Project, position and etag are left empty.
v1::ControlChart ToChart(const std::vector<Room>& rooms);

// ALREADY_EXISTS ROOM_EXISTS naming the first of `rooms` whose place is taken.
absl::Status CheckPlacesFree(const std::vector<Room>& existing, const std::vector<Room>& rooms);

}  // namespace lintel::inventory
