// Holds (proto/lintel/sales/v1/sales.proto).
#pragma once

#include "platform/server/server.h"
#include "services/sales/api/convert.h"
#include "services/sales/app/hold_processes.h"

namespace lintel::sales {

class HoldsService {
 public:
  HoldsService(Commands& commands, Processes& processes, Peers& peers)
      : commands_(commands), processes_(processes), peers_(peers) {}
  void Register(Server& server);

  absl::StatusOr<v1::Hold> CreateHold(const Call& call, const v1::CreateHoldRequest& request);
  absl::StatusOr<v1::Hold> GetHold(const Call& call, const v1::GetHoldRequest& request);
  absl::StatusOr<v1::ListHoldsResponse> ListHolds(const Call& call, const v1::ListHoldsRequest& request);
  absl::StatusOr<v1::Hold> ExtendHold(const Call& call, const v1::ExtendHoldRequest& request);
  absl::StatusOr<v1::Hold> ReleaseHold(const Call& call, const v1::ReleaseHoldRequest& request);

 private:
  Commands& commands_;
  Processes& processes_;
  Peers& peers_;
};

}  // namespace lintel::sales
