// A publication of prices: new unit prices for some rooms become the next version of the project's price table.
#pragma once

#include <map>
#include <string>

#include "platform/outbox/outbox.h"
#include "services/inventory/api/convert.h"

namespace lintel::inventory {

struct PricePublication {
  std::string project_id;
  Rounding rounding = Rounding::kTruncateToYuan;
  std::map<std::string, Money> unit_prices;    // By room id.
  std::map<std::string, Money> layout_prices;  // By code: for the rooms of it that nobody has and unit_prices has not.
  std::string note;
};

absl::StatusOr<PricePublication> ParsePublication(const std::string& project_id,
                                                  const v1::PublishPriceTableRequest& request);

// The project's row must be locked. Rooms that are named and in a deal are refused with ROOM_IN_DEAL: their price is a
// snapshot in the deal. INVALID_ARGUMENT for a layout the project does not have, and when no room is left to price.
absl::StatusOr<PriceTable> PublishPrices(pg::Transaction& tx, const Cause& cause, const Scope& scope,
                                         PricePublication publication);

// Makes `rooms` (saved already, with their prices) the next version and announces it.
absl::StatusOr<PriceTable> WritePriceTable(pg::Transaction& tx, const Cause& cause, const Scope& scope,
                                           const std::string& project_id, int version, Rounding rounding,
                                           const std::string& note, const std::vector<Room>& rooms);

v1::PriceTable ToProto(const std::string& project_id, const PriceTable& table);

}  // namespace lintel::inventory
