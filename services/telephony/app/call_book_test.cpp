// What becomes of calls whose beginning this process did not hear: exactly one record each, and no harm by late news.
#include "services/telephony/app/call_book.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "platform/ids/ids.h"
#include "platform/wire/values.h"

namespace lintel::telephony {
namespace {

constexpr char kAnn[] = "agents/ann";
constexpr char kSales[] = "queues/sales";

class CallBookTest : public ::testing::Test {
 protected:
  // One second after the last, by every clock.
  v1::CallEvent Next() {
    v1::CallEvent event;
    event.set_sequence(++seconds_);
    event.set_call_id(call_);
    event.set_monotonic_us(seconds_ * 1'000'000);
    event.mutable_occurred_time()->set_seconds(seconds_);
    return event;
  }
  CallBook::Taken Take(const v1::CallEvent& event) { return book_.Take("media-1", event); }
  CallBook::Taken Enter() {
    v1::CallEvent event = Next();
    event.mutable_queue_entered()->set_queue(kSales);
    return Take(event);
  }
  CallBook::Taken Leave() {
    v1::CallEvent event = Next();
    event.mutable_queue_left()->set_queue(kSales);
    return Take(event);
  }
  CallBook::Taken Step() {
    v1::CallEvent event = Next();
    event.mutable_flow_step()->set_node_id("main");
    event.mutable_flow_step()->set_digits("2");
    return Take(event);
  }
  CallBook::Taken Answer() {
    v1::CallEvent event = Next();
    event.mutable_agent_answered()->set_leg_id("agent leg");
    event.mutable_agent_answered()->set_agent(kAnn);
    return Take(event);
  }
  CallBook::Taken EndLeg(const std::string& leg, int packets) {
    v1::CallEvent event = Next();
    event.mutable_leg_ended()->set_leg_id(leg);
    event.mutable_leg_ended()->set_sip_code(200);
    event.mutable_leg_ended()->set_packets_received(packets);
    return Take(event);
  }
  CallBook::Taken End(const v1::LiveCall* told) {
    v1::CallEvent event = Next();
    event.mutable_ended()->set_hung_up_by("agent");
    event.mutable_ended()->set_sip_code(200);
    event.mutable_ended()->set_recorded(true);
    if (told != nullptr) *event.mutable_ended()->mutable_call() = *told;
    return Take(event);
  }
  // As a node that carries it tells it now.
  v1::LiveCall Live(v1::CallState state) const {
    v1::LiveCall live;
    live.set_call_id(call_);
    live.set_tenant_id(7);
    live.set_called_number("4001");
    live.set_caller_number("13800138000");
    live.set_state(state);
    live.set_flow("voiceFlows/f/versions/3");
    live.set_trunk("trunks/t");
    live.set_leg_id("caller leg");
    live.mutable_start_time()->set_seconds(1);
    live.set_monotonic_us(seconds_ * 1'000'000);
    return live;
  }
  v1::LiveCall Talk(v1::CallState state) const {
    v1::LiveCall live = Live(state);
    live.set_queue(kSales);
    live.set_agent(kAnn);
    live.set_queue_leg_id("agent leg");
    live.mutable_queued_time()->set_seconds(5);
    live.mutable_answer_time()->set_seconds(8);
    live.set_wait_us(3'000'000);
    live.set_talk_us(40'000'000);
    return live;
  }
  std::vector<v1::LiveCall> Attach(const std::vector<v1::LiveCall>& calls) {
    v1::AttachRequest request;
    request.set_node("media-1");
    request.set_last_sequence(seconds_);
    for (const v1::LiveCall& call : calls) *request.add_calls() = call;
    return book_.Attach(request);
  }
  static const v1::CallLeg& Leg(const v1::PhoneCall& call, const std::string& id) {
    for (const v1::CallLeg& leg : call.legs()) {
      if (leg.leg_id() == id) return leg;
    }
    ADD_FAILURE() << "there is no " << id;
    return v1::CallLeg::default_instance();
  }

