// The reasons that an RPC's comment names, as every comment in the contract does (CONVENTIONS: "FAILED_PRECONDITION
// ROOM_TAKEN, ROOM_LOCKED; INVALID_ARGUMENT names the field").
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "gateway/contract/contract.h"

namespace lintel::gateway {

struct Refusal {
  std::string code;    // "FAILED_PRECONDITION"; empty: the contract does not say.
  std::string reason;  // "ROOM_TAKEN"; empty: the code alone is named.
  int status = 0;      // Of HTTP; 0 without a code.
};

// A reason belongs to the code before it in the same sentence. `others` are words that look like reasons and are none.
std::vector<Refusal> RefusalsIn(const std::string& comment, const std::set<std::string>& others);

class RefusalBook {
 public:
  // `contract` must outlive the book. A code that is named with a reason anywhere is known wherever it is named.
  explicit RefusalBook(const Contract& contract);
  std::vector<Refusal> Of(const Method& method) const;

 private:
  std::set<std::string> enum_values_;
  std::map<std::string, std::string> codes_;
};

}  // namespace lintel::gateway
