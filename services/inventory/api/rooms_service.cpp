#include "services/inventory/api/rooms_service.h"

#include "platform/ids/ids.h"
#include "platform/ids/resource_name.h"
#include "platform/list/run.h"
#include "platform/status/status.h"
#include "services/inventory/api/control_chart.h"
#include "services/inventory/api/publish_prices.h"
#include "services/inventory/api/room_change.h"
#include "services/inventory/api/room_list.h"
#include "services/inventory/app/take_layouts.h"

namespace lintel::inventory {
namespace {

constexpr char kService[] = "lintel.inventory.v1.RoomsService/";
constexpr int kMostChanged = 1000;
constexpr int kMostShown = 500;

absl::StatusOr<Room> Merge(Room room, const v1::UpdateRoomRequest& request) {
  RETURN_IF_ERROR(MayEdit(room));
  std::vector<std::string> paths(request.update_mask().paths().begin(), request.update_mask().paths().end());
  if (paths.empty()) paths = {"layout", "orientation", "built_area_hundredths", "inner_area_hundredths"};
  for (const std::string& path : paths) {
    if (path == "layout")
      room.layout = request.room().layout();
    else if (path == "orientation")
      room.orientation = request.room().orientation();
    else if (path == "built_area_hundredths")
      room.built_area = Area{request.room().built_area_hundredths()};
    else if (path == "inner_area_hundredths")
      room.inner_area = Area{request.room().inner_area_hundredths()};
    else
      return InvalidField("update_mask", "does not know " + path);
  }
  if (!IsLayoutCode(room.layout)) return InvalidField("room.layout", "must be at most 20 characters");
  if (room.orientation.size() > 20) return InvalidField("room.orientation", "must be at most 20 bytes");
  if (room.built_area.hundredths < 1 || room.built_area.hundredths > 100'000'000) {
    return InvalidField("room.built_area_hundredths", "must be from 1 to 100000000");
  }
  if (room.inner_area.hundredths < 0 || room.inner_area > room.built_area) {
    return InvalidField("room.inner_area_hundredths", "must be from 0 to the built area");
  }
  return room;
}

}  // namespace

void RoomsService::Register(Server& server) {
  const std::string prefix = kService;
  server.Handle(prefix + "GetRoom", this, &RoomsService::GetRoom);
  server.Handle(prefix + "ListRooms", this, &RoomsService::ListRooms);
  server.Handle(prefix + "UpdateRoom", this, &RoomsService::UpdateRoom);
  server.Handle(prefix + "GenerateRooms", this, &RoomsService::GenerateRooms);
  server.Handle(prefix + "ImportRooms", this, &RoomsService::ImportRooms);
  server.Handle(prefix + "ReleaseRooms", this, &RoomsService::ReleaseRooms);
  server.Handle(prefix + "LockRooms", this, &RoomsService::LockRooms);
  server.Handle(prefix + "GetControlChart", this, &RoomsService::GetControlChart);
  server.Handle(prefix + "ListRoomHistory", this, &RoomsService::ListRoomHistory);
}

absl::StatusOr<v1::Room> RoomsService::GetRoom(const Call& call, const v1::GetRoomRequest& request) {
  ASSIGN_OR_RETURN(const RoomName name, ParseRoomName("name", request.name()));
  return commands_.database().Run<v1::Room>(call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<v1::Room> {
    ASSIGN_OR_RETURN(const Room room, RoomStore(tx, call.scope()).Find(name.project_id, name.room_id));
    ProjectStore projects{tx, call.scope()};
    ASSIGN_OR_RETURN(const Project project, projects.Find(name.project_id));
    ASSIGN_OR_RETURN(const Date today, DateIn(commands_.Now(), project.time_zone));
    v1::Room answer = ShownTo(call.principal(), ToProto(room));
    for (const Permit& permit : projects.Permits(project.id)) {
      if (permit.Covers(room.place.building, today)) answer.set_permit_valid(true);
    }
    return answer;
  });
}

absl::StatusOr<v1::ListRoomsResponse> RoomsService::ListRooms(const Call& call, const v1::ListRoomsRequest& request) {
  ASSIGN_OR_RETURN(const RoomQuery query, ParseRoomQuery(request));
  using Response = v1::ListRoomsResponse;
  return commands_.database().Run<Response>(call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<Response> {
    if (!query.project_id.empty()) {
      RETURN_IF_ERROR(ProjectStore(tx, call.scope()).Find(query.project_id).status());
    }
    const Listed page = FindRooms(tx, call.scope(), query);
    Response response;
    for (const auto& row : page.rows()) *response.add_rooms() = ShownTo(call.principal(), ToProto(ToRoom(row)));
    response.set_next_page_token(page.next_page_token());
    return response;
  });
}

absl::StatusOr<v1::Room> RoomsService::UpdateRoom(const Call& call, const v1::UpdateRoomRequest& request) {
  ASSIGN_OR_RETURN(const RoomName name, ParseRoomName("room.name", request.room().name()));
  return commands_.Run<v1::Room>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<v1::Room> {
    const Cause cause = call.CauseAt(commands_.Now());
    RoomStore store{tx, call.scope()};
    ASSIGN_OR_RETURN(const Room before, store.FindForUpdate(name.project_id, name.room_id));
    if (!request.room().etag().empty() && request.room().etag() != std::to_string(before.version))
      return StaleEtag("room");
    ASSIGN_OR_RETURN(Room after, Merge(before, request));
    if (after.layout != before.layout && !after.layout.empty()) {
      LayoutStore layouts{tx, call.scope()};
      RETURN_IF_ERROR(CheckLayout(layouts, name.project_id, "room.layout", after.layout));
    }
    store.Save(after);
    AnnounceRooms(tx, cause, name.project_id, {after});
    return ToProto(after);
  });
}

