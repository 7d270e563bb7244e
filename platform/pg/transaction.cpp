#include "platform/pg/transaction.h"

#include <stdexcept>

#include "absl/strings/escaping.h"
#include "platform/status/status.h"

namespace lintel::pg {

std::string HexOf(const std::string& value) { return "\\x" + absl::BytesToHexString(value); }

std::string ArrayOf(const std::vector<std::string>& values) {
  std::string array = "{";
  for (const std::string& value : values) {
    if (array.size() > 1) array += ',';
    array += '"';
    for (const char c : value) {
      if (c == '"' || c == '\\') array += '\\';
      array += c;
    }
    array += '"';
  }
  return array + "}";
}

Instant ToInstant(const pqxx::field& field) {
  // "2026-11-23 09:54:00.123456+00" with the session's settings; RFC 3339 wants a T and minutes in the offset.
  std::string text = field.as<std::string>();
  if (text.size() > 10) text[10] = 'T';
  const auto parsed = ParseRfc3339(text + ":00");
  if (!parsed.ok()) throw std::runtime_error("a timestamp column held " + text);
  return *parsed;
}

std::optional<Instant> ToOptionalInstant(const pqxx::field& field) {
  return field.is_null() ? std::nullopt : std::optional<Instant>(ToInstant(field));
}

Date ToDate(const pqxx::field& field) {
  const auto parsed = ParseDate(field.as<std::string>());
  if (!parsed.ok()) throw std::runtime_error("a date column held " + field.as<std::string>());
  return *parsed;
}

std::optional<std::string> ToOptionalText(const pqxx::field& field) {
  return field.is_null() ? std::nullopt : std::optional<std::string>(field.as<std::string>());
}

}  // namespace lintel::pg
