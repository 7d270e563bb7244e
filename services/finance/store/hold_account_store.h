// The accounts of holds with a fee, in SQL. Works inside the caller's transaction.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "platform/auth/principal.h"
#include "platform/clock/clock.h"
#include "platform/money/money.h"
#include "platform/pg/transaction.h"

namespace lintel::finance {

struct HoldAccount {
  std::string id;  // The hold's.
  std::string deal_id;
  std::string project_id;
  std::string room_id;
  std::optional<std::string> customer_id;
  Money fee;
  Money held;
  std::string time_zone;
  std::optional<std::string> subscription_id;
  bool closed = false;
  int64_t version = 1;
};

class HoldAccountStore {
 public:
  HoldAccountStore(pg::Transaction& tx, const Scope& scope) : tx_(tx), scope_(scope) {}

  // False when the account exists already.
  bool Insert(const HoldAccount& account, Instant now);
  absl::StatusOr<HoldAccount> Find(const std::string& hold_id);
  absl::StatusOr<HoldAccount> FindForUpdate(const std::string& hold_id);
  // What is held, where it went, and closing; raises the version.
  void Save(HoldAccount& account);
  // Those that are not closed.
  std::vector<HoldAccount> ListOpenAfter(const std::string& project_id, const std::string& after, int limit);

 private:
  absl::StatusOr<HoldAccount> FindOne(const char* sql, const std::string& hold_id);
  pg::Transaction& tx_;
  const Scope& scope_;
};

}  // namespace lintel::finance
