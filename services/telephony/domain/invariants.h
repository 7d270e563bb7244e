// What must hold between any two events, checked over the whole floor; each breach is explained in a sentence.
#pragma once

#include <string>
#include <vector>

#include "services/telephony/domain/floor.h"

namespace lintel::telephony {

struct Breach {
  enum class Kind {
    kAgentWithoutCall,  // Rings or talks, but the call does not know of it
    kCallWithoutAgent,  // The other way round
    kNoDeadline,        // A state that could last for ever
    kIndexWrong,        // waiting, ready or deadlines do not tell what the states tell
    kIdleWhileWaiting,  // A ready agent and a waiting caller in one queue
  };
  Kind kind;
  std::string id;  // Of the agent, call or queue
  std::string explanation;
};

// No state may have its end further away than this.
inline constexpr Time kFurthestDeadline = std::chrono::hours(15);

std::vector<Breach> FindBreaches(const Floor& floor, Time now);

// Makes the indexes what the states say, and gives up pairings that only one side knows of: such an agent becomes ready
// for the session's rest, such a ringing call waits again in its place. Deadlines that are missing are `now`.
void Mend(Floor& floor, Time now);

// The places this agent or call has in the indexes; used by the distributor and the checker alike.
void Index(Floor& floor, const Agent& agent);
void Unindex(Floor& floor, const Agent& agent);
void Index(Floor& floor, const QueuedCall& call);
void Unindex(Floor& floor, const QueuedCall& call);

}  // namespace lintel::telephony
