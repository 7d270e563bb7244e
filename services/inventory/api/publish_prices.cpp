#include "services/inventory/api/publish_prices.h"

#include "platform/ids/ids.h"
#include "platform/ids/resource_name.h"
#include "platform/status/status.h"
#include "services/inventory/api/room_change.h"

namespace lintel::inventory {
namespace {

constexpr int kMostPrices = 5000;

}  // namespace

absl::StatusOr<PricePublication> ParsePublication(const std::string& project_id,
                                                  const v1::PublishPriceTableRequest& request) {
  PricePublication publication{.project_id = project_id, .note = request.note()};
  if (request.note().size() > 600) return InvalidField("note", "must be at most 200 characters");
  if (request.prices().empty() || request.prices_size() > kMostPrices)
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
  return publication;
}

absl::StatusOr<PriceTable> PublishPrices(pg::Transaction& tx, const Cause& cause, const Scope& scope,
                                         const PricePublication& publication) {
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

v1::Layout ToProto(const std::string& project_id, const Layout& layout) {
  v1::Layout message;
  message.set_name(JoinName("projects/*/layouts/*", {project_id, layout.id}));
  message.set_code(layout.code);
  message.set_display_name(layout.display_name);
  message.set_bedrooms(layout.bedrooms);
  message.set_room_count(layout.room_count);
  message.set_picture(layout.picture);
  return message;
}

absl::StatusOr<Layout> ParseLayout(const v1::Layout& layout) {
  if (layout.code().empty() || layout.code().size() > 20) return InvalidField("layout.code", "must be 1 to 20 bytes");
  if (layout.display_name().size() > 120) return InvalidField("layout.display_name", "must be at most 120 bytes");
  if (layout.bedrooms() < 0 || layout.bedrooms() > 20) return InvalidField("layout.bedrooms", "must be 0 to 20");
  return Layout{.id = NewId(),
                .code = layout.code(),
                .display_name = layout.display_name(),
                .bedrooms = layout.bedrooms(),
                .picture = layout.picture()};
}

}  // namespace lintel::inventory
