// Operators, their groups, and what the groups may do. Works inside the caller's transaction and its tenant.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "platform/list/run.h"
#include "platform/pg/transaction.h"
#include "services/identity/domain/operator.h"

namespace lintel::identity {

class OperatorStore {
 public:
  // `now` decides whether a lock still lasts.
  OperatorStore(pg::Transaction& tx, Instant now) : tx_(tx), now_(now) {}

  struct Page {
    std::vector<Operator> operators;
    std::string next_page_token;
  };
  static const ListSpec& Spec();
  Page ListOperators(const List& list);

  absl::StatusOr<Operator> Find(const std::string& id);
  // Locks the row.
  absl::StatusOr<Operator> FindForUpdate(const std::string& id);
  // ALREADY_EXISTS SIGN_IN_NAME_TAKEN.
  absl::Status Insert(const Operator& made, const std::string& password_hash);
  // Everything but the password and the sign-in name; groups too.
  void Update(const Operator& changed);
  std::string PasswordHash(const std::string& id);
  void SetPassword(const std::string& id, const std::string& hash, bool change_required);
  void RecordSignIn(const std::string& id);
  // Failed sign-ins are forgotten.
  void Unlock(const std::string& sign_in_name);

  // Rights over all groups of one operator, the widest reach of each.
  Grants GrantsOf(const std::string& operator_id);
  // Takes the tenant's lock first, so that two administrators cannot disable each other at once. FAILED_PRECONDITION
  // LAST_ADMIN when nobody active could manage operators. Call after the change.
  absl::Status CheckSomebodyManages();
  void LockTenant();

  // Active operators with a right, in one team or everywhere.
  std::vector<std::string> HoldersOf(const std::string& right, const std::string& team_id);
  // Those of `ids` that exist.
  std::vector<std::string> Existing(const std::vector<std::string>& ids);

  std::map<std::string, std::string> Preferences(const std::string& operator_id);
  void SetPreference(const std::string& operator_id, const std::string& key, const std::string& value);

 private:
  void WriteGroups(const Operator& changed);
  pg::Transaction& tx_;
  const Instant now_;
};

class GroupStore {
 public:
  explicit GroupStore(pg::Transaction& tx) : tx_(tx) {}

  struct Page {
    std::vector<Group> groups;
    std::string next_page_token;
  };
  static const ListSpec& Spec();
  Page ListGroups(const List& list, bool show_retired);
  absl::StatusOr<Group> Find(const std::string& id);
  absl::StatusOr<Group> FindForUpdate(const std::string& id);
  // ALREADY_EXISTS NAME_TAKEN, both.
  absl::Status Insert(const Group& group);
  absl::Status Update(const Group& group);

 private:
  void WriteGrants(const Group& group);
  pg::Transaction& tx_;
};

}  // namespace lintel::identity
