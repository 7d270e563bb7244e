#include "platform/list/field_value.h"

#include <charconv>

#include "platform/clock/calendar.h"
#include "platform/clock/clock.h"
#include "platform/ids/resource_name.h"
#include "platform/status/status.h"

namespace lintel {
namespace {

absl::Status Wrong(const std::string& from, const std::string& name, const std::string& rule) {
  return InvalidField(from, "`" + name + "` " + rule);
}

bool IsInteger(const std::string& text) {
  int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size();
}

}  // namespace

absl::StatusOr<std::string> CheckValue(const std::string& from, const std::string& name, const ListField& field,
                                       const std::string& text) {
  if (text.find('\0') != std::string::npos) return Wrong(from, name, "must not hold a zero character");
  switch (field.type) {
    case FieldType::kText:
      return text;
    case FieldType::kCode: {
      const auto found = field.codes.find(text);
      if (found == field.codes.end()) return Wrong(from, name, "has no value `" + text + "`");
      return found->second;
    }
    case FieldType::kInteger:
    case FieldType::kMoney:
      if (!IsInteger(text)) return Wrong(from, name, "needs a whole number");
      return text;
    case FieldType::kBoolean:
      if (text != "true" && text != "false") return Wrong(from, name, "needs true or false");
      return text;
    case FieldType::kInstant: {
      const auto instant = ParseRfc3339(text);
      if (!instant.ok()) return Wrong(from, name, "needs a time like 2026-11-23T09:54:00Z");
      return ToRfc3339(*instant);
    }
    case FieldType::kDate: {
      const auto date = ParseDate(text);
      if (!date.ok()) return Wrong(from, name, "needs a date like 2026-11-23");
      return ToIsoDate(*date);
    }
    case FieldType::kId:
    case FieldType::kIdSet: {
      const auto id = ParseId(from, text, field.pattern);
      if (!id.ok()) return Wrong(from, name, "needs a name like " + field.pattern);
      return *id;
    }
  }
  return absl::InternalError("unknown field type");
}

std::string CastOf(FieldType type) {
  switch (type) {
    case FieldType::kInteger:
    case FieldType::kMoney:
      return "::bigint";
    case FieldType::kBoolean:
      return "::boolean";
    case FieldType::kInstant:
      return "::timestamptz";
    case FieldType::kDate:
      return "::date";
    case FieldType::kId:
    case FieldType::kIdSet:
      return "::uuid";
    default:
      return "::text";
  }
}

std::string ToSnakeCase(const std::string& name) {
  std::string snake;
  for (const char c : name) {
    if (c >= 'A' && c <= 'Z') {
      snake += '_';
      snake += static_cast<char>(c - 'A' + 'a');
    } else {
      snake += c;
    }
  }
  return snake;
}

}  // namespace lintel
