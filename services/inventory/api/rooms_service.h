// Rooms, their generation and import, and the control chart (proto/lintel/inventory/v1/rooms.proto).
#pragma once

#include "platform/command/command.h"
#include "platform/server/server.h"
#include "services/inventory/api/convert.h"
#include "services/inventory/app/room_imports.h"

namespace lintel::inventory {

class RoomsService {
 public:
  RoomsService(Commands& commands, RoomImports& imports) : commands_(commands), imports_(imports) {}
  void Register(Server& server);

  absl::StatusOr<v1::Room> GetRoom(const Call& call, const v1::GetRoomRequest& request);
  absl::StatusOr<v1::ListRoomsResponse> ListRooms(const Call& call, const v1::ListRoomsRequest& request);
  absl::StatusOr<v1::Room> UpdateRoom(const Call& call, const v1::UpdateRoomRequest& request);
  absl::StatusOr<v1::GenerateRoomsResponse> GenerateRooms(const Call& call, const v1::GenerateRoomsRequest& request);
  absl::StatusOr<operations::v1::Operation> ImportRooms(const Call& call, const v1::ImportRoomsRequest& request);
  absl::StatusOr<v1::ReleaseRoomsResponse> ReleaseRooms(const Call& call, const v1::ReleaseRoomsRequest& request);
  absl::StatusOr<v1::LockRoomsResponse> LockRooms(const Call& call, const v1::LockRoomsRequest& request);
  absl::StatusOr<v1::ControlChart> GetControlChart(const Call& call, const v1::GetControlChartRequest& request);
  absl::StatusOr<v1::ListRoomHistoryResponse> ListRoomHistory(const Call& call,
                                                              const v1::ListRoomHistoryRequest& request);

 private:
  // One transition for many rooms of a project, all or none; the number of rooms changed.
  absl::StatusOr<int> ChangeMany(pg::Transaction& tx, const Call& call, const std::string& parent,
                                 const google::protobuf::RepeatedPtrField<std::string>& names,
                                 const std::string& reason,
                                 const std::function<absl::StatusOr<Room>(const Room&)>& change);
  Commands& commands_;
  RoomImports& imports_;
};

}  // namespace lintel::inventory
