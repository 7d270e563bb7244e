// Claims in SQL: kept for ever, so that a closed id can never claim again.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "platform/clock/clock.h"
#include "platform/pg/transaction.h"
#include "services/inventory/domain/room.h"
#include "services/inventory/store/room_store.h"

namespace lintel::inventory {

struct ClaimRow {
  std::string id;
  std::string room_id;
  bool closed = false;
  std::vector<std::string> undone_documents;  // None of them can advance the claim any more.
};

struct NewClaim {
  std::string id;
  std::string project_id;
  std::string room_id;
};

class ClaimStore {
 public:
  ClaimStore(pg::Transaction& tx, int64_t tenant) : tx_(tx), tenant_(tenant) {}

  // Locks the row of the id, making it when it is new.
  ClaimRow FindOrCreate(const std::string& claim_id, const std::string& room_id, Instant now);
  // The same for many: whether each is closed, by id. Claims on rooms that are not there are not made and not answered.
  std::map<std::string, bool> FindOrCreateAll(const std::vector<NewClaim>& claims, Instant now);
  // The row, or NOT_FOUND. FindForUpdate locks it.
  absl::StatusOr<ClaimRow> Find(const std::string& claim_id);
  absl::StatusOr<ClaimRow> FindForUpdate(const std::string& claim_id);
  // Remembers that `document` was taken back. Nothing for an unknown claim.
  void Undo(const std::string& claim_id, const std::string& document);
  // Remembers the newest hand-over of the deal; false when this one, or a newer one, is known.
  bool HandOver(const std::string& claim_id, int64_t hand_over);
  void Close(const std::vector<std::string>& claim_ids, Instant now);
  void MoveTo(const std::string& claim_id, const std::string& room_id);
  // Rooms with open claims in order of claim id, after `after_claim`.
  std::vector<Room> ListOpen(const std::string& project_id, const std::string& after_claim, int limit);

 private:
  absl::StatusOr<ClaimRow> FindOne(const char* sql, const std::string& claim_id);
  pg::Transaction& tx_;
  const int64_t tenant_;
};

}  // namespace lintel::inventory
