// Writes transitions of rooms: the row, its history and the event, in the caller's transaction.
#pragma once

#include "platform/command/command.h"
#include "platform/outbox/outbox.h"
#include "services/inventory/api/convert.h"

namespace lintel::inventory {

// `after` is saved unless nothing changed; its version and state_time are set. Locks must be held on `before`. The
// audit part holds what a transition can change: state and deal.
void WriteTransition(pg::Transaction& tx, const Cause& cause, const Scope& scope, const Room& before, Room& after,
                     const std::string& reason);

// The two halves of it, for many rooms in few statements. Whether `after` differs in what a transition can change; its
// version and state_time are then raised.
bool RaiseVersion(const Room& before, Room& after, Instant now);
void WriteTransitions(pg::Transaction& tx, const Scope& scope, const std::vector<RoomTransition>& transitions);

// Announces rooms that were made or whose facts changed, 200 per event.
void AnnounceRooms(pg::Transaction& tx, const Cause& cause, const std::string& project_id,
                   const std::vector<Room>& rooms);

}  // namespace lintel::inventory
