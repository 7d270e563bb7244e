#include "platform/status/status.h"

#include <gtest/gtest.h>

namespace lintel {
namespace {

TEST(Status, ARefusalCarriesItsReasonAndMetadata) {
  const absl::Status status = Refused("ROOM_HELD", "held", {{"team", "east"}});
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(ReasonOf(status), "ROOM_HELD");
  EXPECT_EQ(MetadataOf(status).at("team"), "east");
}

TEST(Status, AnInvalidFieldIsNamed) {
  const absl::Status status = InvalidField("hold_duration", "must be positive");
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(FieldOf(status), "hold_duration");
}

TEST(Status, AStatusWithoutReasonHasAnEmptyOne) {
  EXPECT_EQ(ReasonOf(absl::InternalError("x")), "");
  EXPECT_TRUE(MetadataOf(absl::OkStatus()).empty());
}

absl::StatusOr<int> Half(int value) {
  if (value % 2 != 0) return InvalidField("value", "must be even");
  return value / 2;
}

absl::StatusOr<int> Quarter(int value) {
  ASSIGN_OR_RETURN(const int half, Half(value));
  return Half(half);
}

TEST(Status, AssignOrReturnHandsTheFirstErrorOn) {
  EXPECT_EQ(*Quarter(8), 2);
  EXPECT_EQ(FieldOf(Quarter(3).status()), "value");
}

}  // namespace
}  // namespace lintel
