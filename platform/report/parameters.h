// What a reader asks for, checked, and the SQL with its :names turned into numbered parameters.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "platform/clock/calendar.h"
#include "platform/report/definition.h"

namespace lintel::report {

// Values by :name, as PostgreSQL reads them.
using Bindings = std::map<std::string, std::string>;

struct Question {
  std::map<std::string, std::string> parameters;  // As the reader sent them.
  Instant now;
  std::string zone;  // For today and this month when they are left out.
};

struct Answered {
  Bindings bindings;
  std::map<std::string, std::string> shown;  // Every parameter as it was taken, for the head of the paper.
  std::string project;                       // The UUID that was asked for; empty: all.
};

// Checks every parameter and fills in defaults: a project gives nothing, a date `:date`, a month `:month` (its first
// day) and `:month_end` (the next month's), receipt `:receipt` (a UUID or ''), a number or choice its value; `:now` and
// `:today` are always there. What waits for another choice must be well formed too, but is not shown.
// INVALID_ARGUMENT names the field: parameters.date.
absl::StatusOr<Answered> Answer(const Definition& definition, const Question& question);

// The definition as it is for these answers: without the parameters and columns that wait for another choice, and with
// a category for its chart.
Definition Chosen(Definition definition, const Answered& answered);

// Checks what a reader sends as the key of a row, by the type of its column; INVALID_ARGUMENT names `field`.
absl::Status CheckKey(const Column& column, const std::string& field, const std::string& text);

struct BoundSql {
  std::string sql;                  // $1, $2 ...
  std::vector<std::string> values;  // In their order.
};

// `:name` outside quotes and comments becomes a parameter; `::type` stays a cast. INTERNAL when a name has no value.
absl::StatusOr<BoundSql> Bind(const std::string& sql, const Bindings& bindings);

}  // namespace lintel::report
