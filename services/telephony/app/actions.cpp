#include "services/telephony/app/actions.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "lintel/inventory/v1/rooms.pb.h"
#include "platform/status/status.h"

namespace lintel::telephony {
namespace {

constexpr size_t kLongestRoomNumber = 20;

bool IsRoomNumber(const std::string& text) {
  return !text.empty() && text.size() <= kLongestRoomNumber &&
         std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isalnum(c) != 0 || c == '-'; });
}

std::string ArgumentOf(const v1::RunActionRequest& request, const std::string& name) {
  const auto found = request.arguments().find(name);
  return found == request.arguments().end() ? "" : found->second;
}

}  // namespace

absl::StatusOr<v1::RunActionResponse> Actions::Run(const v1::RunActionRequest& request, Time deadline) {
  if (request.action() == "room_by_number") return RoomByNumber(request, deadline);
  if (request.action() == "may_dial") return MayDial(request, deadline);
  return InvalidField("action", "is unknown");
}

// room -> found | several | missing; values room, building, layout, area, price, state (IVR-03).
absl::StatusOr<v1::RunActionResponse> Actions::RoomByNumber(const v1::RunActionRequest& request, Time deadline) {
  v1::RunActionResponse answer;
  answer.set_outcome("missing");
  const std::string number = ArgumentOf(request, "room");
  if (!IsRoomNumber(number)) return answer;
  const std::string project = ArgumentOf(request, "project");
  const std::string building = ArgumentOf(request, "building");
  inventory::v1::ListRoomsRequest rooms;
  rooms.set_parent(project.empty() ? "projects/-" : project);
  rooms.set_filter("number = \"" + number + "\"" +
                   (building.empty() || !IsRoomNumber(building) ? "" : " AND building = \"" + building + "\""));
  rooms.set_page_size(2);
  ASSIGN_OR_RETURN(const auto found, inventory_.Call<inventory::v1::ListRoomsResponse>(
                                         "lintel.inventory.v1.RoomsService/ListRooms", rooms,
                                         {.deadline = deadline, .tenant = request.tenant_id()}));
  if (found.rooms().empty()) return answer;
  const inventory::v1::Room& room = found.rooms(0);
  answer.set_outcome(found.rooms_size() == 1 ? "found" : "several");
  auto& values = *answer.mutable_values();
  values["room"] = room.number();
  values["building"] = room.building();
  values["layout"] = room.layout();
  values["area"] = std::to_string(room.built_area_hundredths());
  values["price"] = room.has_list_price() ? std::to_string(room.list_price().minor_units()) : "";
  values["state"] = absl::AsciiStrToLower(inventory::v1::RoomState_Name(room.state()));
  return answer;
}

// destination -> allowed | refused; value sip_uri. Agents who are signed on, and nothing that costs: calls to the
// outside wait for tariffs and budgets.
absl::StatusOr<v1::RunActionResponse> Actions::MayDial(const v1::RunActionRequest& request, Time) {
  v1::RunActionResponse answer;
  answer.set_outcome("refused");
  const auto snapshot = catalogue_.Now();
  const std::string destination = ArgumentOf(request, "destination");
  const auto agent = snapshot->agents.find(destination);
  const auto session = snapshot->sessions.find(destination);
  if (agent == snapshot->agents.end() || session == snapshot->sessions.end() ||
      agent->second.tenant != request.tenant_id())
    return answer;
  answer.set_outcome("allowed");
  (*answer.mutable_values())["sip_uri"] = "sip:" + session->second.account + "@" + session->second.domain;
  return answer;
}

}  // namespace lintel::telephony
