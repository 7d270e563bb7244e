// Import of a sheet of rooms as an operation (INV-06, BX-16): read, plan, and all rows or none.
#pragma once

#include <string>

#include "lintel/operations/v1/operations.pb.h"
#include "platform/command/command.h"
#include "platform/sheet/sheet.h"
#include "services/inventory/api/convert.h"
#include "services/inventory/domain/room_sheet.h"

namespace lintel::inventory {

struct ImportOrder {
  std::string project_id;
  std::string filename;
  std::string content;
  Rounding rounding = Rounding::kTruncateToYuan;
  bool dry_run = false;
  bool locked = false;
};

struct ImportOutcome {
  int created = 0;
  int updated = 0;
  int unchanged = 0;
  std::vector<RejectedCell> rejected;  // When not empty nothing was changed.
  int rooms = 0;                       // Of the sheet, with area and list value.
  Area built_area;
  Money list_value;
};

// Reads the sheet: pure but for the helper that reads old XLS. Refusals of platform/sheet and domain/room_sheet.
absl::StatusOr<RoomSheet> ReadOrder(const ImportOrder& order, const SheetOptions& options);

// Applies it in the caller's transaction. With rejected cells, or for a dry run, it only tells.
absl::StatusOr<ImportOutcome> ApplySheet(pg::Transaction& tx, const Cause& cause, const Scope& scope,
                                         const ImportOrder& order, const RoomSheet& sheet);

// What the operation's response holds.
google::protobuf::Struct ToResponse(const ImportOutcome& outcome);

}  // namespace lintel::inventory
