#include "gateway/text/position.h"

#include <charconv>

#include "platform/status/status.h"

namespace lintel::gateway {
namespace {

constexpr size_t kMostServices = 64;
constexpr size_t kLongestName = 64;

std::optional<int64_t> Number(std::string_view text) {
  int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < 0) return std::nullopt;
  return number;
}

}  // namespace

std::optional<Position> ParsePosition(std::string_view text) {
  const size_t dash = text.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto epoch = Number(text.substr(0, dash));
  const auto number = Number(text.substr(dash + 1));
  if (!epoch || !number) return std::nullopt;
  return Position{*epoch, *number};
}

absl::StatusOr<PositionVector> ParsePositions(std::string_view text, const std::string& field) {
  PositionVector positions;
  while (!text.empty()) {
    const size_t comma = text.find(',');
    const std::string_view part = text.substr(0, comma);
    text.remove_prefix(comma == std::string_view::npos ? text.size() : comma + 1);
    const size_t colon = part.find(':');
    const auto position = colon == std::string_view::npos ? std::nullopt : ParsePosition(part.substr(colon + 1));
    if (!position || colon == 0 || colon > kLongestName || positions.size() >= kMostServices) {
      return InvalidField(field, "must be service:epoch-position, separated by commas");
    }
    positions[std::string(part.substr(0, colon))] = *position;
  }
  return positions;
}

std::string ToText(const PositionVector& positions) {
  std::string text;
  for (const auto& [service, position] : positions) {
    if (!text.empty()) text += ',';
    text += service + ":" + std::to_string(position.epoch) + "-" + std::to_string(position.number);
  }
  return text;
}

}  // namespace lintel::gateway
