#include "telephony/speech/reader.h"

namespace lintel::speech {
namespace {

// In groups with pauses between them.
Words ReadPhone(const Reader& reader, const std::string& text) {
  Words words;
  for (const std::string& group : PhoneGroups(text)) {
    if (!words.empty() && words.back() != reader.plus) words.push_back(kPause);
    Append(words, group == "+" ? Words{reader.plus} : reader.spell(group));
  }
  return words;
}

}  // namespace

void Append(Words& words, const Words& more) { words.insert(words.end(), more.begin(), more.end()); }

Words Read(const Reader& reader, SpokenKind kind, const std::string& value) {
  switch (kind) {
    case SpokenKind::kNumber:
      if (const auto number = ParseDecimalNumber(value)) return reader.decimal(*number);
      break;
    case SpokenKind::kMoney:
      if (const auto fen = ParseInteger(value)) return reader.money(*fen);
      break;
    case SpokenKind::kArea:
      if (const auto hundredths = ParseInteger(value)) return reader.area(*hundredths);
      break;
    case SpokenKind::kDate:
      if (const auto date = ParseCivilDate(value)) return reader.date(*date);
      break;
    case SpokenKind::kTime:
      if (const auto time = ParseCivilTime(value)) return reader.time(*time);
      break;
    case SpokenKind::kPhone:
      return ReadPhone(reader, value);
    case SpokenKind::kDigits:
    case SpokenKind::kRoom:
      return reader.room(value);
    case SpokenKind::kPrompt:
    case SpokenKind::kText:
      break;
  }
  return {value};
}

}  // namespace lintel::speech
