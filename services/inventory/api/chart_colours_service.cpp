#include "services/inventory/api/chart_colours_service.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "absl/strings/ascii.h"
#include "lintel/inventory/v1/events.pb.h"
#include "platform/ids/resource_name.h"
#include "platform/outbox/outbox.h"
#include "platform/status/status.h"
#include "services/inventory/store/chart_colours_store.h"
#include "services/inventory/store/project_store.h"

namespace lintel::inventory {
namespace {

constexpr char kPattern[] = "projects/*/chartColours";

// State code -> fill, in upper case; INVALID_ARGUMENT naming the entry otherwise.
absl::StatusOr<std::map<int, std::string>> ParseFills(const v1::ChartColours& colours) {
  std::map<int, std::string> fills;
  for (int i = 0; i < colours.colours_size(); ++i) {
    const v1::StateColour& colour = colours.colours(i);
    const std::string field = fmt::format("chart_colours.colours[{}]", i);
    if (colour.state() == v1::ROOM_STATE_UNSPECIFIED || !v1::RoomState_IsValid(colour.state()))
      return InvalidField(field + ".state", "is not a state of rooms");
    const std::string& fill = colour.fill();
    if (fill.size() != 7 || fill[0] != '#' || !std::all_of(fill.begin() + 1, fill.end(), absl::ascii_isxdigit))
      return InvalidField(field + ".fill", "must be a colour as #RRGGBB");
    if (!fills.emplace(colour.state(), absl::AsciiStrToUpper(fill)).second)
      return InvalidField(field + ".state", "is given twice");
  }
  return fills;
}

template <class Colours>
void Fill(const std::map<int, std::string>& fills, Colours& colours) {
  for (const auto& [state, fill] : fills) {
    v1::StateColour& colour = *colours.Add();
    colour.set_state(static_cast<v1::RoomState>(state));
    colour.set_fill(fill);
  }
}

v1::ChartColours ToProto(const std::string& project_id, const ChartColours& colours) {
  v1::ChartColours message;
  message.set_name(JoinName(kPattern, {project_id}));
  Fill(colours.fills, *message.mutable_colours());
  message.set_etag(std::to_string(colours.version));
  return message;
}

v1::ChartColoursChanged Changed(const std::string& project_id, const ChartColours& colours) {
  v1::ChartColoursChanged event;
  event.set_project(JoinName("projects/*", {project_id}));
  Fill(colours.fills, *event.mutable_colours());
  return event;
}

}  // namespace

void ChartColoursService::Register(Server& server) {
  const std::string prefix = "lintel.inventory.v1.ChartColoursService/";
  server.Handle(prefix + "GetChartColours", this, &ChartColoursService::GetChartColours);
  server.Handle(prefix + "UpdateChartColours", this, &ChartColoursService::UpdateChartColours);
}

absl::StatusOr<v1::ChartColours> ChartColoursService::GetChartColours(const Call& call,
                                                                      const v1::GetChartColoursRequest& request) {
  ASSIGN_OR_RETURN(const std::string id, ParseId("name", request.name(), kPattern));
  using Reply = v1::ChartColours;
  return commands_.database().Run<Reply>(call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<Reply> {
    RETURN_IF_ERROR(ProjectStore(tx, call.scope()).Find(id).status());
    return ToProto(id, ChartColoursStore(tx, call.scope()).Find(id));
  });
}

absl::StatusOr<v1::ChartColours> ChartColoursService::UpdateChartColours(const Call& call,
                                                                         const v1::UpdateChartColoursRequest& request) {
  const v1::ChartColours& wanted = request.chart_colours();
  ASSIGN_OR_RETURN(const std::string id, ParseId("chart_colours.name", wanted.name(), kPattern));
  ASSIGN_OR_RETURN(const auto fills, ParseFills(wanted));
  return commands_.Run<v1::ChartColours>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<v1::ChartColours> {
    const Cause cause = call.CauseAt(commands_.Now());
    RETURN_IF_ERROR(ProjectStore(tx, call.scope()).FindForUpdate(id).status());
    ChartColoursStore store{tx, call.scope()};
    const ChartColours before = store.Find(id);
    if (!wanted.etag().empty() && wanted.etag() != std::to_string(before.version)) return StaleEtag("chartColours");
    const ChartColours after = store.Replace(id, fills, cause.now);
    const v1::ChartColours made = ToProto(id, after);
    Outbox(tx, cause).Append(Changed(id, after), made.name(), after.version,
                             {.before = AuditJson(ToProto(id, before)), .after = AuditJson(made)});
    return made;
  });
}

}  // namespace lintel::inventory
