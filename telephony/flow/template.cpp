#include "telephony/flow/template.h"

#include <utility>

namespace lintel::flow {
namespace {

constexpr std::pair<const char*, speech::SpokenKind> kKinds[] = {
    {"number", speech::SpokenKind::kNumber}, {"digits", speech::SpokenKind::kDigits},
    {"money", speech::SpokenKind::kMoney},   {"date", speech::SpokenKind::kDate},
    {"time", speech::SpokenKind::kTime},     {"phone", speech::SpokenKind::kPhone},
    {"room", speech::SpokenKind::kRoom},     {"area", speech::SpokenKind::kArea},
    {"prompt", speech::SpokenKind::kPrompt},
};

absl::StatusOr<TemplatePiece> ParseVariable(const std::string& inside) {
  const size_t colon = inside.find(':');
  TemplatePiece piece{.is_variable = true, .text = inside.substr(0, colon)};
  if (piece.text.empty()) return absl::InvalidArgumentError("a variable has no name");
  if (colon == std::string::npos) return piece;
  const std::string kind = inside.substr(colon + 1);
  for (const auto& [name, value] : kKinds) {
    if (kind == name) {
      piece.kind = value;
      return piece;
    }
  }
  return absl::InvalidArgumentError("unknown kind \"" + kind + "\"");
}

}  // namespace

absl::StatusOr<std::vector<TemplatePiece>> ParseTemplate(const std::string& text) {
  std::vector<TemplatePiece> pieces;
  std::string literal;
  const auto flush = [&] {
    if (!literal.empty()) pieces.push_back({.text = std::exchange(literal, "")});
  };
  for (size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '{') {
      literal += text[at];
    } else if (at + 1 < text.size() && text[at + 1] == '{') {
      literal += '{';
      ++at;
    } else {
      const size_t end = text.find('}', at);
      if (end == std::string::npos) return absl::InvalidArgumentError("a brace is not closed");
      auto piece = ParseVariable(text.substr(at + 1, end - at - 1));
      if (!piece.ok()) return piece.status();
      flush();
      pieces.push_back(*std::move(piece));
      at = end;
    }
  }
  flush();
  return pieces;
}

speech::Spoken Fill(const std::vector<TemplatePiece>& pieces, const Lookup& value) {
  speech::Spoken spoken;
  for (const TemplatePiece& piece : pieces) {
    std::string said = piece.is_variable ? value(piece.text) : piece.text;
    if (!said.empty()) spoken.push_back({.kind = piece.kind, .value = std::move(said)});
  }
  return spoken;
}

std::string FillText(const std::vector<TemplatePiece>& pieces, const Lookup& value) {
  std::string text;
  for (const TemplatePiece& piece : pieces) text += piece.is_variable ? value(piece.text) : piece.text;
  return text;
}

std::vector<std::string> VariablesOf(const std::string& text) {
  std::vector<std::string> names;
  const auto pieces = ParseTemplate(text);
  if (!pieces.ok()) return names;
  for (const TemplatePiece& piece : *pieces) {
    if (piece.is_variable) names.push_back(piece.text);
  }
  return names;
}

}  // namespace lintel::flow
