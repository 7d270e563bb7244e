#include "services/finance/domain/allocation.h"

#include <algorithm>
#include <set>

#include "platform/status/status.h"

namespace lintel::finance {

Allocated AllocateOldestFirst(const Money& amount, std::vector<OpenItem> items) {
  std::sort(items.begin(), items.end(), [](const OpenItem& a, const OpenItem& b) {
    return std::tie(a.due_date, a.sequence) < std::tie(b.due_date, b.sequence);
  });
  Allocated done{.unallocated = amount};
  for (const OpenItem& item : items) {
    const int64_t take = std::min(item.outstanding.minor_units, done.unallocated.minor_units);
    if (take <= 0) continue;
    done.allocations.push_back({item.receivable_id, Fen(take)});
    done.unallocated.minor_units -= take;
  }
  return done;
}

absl::StatusOr<Allocated> AllocateAsSaid(const Money& amount, const std::vector<OpenItem>& items,
                                         const std::vector<Allocation>& said) {
  Allocated done{.allocations = said, .unallocated = amount};
  std::set<std::string> seen;
  for (size_t i = 0; i < said.size(); ++i) {
    const std::string field = fmt::format("receipt.allocations[{}]", i);
    const auto item = std::find_if(items.begin(), items.end(),
                                   [&](const OpenItem& open) { return open.receivable_id == said[i].receivable_id; });
    if (item == items.end()) return InvalidField(field + ".receivable", "is no open item of this deal");
    if (!seen.insert(said[i].receivable_id).second) return InvalidField(field + ".receivable", "is given twice");
    if (said[i].amount.minor_units <= 0) return InvalidField(field + ".amount", "must be positive");
    if (said[i].amount.minor_units > item->outstanding.minor_units) {
      return Refused(
          "RECEIVABLE_SETTLED", "the item needs less",
          {{"receivable", "receivables/" + item->receivable_id}, {"outstanding", ToDecimal(item->outstanding)}});
    }
    ASSIGN_OR_RETURN(done.unallocated, Subtract(done.unallocated, said[i].amount));
  }
  if (done.unallocated.minor_units < 0) {
    return Refused("ALLOCATION_MISMATCH", "the allocations are more than the amount", {{"amount", ToDecimal(amount)}});
  }
  return done;
}

}  // namespace lintel::finance
