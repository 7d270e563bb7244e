// The colours of a project's control chart (proto/lintel/inventory/v1/chart_colours.proto).
#pragma once

#include "lintel/inventory/v1/chart_colours.pb.h"
#include "platform/command/command.h"
#include "platform/server/server.h"

namespace lintel::inventory {

class ChartColoursService {
 public:
  explicit ChartColoursService(Commands& commands) : commands_(commands) {}
  void Register(Server& server);

  absl::StatusOr<v1::ChartColours> GetChartColours(const Call& call, const v1::GetChartColoursRequest& request);
  absl::StatusOr<v1::ChartColours> UpdateChartColours(const Call& call, const v1::UpdateChartColoursRequest& request);

 private:
  Commands& commands_;
};

}  // namespace lintel::inventory
