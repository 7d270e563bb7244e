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
  std::map<std::string, Money> unit_prices;  // By room id.
  std::string note;
};

absl::StatusOr<PricePublication> ParsePublication(const std::string& project_id,
                                                  const v1::PublishPriceTableRequest& request);

// The project's row must be locked. Rooms in a deal are refused with ROOM_IN_DEAL: their price is a snapshot in the
// deal.
absl::StatusOr<PriceTable> PublishPrices(pg::Transaction& tx, const Cause& cause, const Scope& scope,
                                         const PricePublication& publication);

// Makes `rooms` (saved already, with their prices) the next version and announces it.
absl::StatusOr<PriceTable> WritePriceTable(pg::Transaction& tx, const Cause& cause, const Scope& scope,
                                           const std::string& project_id, int version, Rounding rounding,
                                           const std::string& note, const std::vector<Room>& rooms);

v1::PriceTable ToProto(const std::string& project_id, const PriceTable& table);
v1::Layout ToProto(const std::string& project_id, const Layout& layout);
absl::StatusOr<Layout> ParseLayout(const v1::Layout& layout);

}  // namespace lintel::inventory
