// From the fields of events to the parameters of facts.
#pragma once

#include <google/protobuf/descriptor.h>
#include <google/protobuf/timestamp.pb.h>

#include <optional>
#include <string>
#include <vector>

#include "google/type/date.pb.h"
#include "platform/clock/calendar.h"
#include "platform/wire/values.h"

namespace lintel::report {

// "projects/{p}/rooms/{r}" -> "{r}"; nothing for an empty name.
inline std::optional<std::string> IdOf(const std::string& name) {
  if (name.empty()) return std::nullopt;
  return name.substr(name.rfind('/') + 1);
}

template <class Names>
std::vector<std::string> IdsOf(const Names& names) {
  std::vector<std::string> ids;
  for (const std::string& name : names) ids.push_back(*IdOf(name));
  return ids;
}

inline std::optional<Instant> InstantOf(bool present, const google::protobuf::Timestamp& time) {
  if (!present) return std::nullopt;
  return lintel::InstantOf(time);
}

inline std::optional<Date> DateOf(bool present, const google::type::Date& date) {
  if (!present) return std::nullopt;
  return Date{std::chrono::year{date.year()}, std::chrono::month{static_cast<unsigned>(date.month())},
              std::chrono::day{static_cast<unsigned>(date.day())}};
}

// "SIGNED", as DOMAIN §5 spells it; empty for the unspecified value.
template <class Enum>
std::string CodeOf(const google::protobuf::EnumDescriptor* descriptor, Enum value) {
  return value == 0 ? "" : descriptor->FindValueByNumber(value)->name();
}

}  // namespace lintel::report
