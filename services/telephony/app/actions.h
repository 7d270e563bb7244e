// What a voice flow may ask (verb lookup, and dial's permission). A new question adds a function here and its line in
// the table; README.md lists them with their outcomes and values.
#pragma once

#include "absl/status/statusor.h"
#include "lintel/telephony/v1/call_control.pb.h"
#include "platform/client/channel.h"
#include "services/telephony/app/catalogue.h"

namespace lintel::telephony {

class Actions {
 public:
  Actions(Channel& inventory, Catalogue& catalogue) : inventory_(inventory), catalogue_(catalogue) {}

  // INVALID_ARGUMENT on `action` for one nobody knows.
  absl::StatusOr<v1::RunActionResponse> Run(const v1::RunActionRequest& request,
                                            std::chrono::steady_clock::time_point deadline);

 private:
  using Time = std::chrono::steady_clock::time_point;
  absl::StatusOr<v1::RunActionResponse> RoomByNumber(const v1::RunActionRequest& request, Time deadline);
  absl::StatusOr<v1::RunActionResponse> MayDial(const v1::RunActionRequest& request, Time deadline);

  Channel& inventory_;
  Catalogue& catalogue_;
};

}  // namespace lintel::telephony
