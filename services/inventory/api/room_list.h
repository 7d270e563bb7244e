// Searching rooms (INV-07): filter, order and pages; and what of a room's deal a reader may see.
#pragma once

#include "platform/list/run.h"
#include "services/inventory/api/convert.h"

namespace lintel::inventory {

struct RoomQuery {
  std::string project_id;  // Empty: every project in scope.
  std::string text;        // Words that all stand in building, entrance, number or layout.
  List list;
};

// INVALID_ARGUMENT names parent, query, filter, order_by, page_size or page_token.
absl::StatusOr<RoomQuery> ParseRoomQuery(const v1::ListRoomsRequest& request);
Listed FindRooms(pg::Transaction& tx, const Scope& scope, const RoomQuery& query);

// Without deal.read a reader learns the holder's team, not the document.
v1::Room ShownTo(const Principal& reader, v1::Room room);

}  // namespace lintel::inventory
