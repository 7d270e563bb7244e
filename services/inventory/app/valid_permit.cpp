#include "services/inventory/app/valid_permit.h"

#include "platform/clock/calendar.h"
#include "platform/status/status.h"

namespace lintel::inventory {

absl::StatusOr<std::optional<Permit>> ValidPermit(ProjectStore& projects, const Room& room, Instant now) {
  ASSIGN_OR_RETURN(const Project project, projects.Find(room.project_id));
  ASSIGN_OR_RETURN(const Date today, DateIn(now, project.time_zone));
  for (const Permit& permit : projects.Permits(room.project_id)) {
    if (permit.Covers(room.place.building, today)) return std::optional<Permit>(permit);
  }
  return std::optional<Permit>();
}

absl::Status RequirePermit(ProjectStore& projects, const Room& room, Instant now) {
  ASSIGN_OR_RETURN(const std::optional<Permit> permit, ValidPermit(projects, room, now));
  return permit ? absl::OkStatus() : Refused("PERMIT_MISSING", "no valid presale permit covers the room");
}

}  // namespace lintel::inventory
