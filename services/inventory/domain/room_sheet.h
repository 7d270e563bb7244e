// A sheet of rooms as developers and housing bureaus write it: header words in Chinese or English, `--` for "no
// entrance", room numbers as text. Pure: rows of cells in, rooms and rejected cells out.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/inventory/domain/room.h"

namespace lintel::inventory {

struct CellRow {
  int number = 0;  // As the sender's program numbers it.
  std::vector<std::string> cells;
};

// A cell that cannot be taken, in words for a person. `column` is the header's own word.
struct RejectedCell {
  int row = 0;
  std::string column;
  std::string reason;  // A code of reasons.json: CELL_MISSING, CELL_NOT_A_NUMBER, CELL_OUT_OF_RANGE, ROOM_TWICE, ...
};

struct RoomSheet {
  std::vector<Room> rooms;  // Without id; list price by `rounding`.
  std::vector<RejectedCell> rejected;
};

inline constexpr size_t kMostSheetRows = 50'000;
inline constexpr size_t kMostRejected = 1'000;

// INVALID_ARGUMENT with SHEET_COLUMNS (metadata missing) when a needed column is absent: building, floor, number and
// built area are; entrance, inner area, unit price, layout and orientation may be.
absl::StatusOr<RoomSheet> ReadRooms(const std::vector<CellRow>& rows, Rounding rounding);

// What importing `sheet` over `existing` would do. A room is the same if its place is; facts of rooms in a deal do not
// change (rejected with ROOM_IN_DEAL), and no room comes to a retired layout (CELL_LAYOUT_RETIRED).
struct ImportPlan {
  std::vector<Room> created;  // Without id.
  std::vector<Room> updated;  // With id and version of the existing room.
  int unchanged = 0;
  std::vector<RejectedCell> rejected;
};
ImportPlan PlanImport(const RoomSheet& sheet, const std::vector<Room>& existing,
                      const std::set<std::string>& retired_layouts = {});

}  // namespace lintel::inventory
