// English as it is said on the telephone; years in pairs, rooms and phones digit by digit.
#include "telephony/speech/reader.h"

namespace lintel::speech {
namespace {

const char* const kSmall[] = {"zero",     "one",     "two",     "three",     "four",     "five",    "six",
                              "seven",    "eight",   "nine",    "ten",       "eleven",   "twelve",  "thirteen",
                              "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"};
const char* const kTens[] = {"", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"};
const char* const kThousands[] = {"", "thousand", "million", "billion", "trillion"};
const char* const kMonths[] = {"January", "February", "March",     "April",   "May",      "June",
                               "July",    "August",   "September", "October", "November", "December"};
const char* const kOrdinals[] = {"",           "first",      "second",     "third",     "fourth",    "fifth",
                                 "sixth",      "seventh",    "eighth",     "ninth",     "tenth",     "eleventh",
                                 "twelfth",    "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
                                 "eighteenth", "nineteenth", "twentieth"};

constexpr int kFenPerYuan = 100;
constexpr int kNoon = 12;

Words UnderHundred(int value) {
  if (value < 20) return {kSmall[value]};
  Words words = {kTens[value / 10]};
  if (value % 10 != 0) words.push_back(kSmall[value % 10]);
  return words;
}

Words UnderThousand(int value) {
  Words words;
  if (value >= 100) words = {kSmall[value / 100], "hundred"};
  if (value % 100 != 0) Append(words, UnderHundred(value % 100));
  return words;
}

Words Spell(const std::string& text) {
  Words words;
  for (const char c : text) {
    if (c >= '0' && c <= '9')
      words.push_back(kSmall[c - '0']);
    else if (c == '-')
      words.push_back("dash");
    else if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))
      words.push_back(std::string(1, c));
  }
  return words;
}

Words ReadDecimal(const Decimal& value) {
  Words words;
  if (value.negative) words.push_back("minus");
  Append(words, EnglishNumber(value.whole));
  if (value.fraction.empty()) return words;
  words.push_back("point");
  Append(words, Spell(value.fraction));
  return words;
}

Words ReadMoney(int64_t fen) {
  Words words;
  if (fen < 0) words.push_back("minus");
  const int64_t size = fen < 0 ? -fen : fen;
  const int64_t cents = size % kFenPerYuan;
  if (size >= kFenPerYuan || size == 0) {
    Append(words, EnglishNumber(size / kFenPerYuan));
    words.push_back("yuan");
    if (cents > 0) words.push_back("and");
  }
  if (cents > 0) {
    Append(words, EnglishNumber(cents));
    words.push_back("fen");
  }
  return words;
}

// 2026 twenty twenty six, 2005 two thousand five, 1905 nineteen oh five, 1900 nineteen hundred.
Words ReadYear(int year) {
  if (year < 1000 || year % 1000 < 10) return EnglishNumber(year);
  Words words = UnderHundred(year / 100);
  const int rest = year % 100;
  if (rest == 0) words.push_back("hundred");
  if (rest > 0 && rest < 10) words.push_back("oh");
  if (rest > 0) Append(words, UnderHundred(rest));
  return words;
}

Words ReadDate(const CivilDate& date) {
  Words words = {kMonths[date.month - 1]};
  if (date.day <= 20)
    words.push_back(kOrdinals[date.day]);
  else if (date.day == 30)
    words.push_back("thirtieth");
  else
    Append(words, {kTens[date.day / 10], kOrdinals[date.day % 10]});
  words.push_back(kPause);
  Append(words, ReadYear(date.year));
  return words;
}

Words ReadTime(const CivilTime& time) {
  if (time.minute == 0 && time.hour == 0) return {"midnight"};
  if (time.minute == 0 && time.hour == kNoon) return {"noon"};
  Words words = UnderHundred(time.hour % kNoon == 0 ? kNoon : time.hour % kNoon);
  if (time.minute > 0 && time.minute < 10) words.push_back("oh");
  if (time.minute > 0) Append(words, UnderHundred(time.minute));
  Append(words, {time.hour < kNoon ? "a" : "p", "m"});
  return words;
}

Words ReadArea(int64_t hundredths) {
  Words words = ReadDecimal(FromHundredths(hundredths));
  Append(words, {"square", hundredths == 100 ? "meter" : "meters"});
  return words;
}

// Whatever else a room's number holds (栋, 单元) is Chinese and left to the synthesiser.
Words ReadRoom(const std::string& text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0x80) return {text};
  }
  return Spell(text);
}

}  // namespace

Words EnglishNumber(int64_t value) {
  if (value == 0) return {kSmall[0]};
  Words words;
  if (value < 0) words.push_back("minus");
  const int64_t size = value < 0 ? -value : value;
  int64_t power = 1'000'000'000'000;
  for (int group = 4; group >= 0; --group, power /= 1000) {
    const int part = static_cast<int>(size / power % 1000);
    if (part == 0) continue;
    Append(words, UnderThousand(part));
    if (group > 0) words.push_back(kThousands[group]);
  }
  return words;
}

Words EnglishValue(SpokenKind kind, const std::string& value) {
  static constexpr Reader kReader{.decimal = ReadDecimal,
                                  .money = ReadMoney,
                                  .area = ReadArea,
                                  .date = ReadDate,
                                  .time = ReadTime,
                                  .room = ReadRoom,
                                  .spell = Spell,
                                  .plus = "plus"};
  return Read(kReader, kind, value);
}

}  // namespace lintel::speech
