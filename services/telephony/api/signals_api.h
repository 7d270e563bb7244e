// The live stream that each gateway keeps open (proto/lintel/telephony/v1/events.proto).
#pragma once

#include "lintel/telephony/v1/events.pb.h"
#include "platform/server/server.h"
#include "services/telephony/app/signals.h"

namespace lintel::telephony {

class SignalsApi {
 public:
  explicit SignalsApi(Signals& signals) : signals_(signals) {}
  void Register(Server& server) {
    server.HandleStream("lintel.telephony.v1.SignalsService/WatchSignals", this, &SignalsApi::WatchSignals);
  }

  absl::Status WatchSignals(const Call&, const v1::WatchSignalsRequest&, rpc::Writer<event::v1::Signal>& writer) {
    const auto listener = signals_.Listen();
    while (!writer.cancelled()) {
      const auto signal = listener->Next(std::chrono::milliseconds(500));
      if (signal && !writer.Write(*signal)) break;
    }
    return absl::OkStatus();
  }

 private:
  Signals& signals_;
};

}  // namespace lintel::telephony
