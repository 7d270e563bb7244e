// The calls that are up, as their nodes tell them, until each becomes one record. Durations are counted on the node's
// monotonic clock; wall times are for people.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "lintel/customers/v1/customers.pb.h"
#include "lintel/telephony/v1/call_control.pb.h"
#include "lintel/telephony/v1/store.pb.h"
#include "platform/clock/clock.h"

namespace lintel::telephony {

// What a pop needs.
struct CallFacts {
  int64_t tenant = 0;
  v1::PhoneCall call;
  google::protobuf::Timestamp queued_time;
  std::optional<customers::v1::LookUpCallerResponse> caller;  // Once the look-up answered
  std::string popped_to;                                      // agents/{a}, while it rings there or they talk
};

class CallBook {
 public:
  // A new event of a call. When it was the last: the record to keep.
  std::optional<v1::SpooledRecord> Take(const std::string& node, const v1::CallEvent& event);

  // A call that a node carried when it attached and this process does not know.
  void Restore(const std::string& node, const v1::LiveCall& live);

  // The look-up's answer; the facts when the call was popped already and the card must be sent again.
  std::optional<CallFacts> Learn(const std::string& call_id, const customers::v1::LookUpCallerResponse& caller);

  // Remembers whose screen shows the call, and whose operator that is.
  std::optional<CallFacts> Pop(const std::string& call_id, const std::string& agent, const std::string& operator_name);

  // Records of the calls of a node that is gone for good.
  std::vector<v1::SpooledRecord> CloseAll(const std::string& node, Instant now);

  std::optional<CallFacts> Find(const std::string& call_id) const;
  size_t size() const;

 private:
  struct Live {
    CallFacts facts;
    std::string node;
    std::map<std::string, v1::CallLeg> legs;
    std::map<std::string, std::string> operators;  // By agent
    std::optional<int64_t> queued_us;
    std::optional<int64_t> answered_us;
    int64_t wait_us = 0;
    int64_t talk_us = 0;
  };
  void Apply(Live& live, const v1::CallEvent& event);
  static v1::SpooledRecord Close(Live& live, const google::protobuf::Timestamp& when);

  mutable std::mutex mutex_;
  std::map<std::string, Live> calls_;
};

}  // namespace lintel::telephony
