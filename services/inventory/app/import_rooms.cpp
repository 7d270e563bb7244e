#include "services/inventory/app/import_rooms.h"

#include "platform/ids/ids.h"
#include "platform/status/status.h"
#include "services/inventory/api/publish_prices.h"
#include "services/inventory/api/room_change.h"
#include "services/inventory/app/take_layouts.h"

namespace lintel::inventory {
namespace {

absl::Status AddTotals(const RoomSheet& sheet, ImportOutcome& outcome) {
  outcome.rooms = static_cast<int>(sheet.rooms.size());
  for (const Room& room : sheet.rooms) {
    outcome.built_area.hundredths += room.built_area.hundredths;
    ASSIGN_OR_RETURN(outcome.list_value, Add(outcome.list_value, room.list_price.value_or(Fen(0))));
  }
  return absl::OkStatus();
}

// New rooms get their ids, the next price version, and go on sale at once when they have a price.
void Prepare(std::vector<Room>& rooms, const ImportOrder& order, int price_version, Instant now) {
  for (Room& room : rooms) {
    room.id = NewId();
    room.project_id = order.project_id;
    room.state_time = now;
    room.version = 1;
    if (!room.list_price) continue;
    room.price_version = price_version;
    if (!order.locked) room.availability = Available{};
  }
}

// A room that kept a layout which was retired since is no reason to stop.
absl::Status MakeNewLayouts(pg::Transaction& tx, const Cause& cause, const Scope& scope, const std::string& project_id,
                            const std::vector<Room>& rooms) {
  std::set<std::string> codes;
  for (const Room& room : rooms) {
    if (!room.layout.empty()) codes.insert(room.layout);
  }
  for (const Layout& known : LayoutStore(tx, scope).List(project_id)) codes.erase(known.code);
  return MakeLayouts(tx, cause, scope, project_id, codes);
}

void Set(google::protobuf::Struct& object, const std::string& key, int64_t number) {
  (*object.mutable_fields())[key].set_number_value(static_cast<double>(number));
}
void Set(google::protobuf::Struct& object, const std::string& key, const std::string& text) {
  (*object.mutable_fields())[key].set_string_value(text);
}

}  // namespace

absl::StatusOr<RoomSheet> ReadOrder(const ImportOrder& order, const SheetOptions& options) {
  ASSIGN_OR_RETURN(const Sheet sheet, ReadSheet(order.content, order.filename, options));
  std::vector<CellRow> rows;
  rows.reserve(sheet.rows.size());
  for (const SheetRow& row : sheet.rows) rows.push_back({row.number, row.cells});
  return ReadRooms(rows, order.rounding);
}

absl::StatusOr<ImportOutcome> ApplySheet(pg::Transaction& tx, const Cause& cause, const Scope& scope,
                                         const ImportOrder& order, const RoomSheet& sheet) {
  ProjectStore projects{tx, scope};
  ASSIGN_OR_RETURN(const Project project, projects.FindForUpdate(order.project_id));
  RoomStore rooms{tx, scope};
  LayoutStore layouts{tx, scope};
  std::set<std::string> retired;
  for (const Layout& layout : layouts.List(project.id)) {
    if (layout.retired) retired.insert(layout.code);
  }
  ImportPlan plan = PlanImport(sheet, rooms.FindAll(project.id), retired);
  ImportOutcome outcome{.created = static_cast<int>(plan.created.size()),
                        .updated = static_cast<int>(plan.updated.size()),
                        .unchanged = plan.unchanged,
                        .rejected = plan.rejected};
  RETURN_IF_ERROR(AddTotals(sheet, outcome));
  if (!plan.rejected.empty()) {
    outcome.created = outcome.updated = 0;
    return outcome;
  }
  if (order.dry_run || plan.created.size() + plan.updated.size() == 0) return outcome;

  const int version = projects.LatestPriceVersion(project.id) + 1;
  Prepare(plan.created, order, version, cause.now);
  if (!rooms.Insert(plan.created)) return absl::AbortedError("rooms were made at the same moment");
  for (Room& room : plan.updated) {
    ASSIGN_OR_RETURN(const Room current, rooms.FindForUpdate(project.id, room.id));
    RETURN_IF_ERROR(MayEdit(current));
    if (room.list_price) room.price_version = version;
    room.availability = current.availability;
    rooms.Save(room);
  }
  std::vector<Room> changed = std::move(plan.created);
  changed.insert(changed.end(), plan.updated.begin(), plan.updated.end());
  AnnounceRooms(tx, cause, project.id, changed);
  RETURN_IF_ERROR(MakeNewLayouts(tx, cause, scope, project.id, changed));
  RETURN_IF_ERROR(
      WritePriceTable(tx, cause, scope, project.id, version, order.rounding, order.filename, changed).status());
  return outcome;
}

google::protobuf::Struct ToResponse(const ImportOutcome& outcome) {
  google::protobuf::Struct response;
  Set(response, "created", outcome.created);
  Set(response, "updated", outcome.updated);
  Set(response, "unchanged", outcome.unchanged);
  auto* rejected = (*response.mutable_fields())["rejected"].mutable_list_value();
  for (const RejectedCell& cell : outcome.rejected) {
    google::protobuf::Struct& row = *rejected->add_values()->mutable_struct_value();
    Set(row, "row", cell.row);
    Set(row, "column", cell.column);
    Set(row, "reason", cell.reason);
  }
  google::protobuf::Struct& totals = *(*response.mutable_fields())["totals"].mutable_struct_value();
  Set(totals, "rooms", outcome.rooms);
  Set(totals, "builtAreaHundredths", std::to_string(outcome.built_area.hundredths));
  google::protobuf::Struct& value = *(*totals.mutable_fields())["listValue"].mutable_struct_value();
  Set(value, "minorUnits", std::to_string(outcome.list_value.minor_units));
  Set(value, "currencyCode", outcome.list_value.currency_code);
  return response;
}

}  // namespace lintel::inventory
