// The calls that are up, as their nodes tell them, until each becomes one record. Durations are counted on the node's
// monotonic clock; wall times are for people.
//
// A new owner learns of calls that began before it in two ways: from LiveCall when their node attaches, or from the
// LiveCall in their CallEnded when they ended before that. What the node reported earlier may come after either. Then
// steps and legs are still taken from it, but nothing that the LiveCall told already. In the end CallEnded tells all
// steps and legs once more, so that a record is the same whoever heard the call.
#pragma once

#include <functional>
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
  // operators/{o} of an agent, or nothing.
  using OperatorOf = std::function<std::string(const std::string& agent)>;
  explicit CallBook(OperatorOf operator_of) : operator_of_(std::move(operator_of)) {}

  struct Taken {
    std::optional<v1::SpooledRecord> record;  // To keep, when it was the call's last event.
    bool is_news = false;  // False: it happened before the node attached, and the floor was told how things stood then.
  };
  // A new event of a call.
  Taken Take(const std::string& node, const v1::CallEvent& event);

  // The node carries these calls. Returns those that nobody had told of.
  std::vector<v1::LiveCall> Attach(const v1::AttachRequest& request);

  // The look-up's answer; the facts when the call was popped already and the card must be sent again.
  std::optional<CallFacts> Learn(const std::string& call_id, const customers::v1::LookUpCallerResponse& caller);

  // Remembers whose screen shows the call.
  std::optional<CallFacts> Pop(const std::string& call_id, const std::string& agent);

  // Records of the calls of a node that is gone for good.
  std::vector<v1::SpooledRecord> CloseAll(const std::string& node, Instant now);

  std::optional<CallFacts> Find(const std::string& call_id) const;

 private:
  struct Live {
    CallFacts facts;
    std::string node;
    std::map<std::string, v1::CallLeg> legs;
    int64_t told_until = 0;  // A LiveCall tells all but steps and legs of what was reported up to here.
    int64_t past_until = 0;  // The node's last report before it attached.
    std::optional<int64_t> queued_us;
    std::optional<int64_t> answered_us;
    int64_t wait_us = 0;
    int64_t talk_us = 0;
    bool is_known() const { return !facts.call.name().empty(); }  // Else only its end can tell what call it was.
  };
  Live* Meet(const std::string& node, const v1::CallEvent& event);
  const Live* FindKnown(const std::string& call_id) const;
  Live* FindKnown(const std::string& call_id);
  void NoteTrace(Live& live, const v1::CallEvent& event);
  void NoteState(Live& live, const v1::CallEvent& event);
  void Fill(Live& live, const std::string& call_id, const v1::LiveCall& from);
  void Retrace(Live& live, const v1::CallEnded& ended);
  void SetTalk(Live& live, const std::string& agent, const google::protobuf::Timestamp& answered);
  static v1::SpooledRecord Close(Live& live, const google::protobuf::Timestamp& when);

  const OperatorOf operator_of_;
  mutable std::mutex mutex_;
  std::map<std::string, Live> calls_;
  std::map<std::string, int64_t> attached_at_;  // By node: its last report before it attached.
};

}  // namespace lintel::telephony
