// Proto to domain and back.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "lintel/inventory/v1/claims.pb.h"
#include "lintel/inventory/v1/events.pb.h"
#include "lintel/inventory/v1/projects.pb.h"
#include "lintel/inventory/v1/rooms.pb.h"
#include "platform/wire/values.h"
#include "services/inventory/domain/numbering.h"
#include "services/inventory/domain/room.h"
#include "services/inventory/store/project_store.h"
#include "services/inventory/store/room_store.h"

namespace lintel::inventory {

inline constexpr char kProjectPattern[] = "projects/*";
inline constexpr char kRoomPattern[] = "projects/*/rooms/*";

struct RoomName {
  std::string project_id;
  std::string room_id;
};
// INVALID_ARGUMENT naming `field`.
absl::StatusOr<RoomName> ParseRoomName(const std::string& field, const std::string& name);
std::string NameOf(const Room& room);
std::string ProjectName(const std::string& project_id);

using lintel::ToProto;  // Beside this service's own.

// UNSPECIFIED is TRUNCATE_TO_YUAN.
absl::StatusOr<Rounding> ToRounding(v1::Rounding rounding);
v1::Rounding ToProto(Rounding rounding);

// `permit_valid` is left to the caller.
v1::Room ToProto(const Room& room);
v1::Permit ToProto(const Permit& permit);
v1::Project ToProto(const Project& project, const std::vector<Permit>& permits,
                    const std::map<int, int>& rooms_by_state);
absl::StatusOr<GenerationPattern> ParsePattern(const v1::GenerateRoomsRequest& request);
absl::StatusOr<Permit> ParsePermit(const std::string& field, const v1::Permit& permit);
// Display name, time zone, address and account, checked.
absl::StatusOr<Project> ParseProject(const v1::Project& project);

v1::Claim ToClaim(const std::string& claim_id, const Room& room);
v1::RoomStateChanged StateChanged(const Room& before, const Room& after, const std::string& actor);

}  // namespace lintel::inventory
