// The first line is a template, the second a path: what matches binds to clean text or is refused with a field.
#include <cstdint>
#include <cstdlib>

#include "gateway/text/path_template.h"
#include "gateway/text/url.h"
#include "gateway/text/utf8.h"
#include "platform/status/status.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace lintel::gateway;
  const std::string text(reinterpret_cast<const char*>(data), size);
  const size_t line = std::min(text.find('\n'), text.size());
  const std::string path = line < text.size() ? text.substr(line + 1) : text;
  (void)ParseQuery(path);
  const auto made = PathTemplate::Parse(text.substr(0, line));
  if (!made.ok()) return 0;
  const auto segments = SplitPath(path);
  if (!made->Matches(segments)) return 0;
  const auto bindings = made->Bind(segments);
  if (!bindings.ok()) return lintel::FieldOf(bindings.status()).empty() ? abort(), 0 : 0;
  for (const auto& [field, value] : *bindings) {
    if (!IsCleanUtf8(value)) abort();
  }
  return 0;
}
