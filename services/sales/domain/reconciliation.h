// Whether sales, inventory and finance say the same of a project's deals (DESIGN 3.2).
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "platform/money/money.h"

namespace lintel::sales {

// What sales believes of a deal that stands.
struct Deal {
  std::string id;
  std::string document;  // holds/, subscriptions/ or contracts/
  std::string stage;     // HELD, SUBSCRIBED, SIGNED
  std::string account;   // In finance: subscriptions/{s}, or holds/{h} of a hold with a fee; empty: none
  Money price;           // The fee of a hold
};
struct OpenClaim {
  std::string stage;
  std::string document;
};
struct OpenAccount {
  Money price;
  bool closed = false;
};

struct Difference {
  std::string subject;  // The document, claims/{id}, or who a stray account belongs to
  std::string what;     // CLAIM_MISSING, CLAIM_STAGE, CLAIM_STRAY, ACCOUNT_MISSING, ACCOUNT_PRICE, ACCOUNT_STRAY
  bool operator==(const Difference&) const = default;
};

// `accounts` by the document they belong to. `in_flight`: deals and those documents that a process works on now;
// nothing is said of them.
std::vector<Difference> Compare(const std::vector<Deal>& deals, const std::map<std::string, OpenClaim>& claims,
                                const std::map<std::string, OpenAccount>& accounts,
                                const std::set<std::string>& in_flight);

}  // namespace lintel::sales
