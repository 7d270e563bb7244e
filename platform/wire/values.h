// Value types between the wire and the domain: money, instants, dates, and lengths of texts. Errors name the field.
#pragma once

#include <google/protobuf/timestamp.pb.h>

#include <string>

#include "absl/status/statusor.h"
#include "google/type/date.pb.h"
#include "lintel/type/money.pb.h"
#include "platform/clock/calendar.h"
#include "platform/money/money.h"

namespace lintel {

type::Money ToProto(const Money& money);
google::protobuf::Timestamp ToProto(Instant instant);
google::type::Date ToProto(Date date);

// CNY (or no currency), at most a thousand billion yuan either way. PositiveMoney also refuses zero and less.
absl::StatusOr<Money> ParseMoney(const std::string& field, const type::Money& money);
absl::StatusOr<Money> PositiveMoney(const std::string& field, const type::Money& money);

// A time that one of our own processes wrote, an event's: not checked.
Instant InstantOf(const google::protobuf::Timestamp& timestamp);
// A client's: the years 1970 to 9999.
absl::StatusOr<Instant> ToInstant(const std::string& field, const google::protobuf::Timestamp& timestamp);
// A day that exists, 1900 to 2200.
absl::StatusOr<Date> ToDate(const std::string& field, const google::type::Date& date);

// `text` has `low` to `high` characters (not bytes) and no NUL.
absl::Status CheckLength(const std::string& field, const std::string& text, size_t low, size_t high);

}  // namespace lintel
