#include "gateway/http/exchange.h"

namespace lintel::gateway {

bool SameHeaderName(std::string_view one, std::string_view other) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  if (one.size() != other.size()) return false;
  for (size_t i = 0; i < one.size(); ++i) {
    if (lower(one[i]) != lower(other[i])) return false;
  }
  return true;
}

void Headers::Set(const std::string& name, std::string value) {
  for (auto& [known, old] : fields_) {
    if (SameHeaderName(known, name)) {
      old = std::move(value);
      return;
    }
  }
  Add(name, std::move(value));
}

std::string_view Headers::Get(std::string_view name) const {
  for (const auto& [known, value] : fields_) {
    if (SameHeaderName(known, name)) return value;
  }
  return {};
}

bool Headers::Has(std::string_view name) const {
  for (const auto& [known, value] : fields_) {
    if (SameHeaderName(known, name)) return true;
  }
  return false;
}

}  // namespace lintel::gateway
