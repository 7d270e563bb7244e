#include "services/inventory/api/publish_prices.h"

#include "platform/ids/ids.h"
#include "platform/ids/resource_name.h"
#include "platform/status/status.h"
#include "services/inventory/api/room_change.h"
#include "services/inventory/store/layout_store.h"

namespace lintel::inventory {
namespace {

constexpr int kMostPrices = 5000;
constexpr int kMostLayoutPrices = 100;

absl::Status ParseLayoutPrices(const v1::PublishPriceTableRequest& request, PricePublication& publication) {
  if (request.layout_prices_size() > kMostLayoutPrices) return InvalidField("layout_prices", "must be at most 100");
  for (int i = 0; i < request.layout_prices_size(); ++i) {
    const std::string field = fmt::format("layout_prices[{}]", i);
    const v1::LayoutPrice& price = request.layout_prices(i);
    RETURN_IF_ERROR(CheckLength(field + ".layout", price.layout(), 1, kLongestLayoutCode));
    ASSIGN_OR_RETURN(const Money unit_price, PositiveMoney(field + ".unit_price", price.unit_price()));
    if (!publication.layout_prices.emplace(price.layout(), unit_price).second) {
      return InvalidField(field + ".layout", "is given twice");
    }
  }
  return absl::OkStatus();
}

// Prices by layout become prices by room.
absl::Status SpreadOverRooms(pg::Transaction& tx, const Scope& scope, PricePublication& publication) {
  if (publication.layout_prices.empty()) return absl::OkStatus();
  LayoutStore layouts{tx, scope};
  for (const auto& [code, price] : publication.layout_prices) {
    if (layouts.List(publication.project_id, {code}).empty()) {
      return InvalidField("layout_prices", "is no layout of the project");
    }
  }
  for (const Room& room : RoomStore(tx, scope).FindAll(publication.project_id)) {
    const auto price = publication.layout_prices.find(room.layout);
    if (price == publication.layout_prices.end() || !MayEdit(room).ok()) continue;
    publication.unit_prices.emplace(room.id, price->second);
  }
  if (publication.unit_prices.empty()) return InvalidField("layout_prices", "leaves no room to price");
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<PricePublication> ParsePublication(const std::string& project_id,
                                                  const v1::PublishPriceTableRequest& request) {
  PricePublication publication{.project_id = project_id, .note = request.note()};
  if (request.note().size() > 600) return InvalidField("note", "must be at most 200 characters");
  if (request.prices_size() + request.layout_prices_size() == 0 || request.prices_size() > kMostPrices)
    return InvalidField("prices", "must be 1 to 5000");
  ASSIGN_OR_RETURN(publication.rounding, ToRounding(request.rounding()));
  for (int i = 0; i < request.prices_size(); ++i) {
    const std::string field = fmt::format("prices[{}]", i);
    ASSIGN_OR_RETURN(const RoomName name, ParseRoomName(field + ".room", request.prices(i).room()));
    if (name.project_id != project_id) return InvalidField(field + ".room", "belongs to another project");
    ASSIGN_OR_RETURN(const Money price, PositiveMoney(field + ".unit_price", request.prices(i).unit_price()));
    if (!publication.unit_prices.emplace(name.room_id, price).second)
      return InvalidField(field + ".room", "is given twice");
  }
  RETURN_IF_ERROR(ParseLayoutPrices(request, publication));
  return publication;
}

absl::StatusOr<PriceTable> PublishPrices(pg::Transaction& tx, const Cause& cause, const Scope& scope,
                                         PricePublication publication) {
  RETURN_IF_ERROR(SpreadOverRooms(tx, scope, publication));
  std::vector<std::string> ids;
  for (const auto& [id, price] : publication.unit_prices) ids.push_back(id);
  RoomStore store{tx, scope};
  ASSIGN_OR_RETURN(std::vector<Room> rooms, store.FindManyForUpdate(publication.project_id, ids));
  const int version = ProjectStore(tx, scope).LatestPriceVersion(publication.project_id) + 1;
  for (Room& room : rooms) {
    RETURN_IF_ERROR(MayEdit(room));
    room.unit_price = publication.unit_prices.at(room.id);
    ASSIGN_OR_RETURN(room.list_price, PriceOf(*room.unit_price, room.built_area, publication.rounding));
    room.price_version = version;
    store.Save(room);
  }
  AnnounceRooms(tx, cause, publication.project_id, rooms);
  return WritePriceTable(tx, cause, scope, publication.project_id, version, publication.rounding, publication.note,
                         rooms);
}

absl::StatusOr<PriceTable> WritePriceTable(pg::Transaction& tx, const Cause& cause, const Scope& scope,
                                           const std::string& project_id, int version, Rounding rounding,
                                           const std::string& note, const std::vector<Room>& rooms) {
  PriceTable table{.version = version,
                   .rounding = static_cast<int>(ToProto(rounding)),
                   .room_count = static_cast<int>(rooms.size()),
                   .publisher = cause.actor,
                   .note = note,
                   .published_time = cause.now};
  for (const Room& room : rooms) {
    ASSIGN_OR_RETURN(table.list_value, Add(table.list_value, room.list_price.value_or(Fen(0))));
  }
  ProjectStore(tx, scope).InsertPriceTable(project_id, table, rooms);
  v1::PriceTablePublished event;
  event.set_project(ProjectName(project_id));
  event.set_version(table.version);
  event.set_rounding(ToProto(rounding));
  event.set_room_count(table.room_count);
  *event.mutable_list_value() = ToProto(table.list_value);
  Outbox(tx, cause).Append(event, ProjectName(project_id), table.version,
                           {.after = AuditJson(ToProto(project_id, table))});
  return table;
}

v1::PriceTable ToProto(const std::string& project_id, const PriceTable& table) {
  v1::PriceTable message;
  message.set_name(fmt::format("{}/priceTables/{}", ProjectName(project_id), table.version));
  message.set_version(table.version);
  message.set_rounding(static_cast<v1::Rounding>(table.rounding));
  *message.mutable_publish_time() = ToProto(table.published_time);
  message.set_publisher(table.publisher);
  message.set_room_count(table.room_count);
  *message.mutable_list_value() = ToProto(table.list_value);
  message.set_note(table.note);
  return message;
}

}  // namespace lintel::inventory
