#include "services/finance/domain/allocation.h"

#include <gtest/gtest.h>

#include "platform/status/status.h"

namespace lintel::finance {
namespace {

std::vector<OpenItem> Items() {
  return {{"late", *ParseDate("2026-12-23"), 2, Fen(500)}, {"early", *ParseDate("2026-11-23"), 1, Fen(300)}};
}

TEST(Allocation, FillsTheOldestDueItemFirstAndKeepsTheRest) {  // FIN-20
  const Allocated part = AllocateOldestFirst(Fen(400), Items());
  ASSERT_EQ(part.allocations.size(), 2u);
  EXPECT_EQ(part.allocations[0].receivable_id, "early");
  EXPECT_EQ(part.allocations[1].amount, Fen(100));
  EXPECT_EQ(AllocateOldestFirst(Fen(1000), Items()).unallocated, Fen(200));
}

TEST(Allocation, AsSaidTakesWhatAnItemNeedsAndNotAFenMore) {
  EXPECT_EQ(AllocateAsSaid(Fen(600), Items(), {{"late", Fen(500)}})->unallocated, Fen(100));
  EXPECT_EQ(ReasonOf(AllocateAsSaid(Fen(600), Items(), {{"late", Fen(501)}}).status()), "RECEIVABLE_SETTLED");
  EXPECT_EQ(ReasonOf(AllocateAsSaid(Fen(499), Items(), {{"late", Fen(500)}}).status()), "ALLOCATION_MISMATCH");
}

TEST(Allocation, NamesTheFieldAtFault) {
  EXPECT_EQ(FieldOf(AllocateAsSaid(Fen(9), Items(), {{"x", Fen(1)}}).status()), "receipt.allocations[0].receivable");
  EXPECT_EQ(FieldOf(AllocateAsSaid(Fen(9), Items(), {{"late", Fen(1)}, {"late", Fen(1)}}).status()),
            "receipt.allocations[1].receivable");
  EXPECT_EQ(FieldOf(AllocateAsSaid(Fen(9), Items(), {{"late", Fen(0)}}).status()), "receipt.allocations[0].amount");
}

}  // namespace
}  // namespace lintel::finance
