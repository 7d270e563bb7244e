// Rooms in SQL. Works inside the caller's transaction.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "platform/auth/principal.h"
#include "platform/outbox/outbox.h"
#include "platform/pg/transaction.h"
#include "services/inventory/domain/room.h"

namespace lintel::inventory {

// One of the past.
struct Transition {
  int from = 0;
  int to = 0;
  Instant time;
  std::string actor;
  std::string reason;
  int price_version = 0;
};

// One to be written. `after` has the version and the state_time that it will have.
struct RoomTransition {
  Cause cause;
  Room before;
  Room after;
  std::string reason;
};

class RoomStore {
 public:
  RoomStore(pg::Transaction& tx, const Scope& scope) : tx_(tx), scope_(scope) {}

  // NOT_FOUND also for a project out of scope. FindForUpdate locks the row.
  absl::StatusOr<Room> Find(const std::string& project_id, const std::string& room_id);
  absl::StatusOr<Room> FindForUpdate(const std::string& project_id, const std::string& room_id);
  // By the claim that has it; NOT_FOUND when none does.
  absl::StatusOr<Room> FindByClaim(const std::string& claim_id);
  absl::StatusOr<Room> FindByClaimForUpdate(const std::string& claim_id);
  // Every room of a project, in the chart's order: building, entrance, floor from the top, number.
  std::vector<Room> FindAll(const std::string& project_id);
  // Those of the rooms that are there and in scope, locked, in id order.
  std::vector<Room> Lock(const std::vector<std::string>& room_ids);
  // All of them locked in id order; NOT_FOUND names the first that is not there.
  absl::StatusOr<std::vector<Room>> FindManyForUpdate(const std::string& project_id, std::vector<std::string> room_ids);

  // New rooms. False when one of the places is taken; nothing is inserted then.
  bool Insert(const std::vector<Room>& rooms);
  // Everything but id, project and place; raises the version of `room` and of its row.
  void Save(Room& room);
  // What transitions change, and their history. The rooms must be locked, and no room may be there twice.
  void SaveTransitions(const std::vector<RoomTransition>& transitions);
  std::vector<Transition> History(const std::string& room_id);

 private:
  absl::StatusOr<Room> FindOne(const char* sql, const std::string& project_id, const std::string& room_id);
  absl::StatusOr<Room> FindClaimed(const char* sql, const std::string& claim_id);
  pg::Transaction& tx_;
  const Scope& scope_;
};

// Reads the columns of `rooms` by name.
Room ToRoom(const pqxx::row& row);

}  // namespace lintel::inventory
