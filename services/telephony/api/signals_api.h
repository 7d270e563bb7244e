// The live stream that each gateway keeps open (proto/lintel/telephony/v1/events.proto).
#pragma once

#include "lintel/telephony/v1/events.pb.h"
#include "platform/server/server.h"
#include "services/telephony/app/exchange.h"

namespace lintel::telephony {

class SignalsApi {
 public:
  explicit SignalsApi(Exchange& exchange) : exchange_(exchange) {}
  void Register(Server& server) {
    server.HandleStream("lintel.telephony.v1.SignalsService/WatchSignals", this, &SignalsApi::WatchSignals);
  }

  absl::Status WatchSignals(const Call&, const v1::WatchSignalsRequest&, rpc::Writer<event::v1::Signal>& writer) {
    const auto listener = exchange_.Watch();
    while (!writer.cancelled()) {
      const auto signal = listener->Next(std::chrono::milliseconds(500));
      if (signal && !writer.Write(*signal)) break;
    }
    return absl::OkStatus();
  }

 private:
  Exchange& exchange_;
};

}  // namespace lintel::telephony
