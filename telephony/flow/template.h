// Texts with variables: "房价{price:money}". {name} inserts the value, {name:kind} has it spoken as that kind
// (number, digits, money, date, time, phone, room, area). "{{" is a brace.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "telephony/speech/spoken.h"

namespace lintel::flow {

struct TemplatePiece {
  bool is_variable = false;
  speech::SpokenKind kind = speech::SpokenKind::kText;
  std::string text;  // The literal, or the variable's name
};

// INVALID_ARGUMENT for an open brace, an empty name or an unknown kind.
absl::StatusOr<std::vector<TemplatePiece>> ParseTemplate(const std::string& text);

using Lookup = std::function<std::string(const std::string& name)>;

// A sentence's parts; a variable without a value says nothing.
speech::Spoken Fill(const std::vector<TemplatePiece>& pieces, const Lookup& value);
// As one string, kinds ignored: arguments of actions, destinations.
std::string FillText(const std::vector<TemplatePiece>& pieces, const Lookup& value);

std::vector<std::string> VariablesOf(const std::string& text);

}  // namespace lintel::flow
