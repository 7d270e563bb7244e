// Subscriptions and contracts in PostgreSQL, how often a deal changed hands, and its new team's name.
#pragma once

#include "platform/list/run.h"
#include "services/sales/domain/deal.h"
#include "services/sales/store/scope.h"

namespace lintel::sales {

class SubscriptionStore {
 public:
  SubscriptionStore(pg::Transaction& tx, const Scope& scope) : tx_(tx), scope_(scope) {}

  void Insert(const Subscription& subscription);
  absl::StatusOr<Subscription> Find(const std::string& id);
  absl::StatusOr<Subscription> FindForUpdate(const std::string& id);
  // State, busy, failure and snapshot. Sets update_time and the next version.
  void Save(Subscription& subscription, Instant now);
  // The consultant's that wait for their contract, locked.
  std::vector<Subscription> FindOpenForUpdate(const std::string& consultant_id);
  // Whose it is: consultant, operator, team. Sets update_time and the next version.
  void SaveOwner(Subscription& subscription, Instant now);
  void MarkReminded(const std::string& id);
  Listed List(const lintel::List& list);

  static Subscription ToSubscription(const pqxx::row& row);
  static const ListSpec& Spec();

 private:
  absl::StatusOr<Subscription> Load(const std::string& id, const char* lock);
  pg::Transaction& tx_;
  const Scope scope_;
};

class ContractStore {
 public:
  ContractStore(pg::Transaction& tx, const Scope& scope) : tx_(tx), scope_(scope) {}

  void Insert(const Contract& contract);
  absl::StatusOr<Contract> Find(const std::string& id);
  absl::StatusOr<Contract> FindForUpdate(const std::string& id);
  void Save(Contract& contract, Instant now);
  Listed List(const lintel::List& list);

  static Contract ToContract(const pqxx::row& row);
  static const ListSpec& Spec();

 private:
  absl::StatusOr<Contract> Load(const std::string& id, const char* lock);
  pg::Transaction& tx_;
  const Scope scope_;
};

// Which of the deal's hand-overs this is, from 1 on. Its open document must be locked.
int64_t CountHandOver(pg::Transaction& tx, int64_t tenant, const std::string& deal_id);

// What others may call `team`, where the deal's documents are this team's and do not say it yet.
void NameTeam(pg::Transaction& tx, int64_t tenant, const std::string& deal_id, const std::string& team,
              const std::string& name);

}  // namespace lintel::sales
