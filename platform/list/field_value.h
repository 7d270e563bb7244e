// One value of a filter or a page token, checked against its field's type before it becomes a parameter.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "platform/list/list.h"

namespace lintel {

// `text` as PostgreSQL takes it for this type. `from` names the request's field in errors.
absl::StatusOr<std::string> CheckValue(const std::string& from, const std::string& name, const ListField& field,
                                       const std::string& text);

// The cast a parameter of this type carries: "::bigint".
std::string CastOf(FieldType type);

// "createTime" as "create_time".
std::string ToSnakeCase(const std::string& name);

}  // namespace lintel
