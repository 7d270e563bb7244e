// The shape of a graph's JSON, by voice_flow.schema.json.
#pragma once

#include <string>
#include <vector>

#include "telephony/flow/graph.h"
#include "telephony/flow/verbs/verbs.h"

namespace lintel::flow {

// Parses `text` into `json` and checks it. Bounded: size and depth are refused before anything is built.
std::vector<Problem> CheckShape(const std::string& text, Json& json);

// The schema's own text, for editors and documentation.
std::string SchemaText();

}  // namespace lintel::flow
