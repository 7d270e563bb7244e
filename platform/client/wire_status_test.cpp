#include "platform/client/wire_status.h"

#include <gtest/gtest.h>

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "platform/status/status.h"

namespace lintel {
namespace {

// The detail of type T; empty when the status carries none.
template <typename T>
T DetailOf(const grpc::Status& status) {
  google::rpc::Status message;
  message.ParseFromString(status.error_details());
  T detail;
  for (const auto& any : message.details()) any.UnpackTo(&detail);
  return detail;
}

std::string DescriptionIn(const std::string& language) {
  const auto bad =
      DetailOf<google::rpc::BadRequest>(ToGrpc(InvalidField("room", "must be a string"), "the message", language));
  return bad.field_violations_size() == 1 ? bad.field_violations(0).description() : "";
}

TEST(WireStatus, DescribesAViolationInTheReadersLanguage) {
  EXPECT_EQ(DescriptionIn("zh"), "应为文本");
  EXPECT_EQ(DescriptionIn("en"), "must be a string");
}

TEST(WireStatus, TellsProgramsTheSameRuleInEveryLanguage) {
  for (const char* language : {"zh", "en"}) {
    const auto info =
        DetailOf<google::rpc::ErrorInfo>(ToGrpc(InvalidField("room", "must be a string"), "the message", language));
    EXPECT_EQ(info.metadata().at("rule"), "must be a string") << language;
  }
}

// A service hands on what another one refused, to a reader it knows better.
TEST(WireStatus, HandsOnARuleAsItWasWritten) {
  const absl::Status back = FromGrpc(ToGrpc(InvalidField("room", "must be a string"), "字段 room 无效", "zh"));
  EXPECT_EQ(back, InvalidField("room", "must be a string"));
}

TEST(WireStatus, BringsReasonAndMetadataBack) {
  const absl::Status back = FromGrpc(ToGrpc(Refused("ROOM_HELD", "held", {{"team", "A"}}), "已被 A 保留", "zh"));
  EXPECT_EQ(back.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(ReasonOf(back), "ROOM_HELD");
  EXPECT_EQ(MetadataOf(back), (Metadata{{"team", "A"}}));
}

}  // namespace
}  // namespace lintel