absl::StatusOr<v1::GenerateRoomsResponse> RoomsService::GenerateRooms(const Call& call,
                                                                      const v1::GenerateRoomsRequest& request) {
  ASSIGN_OR_RETURN(const std::string project_id, ParseId("parent", request.parent(), kProjectPattern));
  ASSIGN_OR_RETURN(const GenerationPattern pattern, ParsePattern(request));
  ASSIGN_OR_RETURN(std::vector<Room> rooms, lintel::inventory::GenerateRooms(pattern));
  using Response = v1::GenerateRoomsResponse;
  return commands_.Run<Response>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<Response> {
    const Cause cause = call.CauseAt(commands_.Now());
    ProjectStore projects{tx, call.scope()};
    ASSIGN_OR_RETURN(const Project project, projects.FindForUpdate(project_id));
    const int version = projects.LatestPriceVersion(project_id) + 1;
    for (Room& room : rooms) {
      room.id = NewId();
      room.project_id = project.id;
      room.state_time = cause.now;
      room.version = 1;
      if (room.list_price) room.price_version = version;
    }
    Response response;
    response.set_created(static_cast<int>(rooms.size()));
    for (size_t i = 0; i < std::min<size_t>(rooms.size(), kMostShown); ++i) *response.add_rooms() = ToProto(rooms[i]);
    RETURN_IF_ERROR(CheckPlacesFree(RoomStore(tx, call.scope()).FindAll(project_id), rooms));
    LayoutStore layouts{tx, call.scope()};
    ASSIGN_OR_RETURN(const std::set<std::string> new_layouts, NewLayouts(layouts, project_id, rooms));
    if (request.dry_run()) return response;
    RETURN_IF_ERROR(MakeLayouts(tx, cause, call.scope(), project_id, new_layouts));
    if (!RoomStore(tx, call.scope()).Insert(rooms)) return absl::AbortedError("rooms were made at the same moment");
    AnnounceRooms(tx, cause, project_id, rooms);
    if (pattern.unit_price) {
      RETURN_IF_ERROR(WritePriceTable(tx, cause, call.scope(), project_id, version, pattern.rounding,
                                      pattern.building + " " + pattern.entrance, rooms)
                          .status());
    }
    return response;
  });
}

absl::StatusOr<operations::v1::Operation> RoomsService::ImportRooms(const Call& call,
                                                                    const v1::ImportRoomsRequest& request) {
  return imports_.Import(call, request);
}

