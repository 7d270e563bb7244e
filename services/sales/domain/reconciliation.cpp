#include "services/sales/domain/reconciliation.h"

namespace lintel::sales {

std::vector<Difference> Compare(const std::vector<Deal>& deals, const std::map<std::string, OpenClaim>& claims,
                                const std::map<std::string, OpenAccount>& accounts,
                                const std::set<std::string>& in_flight) {
  std::vector<Difference> found;
  std::set<std::string> known_claims;
  std::set<std::string> known_accounts;
  for (const Deal& deal : deals) {
    known_claims.insert(deal.id);
    known_accounts.insert(deal.account);
    if (in_flight.contains(deal.id)) continue;
    const auto claim = claims.find(deal.id);
    if (claim == claims.end()) {
      found.push_back({deal.document, "CLAIM_MISSING"});
    } else if (claim->second.stage != deal.stage || claim->second.document != deal.document) {
      found.push_back({deal.document, "CLAIM_STAGE"});
    }
    if (deal.account.empty()) continue;
    const auto account = accounts.find(deal.account);
    if (account == accounts.end() || account->second.closed) {
      found.push_back({deal.document, "ACCOUNT_MISSING"});
    } else if (account->second.price != deal.price) {
      found.push_back({deal.document, "ACCOUNT_PRICE"});
    }
  }
  for (const auto& [id, claim] : claims) {
    if (!known_claims.contains(id) && !in_flight.contains(id)) found.push_back({"claims/" + id, "CLAIM_STRAY"});
  }
  for (const auto& [document, account] : accounts) {
    if (account.closed || known_accounts.contains(document) || in_flight.contains(document)) continue;
    found.push_back({document, "ACCOUNT_STRAY"});
  }
  return found;
}

}  // namespace lintel::sales
