// Between the node's own words and call_control.proto.
#pragma once

#include "absl/status/statusor.h"
#include "lintel/telephony/v1/call_control.pb.h"
#include "telephony/media/node/node.h"

namespace lintel::media {

// One event of a call; sequence, call and times are the caller's to fill.
telephony::v1::CallEvent ToProto(const Report& report);
telephony::v1::LiveCall ToProto(const LiveCall& call);

// Nothing for a heartbeat or a command of a later version of the contract.
std::optional<CallOrder> FromProto(const telephony::v1::NodeCommand& command);

// INVALID_ARGUMENT when the flow is not a good graph. `cache` holds graphs by their immutable name.
class GraphCache {
 public:
  absl::StatusOr<Route> FromProto(const telephony::v1::RouteCallResponse& response);

 private:
  static constexpr size_t kMostKept = 256;
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<const flow::Graph>> graphs_;  // Guarded by mutex_.
};

}  // namespace lintel::media