absl::StatusOr<int> RoomsService::ChangeMany(pg::Transaction& tx, const Call& call, const std::string& parent,
                                             const google::protobuf::RepeatedPtrField<std::string>& names,
                                             const std::string& reason,
                                             const std::function<absl::StatusOr<Room>(const Room&)>& change) {
  ASSIGN_OR_RETURN(const std::string project_id, ParseId("parent", parent, kProjectPattern));
  if (names.empty() || names.size() > kMostChanged) return InvalidField("rooms", "must be 1 to 1000");
  std::vector<std::string> ids;
  for (int i = 0; i < names.size(); ++i) {
    const std::string field = fmt::format("rooms[{}]", i);
    ASSIGN_OR_RETURN(const RoomName name, ParseRoomName(field, names[i]));
    if (name.project_id != project_id) return InvalidField(field, "belongs to another project");
    ids.push_back(name.room_id);
  }
  const Cause cause = call.CauseAt(commands_.Now());
  ASSIGN_OR_RETURN(const std::vector<Room> rooms, RoomStore(tx, call.scope()).FindManyForUpdate(project_id, ids));
  for (const Room& before : rooms) {
    ASSIGN_OR_RETURN(Room after, change(before));
    WriteTransition(tx, cause, call.scope(), before, after, reason);
  }
  return static_cast<int>(rooms.size());
}

absl::StatusOr<v1::ReleaseRoomsResponse> RoomsService::ReleaseRooms(const Call& call,
                                                                    const v1::ReleaseRoomsRequest& request) {
  using Response = v1::ReleaseRoomsResponse;
  return commands_.Run<Response>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<Response> {
    Response response;
    ASSIGN_OR_RETURN(const int changed,
                     ChangeMany(tx, call, request.parent(), request.rooms(), "released", ReleaseForSale));
    response.set_changed(changed);
    return response;
  });
}

absl::StatusOr<v1::LockRoomsResponse> RoomsService::LockRooms(const Call& call, const v1::LockRoomsRequest& request) {
  if (request.reason().empty() || request.reason().size() > 600)
    return InvalidField("reason", "must be 1 to 200 characters");
  using Response = v1::LockRoomsResponse;
  return commands_.Run<Response>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<Response> {
    Response response;
    ASSIGN_OR_RETURN(const int changed, ChangeMany(tx, call, request.parent(), request.rooms(), request.reason(),
                                                   [&](const Room& room) { return Lock(room, request.reason()); }));
    response.set_changed(changed);
    return response;
  });
}

absl::StatusOr<v1::ControlChart> RoomsService::GetControlChart(const Call& call,
                                                               const v1::GetControlChartRequest& request) {
  ASSIGN_OR_RETURN(const std::string project_id, ParseId("parent", request.parent(), kProjectPattern));
  pg::RunOptions options = call.ReadOnly();
  options.isolation = "REPEATABLE READ";  // Rooms and position of one moment.
  return commands_.database().Run<v1::ControlChart>(
      options, [&](pg::Transaction& tx) -> absl::StatusOr<v1::ControlChart> {
        RETURN_IF_ERROR(ProjectStore(tx, call.scope()).Find(project_id).status());
        const ChartVersion version = ReadChartVersion(tx, call.tenant(), project_id);
        call.SetReplyMetadata("x-lintel-etag", version.etag);
        v1::ControlChart chart;
        if (call.Metadata("x-lintel-if-none-match") != version.etag) {
          chart = ToChart(RoomStore(tx, call.scope()).FindAll(project_id));
        }
        chart.set_project(request.parent());
        chart.set_position(version.position);
        chart.set_etag(version.etag);
        return chart;
      });
}

absl::StatusOr<v1::ListRoomHistoryResponse> RoomsService::ListRoomHistory(const Call& call,
                                                                          const v1::ListRoomHistoryRequest& request) {
  ASSIGN_OR_RETURN(const RoomName name, ParseRoomName("parent", request.parent()));
  using Response = v1::ListRoomHistoryResponse;
  return commands_.database().Run<Response>(call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<Response> {
    RoomStore store{tx, call.scope()};
    ASSIGN_OR_RETURN(const Room room, store.Find(name.project_id, name.room_id));
    Response response;
    for (const Transition& step : store.History(room.id)) {
      v1::RoomTransition& message = *response.add_transitions();
      message.set_from(static_cast<v1::RoomState>(step.from));
      message.set_to(static_cast<v1::RoomState>(step.to));
      *message.mutable_time() = ToProto(step.time);
      message.set_actor(step.actor);
      message.set_reason(step.reason);
      message.set_price_version(step.price_version);
    }
    return response;
  });
}

}  // namespace lintel::inventory
