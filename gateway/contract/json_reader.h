// JSON, query and path values into messages, by reflection and the proto3 JSON mapping. Strict: what does not fit is
// refused with the field's path in lowerCamelCase; nothing is guessed.
#pragma once

#include <google/protobuf/message.h>

#include <string>

#include "absl/status/status.h"
#include "gateway/text/json_value.h"

namespace lintel::gateway {

// Merges an object into `message`. INVALID_ARGUMENT names unknown fields, wrong types, numbers out of range, unknown
// enum values, two fields of one oneof, bad base64, timestamps, durations and masks.
absl::Status ReadJson(const JsonValue& value, google::protobuf::Message* message);

// Reads `value` as the contents of one singular or repeated field.
absl::Status ReadJsonField(const JsonValue& value, const google::protobuf::FieldDescriptor* field,
                           google::protobuf::Message* message);

// Sets "room.builtArea" (names as in the proto or in JSON) from text, as it stands in a URL; appends to a repeated
// field.
absl::Status ReadText(const std::string& path, const std::string& text, google::protobuf::Message* message);

}  // namespace lintel::gateway
