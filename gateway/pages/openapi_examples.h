// Examples of messages as JSON, made from what the contract says of their fields: a text quoted in a comment, a name's
// pattern such as rooms/{room}, the first value of an enum that means something.
#pragma once

#include <google/protobuf/descriptor.h>

#include <string>

namespace lintel::gateway {

// A body to send leaves out what only answers carry (OUTPUT_ONLY), an answer what only bodies carry (INPUT_ONLY).
enum class Side { kBody, kAnswer };

std::string ExampleOf(const google::protobuf::Descriptor* type, Side side);
std::string ExampleOf(const google::protobuf::FieldDescriptor* field, Side side);

// Marked OUTPUT_ONLY.
bool IsOutputOnly(const google::protobuf::FieldDescriptor* field);

}  // namespace lintel::gateway
