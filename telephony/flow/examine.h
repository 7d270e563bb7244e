// What a schema cannot say about a graph: every edge leads somewhere, every prompt exists, nothing is unreachable,
// no circle turns without waiting, and from everywhere the call can end (IVR-04: no dead ends).
#pragma once

#include <vector>

#include "telephony/flow/graph.h"

namespace lintel::flow {

// In the order of node names.
std::vector<Problem> CheckMeaning(const Graph& graph);

}  // namespace lintel::flow
