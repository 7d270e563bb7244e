// What is to be said, before anything is audio: a list of parts which the composer (compose.h) turns into recorded
// fragments and text for the synthesiser.
#pragma once

#include <string>
#include <vector>

namespace lintel::speech {

enum class SpokenKind {
  kPrompt,  // value: the prompt's name; text: what the synthesiser says while it has no recording
  kText,    // text: a sentence
  kNumber,  // value: an integer or decimal, "-12", "118.66"
  kDigits,  // value: read one by one, "0042"
  kMoney,   // value: integer fen, "128000000"
  kDate,    // value: "2026-11-23"
  kTime,    // value: "18:05"
  kPhone,   // value: "13800138000", "+8675512345678"
  kRoom,    // value: a room number, "1203", "A-0805", "12-B"
  kArea,    // value: integer hundredths of a square metre, "11866"
};

struct SpokenPart {
  SpokenKind kind = SpokenKind::kText;
  std::string value;
  std::string text;
  bool operator==(const SpokenPart&) const = default;
};

using Spoken = std::vector<SpokenPart>;

}  // namespace lintel::speech
