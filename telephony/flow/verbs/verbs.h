// The verbs a flow may use. A new verb adds its file, its line here and in verbs.cpp, and its definition in the schema.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "telephony/flow/node.h"

namespace lintel::flow {

using Json = nlohmann::json;
using NodePointer = std::unique_ptr<const Node>;

// Each reads JSON that the schema has accepted; what the schema cannot say is reported by Node::Faults.
NodePointer MakePlay(const Json& json);
NodePointer MakeSay(const Json& json);
NodePointer MakeMenu(const Json& json);
NodePointer MakeCollect(const Json& json);
NodePointer MakeHours(const Json& json);
NodePointer MakeQueue(const Json& json);
NodePointer MakeLookup(const Json& json);
NodePointer MakeSet(const Json& json);
NodePointer MakeBranch(const Json& json);
NodePointer MakeGoto(const Json& json);
NodePointer MakeDial(const Json& json);
NodePointer MakeHangup(const Json& json);
NodePointer MakeFallback(const Json& json);

// Fields of such JSON; absent ones are `otherwise` or empty.
std::string TextOf(const Json& json, const char* field, const std::string& otherwise = "");
std::vector<std::string> StringsOf(const Json& json, const char* field);
std::map<std::string, std::string> MapOf(const Json& json, const char* field);

// By json["verb"], which the schema has checked.
NodePointer MakeNode(const Json& json);

}  // namespace lintel::flow
