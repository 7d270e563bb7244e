// Any bytes either parse or are refused with a field; what parses survives being written and read again.
#include <cstdint>
#include <cstdlib>

#include "gateway/text/json_value.h"
#include "platform/status/status.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto value = lintel::gateway::ParseJson(text, 32);
  if (!value.ok() && lintel::FieldOf(value.status()).empty()) abort();
  if (value.ok() && value->kind == lintel::gateway::JsonValue::Kind::kString) {
    std::string again;
    lintel::gateway::AppendJsonString(value->text, again);
    if (lintel::gateway::ParseJson(again, 1)->text != value->text) abort();
  }
  return 0;
}