  const std::string call_ = NewId();
  int64_t seconds_ = 100;
  CallBook book_{[](const std::string& agent) { return agent == kAnn ? "operators/ann" : ""; }};
};

TEST_F(CallBookTest, ACallThatEndedUnseenIsRecordedFromItsEnd) {
  const v1::LiveCall told = Talk(v1::IN_FLOW);
  const auto record = End(&told).record;
  ASSERT_TRUE(record.has_value());
  EXPECT_EQ(record->tenant_id(), 7);
  EXPECT_TRUE(record->caller_unasked());
  const v1::PhoneCall& call = record->call();
  EXPECT_EQ(call.name(), "calls/" + call_);
  EXPECT_EQ(call.caller_number(), "13800138000");
  EXPECT_EQ(call.flow(), "voiceFlows/f/versions/3");
  EXPECT_EQ(call.trunk(), "trunks/t");
  EXPECT_EQ(call.queue(), kSales);
  EXPECT_EQ(call.agent(), kAnn);
  EXPECT_EQ(call.operator_(), "operators/ann");
  EXPECT_EQ(call.start_time().seconds(), 1);
  EXPECT_EQ(call.answer_time().seconds(), 8);
  EXPECT_EQ(call.end_time().seconds(), seconds_);
  EXPECT_EQ(call.wait_ms(), 3000);
  EXPECT_EQ(call.talk_ms(), 40'000);
  EXPECT_EQ(call.hung_up_by(), "agent");
  EXPECT_TRUE(call.recorded());
  EXPECT_EQ(Leg(call, "caller leg").answer_time().seconds(), 1);
  EXPECT_EQ(Leg(call, "agent leg").agent(), kAnn);
  EXPECT_FALSE(book_.Find(call_).has_value());
}

TEST_F(CallBookTest, WhatItsNodeReportedBeforeItsEndIsInTheRecordAndCountedOnce) {
  Step();
  Answer();
  EndLeg("agent leg", 900);
  EndLeg("caller leg", 1000);
  const v1::LiveCall told = Talk(v1::IN_FLOW);
  const auto record = End(&told).record;
  ASSERT_TRUE(record.has_value());
  const v1::PhoneCall& call = record->call();
  EXPECT_EQ(call.steps_size(), 1);
  EXPECT_EQ(call.legs_size(), 2);
  EXPECT_EQ(Leg(call, "agent leg").packets_received(), 900);
  EXPECT_EQ(Leg(call, "agent leg").answer_time().seconds(), 102) << "the report is nearer than what was told of it";
  EXPECT_EQ(Leg(call, "caller leg").packets_received(), 1000);
  EXPECT_EQ(Leg(call, "caller leg").start_time().seconds(), 1);
  EXPECT_EQ(call.talk_ms(), 40'000);
}

TEST_F(CallBookTest, WhomTheLastOwnerHadRungIsInTheRecordOfACallThatWentOn) {
  Attach({Talk(v1::BRIDGED)});
  v1::CallEvent last = Next();
  last.mutable_ended()->set_hung_up_by("agent");
  v1::CallEvent& rung = *last.mutable_ended()->add_trace();
  rung.mutable_agent_failed()->set_leg_id("bob's leg");
  rung.mutable_agent_failed()->set_agent("agents/bob");
  rung.mutable_agent_failed()->set_sip_code(486);
  const v1::PhoneCall call = Take(last).record->call();
  EXPECT_EQ(Leg(call, "bob's leg").agent(), "agents/bob");
  EXPECT_EQ(Leg(call, "bob's leg").sip_code(), 486);
  EXPECT_EQ(call.agent(), kAnn);
}

TEST_F(CallBookTest, ATalkThatLastedToItsEndIsCountedToItsEnd) {
  const v1::LiveCall told = Talk(v1::BRIDGED);
  EXPECT_EQ(End(&told).record->call().talk_ms(), 41'000);
}

TEST_F(CallBookTest, NewsOfACallThatNobodyKnowsMakesNoCall) {
  for (const auto& taken : {Step(), Enter(), Answer(), Leave(), EndLeg("agent leg", 1)}) {
    EXPECT_FALSE(taken.record.has_value());
    EXPECT_FALSE(taken.is_news) << "the floor would offer somebody who is gone";
  }
  EXPECT_FALSE(book_.Find(call_).has_value());
  EXPECT_FALSE(book_.Pop(call_, kAnn).has_value());
  EXPECT_FALSE(book_.Learn(call_, {}).has_value());
  EXPECT_TRUE(book_.CloseAll("media-1", Instant{}).empty());
  EXPECT_FALSE(End(nullptr).record.has_value()) << "an end that does not say of what";
}

TEST_F(CallBookTest, AMalformedCallIdIsNobodysCall) {
  v1::CallEvent event = Next();
  event.set_call_id("42");
  event.mutable_started()->set_tenant_id(7);
  EXPECT_FALSE(Take(event).is_news);
  EXPECT_FALSE(book_.Find("42").has_value());
}

TEST_F(CallBookTest, ReportsFromBeforeTheAttachAddStepsAndNoTimeToARestoredCall) {
  seconds_ = 103;  // Entered, stepped and left, and has not reported it yet
  v1::LiveCall told = Live(v1::IN_FLOW);
  told.set_queue(kSales);
  told.set_wait_us(2'000'000);
  EXPECT_EQ(Attach({told}).size(), 1u);
  seconds_ = 100;
  for (const auto& late : {Enter(), Step(), Leave()}) EXPECT_FALSE(late.is_news);
  EXPECT_TRUE(Enter().is_news);
  EXPECT_TRUE(Leave().is_news);
  const v1::PhoneCall call = End(nullptr).record->call();
  EXPECT_EQ(call.wait_ms(), 3000);
  EXPECT_EQ(call.steps_size(), 1);
}

TEST_F(CallBookTest, ARestoredCallGoesOnWaitingAndTalkingFromWhereItWas) {
  v1::LiveCall told = Live(v1::QUEUED);
  told.set_queue(kSales);
  told.set_wait_us(9'000'000);
  Attach({told});
  Answer();
  EndLeg("agent leg", 1);
  const v1::PhoneCall call = End(nullptr).record->call();
  EXPECT_EQ(call.wait_ms(), 10'000);
  EXPECT_EQ(call.talk_ms(), 1000);
  EXPECT_EQ(call.operator_(), "operators/ann");
}

TEST_F(CallBookTest, ANodeThatAttachesAgainTellsNothingNewOfACallThatIsKnown) {
  Attach({});
  v1::CallEvent event = Next();
  event.mutable_started()->set_tenant_id(7);
  EXPECT_TRUE(Take(event).is_news);
  seconds_ += 1;
  EXPECT_TRUE(Attach({Talk(v1::BRIDGED)}).empty());
  seconds_ -= 1;
  EXPECT_TRUE(Enter().is_news) << "its reports are still to be heard, also those that were on their way";
}

TEST_F(CallBookTest, ACallThatCameAndWentUnseenIsRecordedFromItsReportsAndOfferedToNobody) {
  seconds_ = 104;
  Attach({});
  seconds_ = 100;
  v1::CallEvent started = Next();
  started.mutable_started()->set_tenant_id(7);
  started.mutable_started()->set_leg_id("caller leg");
  EXPECT_FALSE(Take(started).is_news);
  EXPECT_FALSE(Enter().is_news);
  EXPECT_FALSE(Leave().is_news);
  const v1::LiveCall told = Live(v1::IN_FLOW);
  const auto last = End(&told);
  EXPECT_FALSE(last.is_news);
  EXPECT_EQ(last.record->call().wait_ms(), 1000);
  EXPECT_EQ(last.record->call().start_time().seconds(), 101);
}

TEST_F(CallBookTest, ACallerWhomCustomersHasAnsweredForOrWhoWithheldTheNumberIsNotToBeAskedFor) {
  v1::LiveCall told = Talk(v1::IN_FLOW);
  Attach({told});
  book_.Learn(call_, {});
  EXPECT_FALSE(End(nullptr).record->caller_unasked());
  told.clear_caller_number();
  EXPECT_FALSE(End(&told).record->caller_unasked());
}

TEST_F(CallBookTest, WhoRingsIsNotWhoTalked) {
  v1::LiveCall told = Talk(v1::RINGING_AGENT);
  told.set_agent("agents/bob");
  Attach({told});
  EXPECT_EQ(End(nullptr).record->call().agent(), "");
}

}  // namespace
}  // namespace lintel::telephony
