// One call, heard by its owner from its start or by a successor at its end alone: the same record.
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "platform/ids/ids.h"
#include "services/telephony/app/call_book.h"
#include "telephony/media/control/call_traces.h"

namespace lintel::telephony {
namespace {

// Bob does not answer, Ann does after five seconds in the queue and talks for one.
constexpr const char* kTalkWithAnn[] = {
    R"(started {tenant_id: 7 called_number: "4001" caller_number: "13800138000" trunk: "trunks/t" leg_id: "caller leg"
                flow: "voiceFlows/f/versions/3"})",
    R"(flow_step {node_id: "main" digits: "2"})",
    R"(queue_entered {queue: "queues/sales"})",
    R"(agent_ringing {leg_id: "bob's leg" agent: "agents/bob"})",
    R"(agent_failed {leg_id: "bob's leg" agent: "agents/bob" sip_code: 408})",
    R"(leg_ended {leg_id: "bob's leg" sip_code: 408 q850_cause: 102})",
    R"(agent_ringing {leg_id: "agent leg" agent: "agents/ann"})",
    R"(agent_answered {leg_id: "agent leg" agent: "agents/ann"})",
    R"(leg_ended {leg_id: "agent leg" sip_code: 200 packets_received: 900})",
    R"(leg_ended {leg_id: "caller leg" sip_code: 200 packets_received: 1000})",
    R"(ended {hung_up_by: "agent" sip_code: 200 recorded: true})",
};

// The same call as its node describes it in the end.
constexpr char kLastMoment[] = R"(
  tenant_id: 7 called_number: "4001" caller_number: "13800138000" trunk: "trunks/t" leg_id: "caller leg"
  flow: "voiceFlows/f/versions/3" state: IN_FLOW queue: "queues/sales" agent: "agents/ann" queue_leg_id: "agent leg"
  start_time {seconds: 1} queued_time {seconds: 3} answer_time {seconds: 8} wait_us: 5000000 talk_us: 1000000)";

template <class Message>
Message Parse(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
  return message;
}

std::string OperatorOf(const std::string& agent) { return agent == "agents/ann" ? "operators/ann" : ""; }

TEST(CallRecord, IsTheSameWhetherTheCallWasHeardFromItsStartOrItsEndAlone) {
  const std::string call_id = NewId();
  media::CallTraces node;
  CallBook owner(OperatorOf);
  v1::CallEvent last;
  std::optional<v1::SpooledRecord> heard;
  int64_t second = 0;
  for (const char* what : kTalkWithAnn) {
    last = Parse<v1::CallEvent>(what);
    last.set_call_id(call_id);
    last.set_sequence(++second);
    last.set_monotonic_us(second * 1'000'000);
    last.mutable_occurred_time()->set_seconds(second);
    heard = owner.Take("media-1", last).record;
    node.Take(last);
  }
  *last.mutable_ended()->mutable_call() = Parse<v1::LiveCall>(kLastMoment);
  CallBook successor(OperatorOf);
  const auto told = successor.Take("media-1", last).record;
  ASSERT_TRUE(heard.has_value() && told.has_value());
  EXPECT_EQ(told->DebugString(), heard->DebugString());
  EXPECT_EQ(told->call().legs_size(), 3) << "who was rung in vain is one of them";
  EXPECT_EQ(told->call().steps_size(), 1);
}

}  // namespace
}  // namespace lintel::telephony
