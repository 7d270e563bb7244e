// Where incoming money goes: to items named by the cashier, or to the oldest due ones (FIN-20).
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "platform/clock/calendar.h"
#include "platform/money/money.h"

namespace lintel::finance {

struct OpenItem {
  std::string receivable_id;
  Date due_date;
  int sequence = 0;
  Money outstanding;
};

struct Allocation {
  std::string receivable_id;
  Money amount;
};

struct Allocated {
  std::vector<Allocation> allocations;
  Money unallocated;  // Over-payment kept on the account.
};

// Oldest due date first, then sequence; what no item needs stays unallocated.
Allocated AllocateOldestFirst(const Money& amount, std::vector<OpenItem> items);

// As the cashier said. ALLOCATION_MISMATCH when they ask for more than `amount`, RECEIVABLE_SETTLED (metadata
// receivable, outstanding) when an item needs less, INVALID_ARGUMENT for an unknown or repeated item or a sum that is
// not positive.
absl::StatusOr<Allocated> AllocateAsSaid(const Money& amount, const std::vector<OpenItem>& items,
                                         const std::vector<Allocation>& said);

}  // namespace lintel::finance
