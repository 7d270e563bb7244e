// Mandarin: Hanzi for every value, because the synthesiser reads Arabic digits wrong (1280000 as "one wan, ...").
#include "telephony/speech/reader.h"

namespace lintel::speech {
namespace {

const char* const kDigits[] = {"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
// Digit by digit 1 is said yāo, which nobody mistakes for seven.
const char* const kSpelt[] = {"零", "幺", "二", "三", "四", "五", "六", "七", "八", "九"};
const char* const kPlaces[] = {"", "十", "百", "千"};
const char* const kSections[] = {"", "万", "亿", "万亿"};

constexpr int64_t kSection = 10'000;
constexpr int kFenPerYuan = 100;
constexpr int kFenPerJiao = 10;

// 1 to 9999. `head`: nothing was said before, so 12 is 十二 and 2000 is 两千.
Words Section(int value, bool head, bool followed) {
  if (head && value == 2 && followed) return {"两"};
  Words words;
  bool gap = false;
  const int places[] = {value % 10, value / 10 % 10, value / 100 % 10, value / 1000};
  for (int place = 3; place >= 0; --place) {
    const int digit = places[place];
    if (digit == 0) {
      gap = !words.empty();
      continue;
    }
    if (std::exchange(gap, false)) words.push_back("零");
    const bool first = head && words.empty();
    if (!(first && place == 1 && digit == 1))
      words.push_back(first && place == 3 && digit == 2 ? "两" : kDigits[digit]);
    if (place > 0) words.push_back(kPlaces[place]);
  }
  return words;
}

Words Spell(const std::string& digits) {
  Words words;
  for (const char c : digits) words.push_back(kSpelt[c - '0']);
  return words;
}

Words ReadDecimal(const Decimal& value) {
  Words words;
  if (value.negative) words.push_back("负");
  Append(words, ChineseNumber(value.whole));
  if (value.fraction.empty()) return words;
  words.push_back("点");
  for (const char c : value.fraction) words.push_back(kDigits[c - '0']);
  return words;
}

// A quantity of a unit: 两元, but 十二元 and 二十元.
Words Counted(int64_t count, const char* unit) {
  Words words = count == 2 ? Words{"两"} : ChineseNumber(count);
  words.push_back(unit);
  return words;
}

Words ReadMoney(int64_t fen) {
  Words words;
  if (fen < 0) words.push_back("负");
  const int64_t size = fen < 0 ? -fen : fen;
  const int64_t yuan = size / kFenPerYuan;
  const int jiao = static_cast<int>(size % kFenPerYuan / kFenPerJiao);
  const int cents = static_cast<int>(size % kFenPerJiao);
  if (yuan > 0 || size == 0) Append(words, Counted(yuan, "元"));
  if (jiao > 0) Append(words, Counted(jiao, "角"));
  if (cents > 0) {
    if (yuan > 0 && jiao == 0) words.push_back("零");
    Append(words, words.empty() || words.back() == "负" ? Counted(cents, "分") : Words{kDigits[cents], "分"});
  }
  return words;
}

Words ReadDate(const CivilDate& date) {
  Words words;
  for (const char c : std::to_string(date.year)) words.push_back(kDigits[c - '0']);
  words.push_back("年");
  Append(words, ChineseNumber(date.month));
  words.push_back("月");
  Append(words, ChineseNumber(date.day));
  words.push_back("日");
  return words;
}

Words ReadTime(const CivilTime& time) {
  Words words = Counted(time.hour, "点");
  if (time.minute == 0) {
    words.push_back("整");
    return words;
  }
  if (time.minute < 10) words.push_back("零");
  Append(words, ChineseNumber(time.minute));
  words.push_back("分");
  return words;
}

Words ReadArea(int64_t hundredths) {
  Words words = ReadDecimal(FromHundredths(hundredths));
  words.push_back("平方米");
  return words;
}

// Digits one by one, the dash as 杠, letters and Hanzi as they stand.
Words ReadRoom(const std::string& text) {
  Words words;
  bool joins = false;
  for (const char c : text) {
    const bool plain = static_cast<unsigned char>(c) >= 0x80 || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    if (c >= '0' && c <= '9')
      words.push_back(kSpelt[c - '0']);
    else if (c == '-')
      words.push_back("杠");
    else if (plain && joins)
      words.back() += c;
    else if (plain)
      words.push_back(std::string(1, c));
    joins = plain;
  }
  return words;
}

}  // namespace

Words ChineseNumber(int64_t value) {
  if (value == 0) return {"零"};
  Words words;
  if (value < 0) words.push_back("负");
  const int64_t size = value < 0 ? -value : value;
  int64_t power = kSection * kSection * kSection;
  bool head = true;
  bool gap = false;
  for (int section = 3; section >= 0; --section, power /= kSection) {
    const int part = static_cast<int>(size / power % kSection);
    if (part == 0) {
      gap = !head;
      continue;
    }
    if (!head && (gap || part < 1000)) words.push_back("零");
    Append(words, Section(part, head, section > 0));
    if (section > 0) words.push_back(kSections[section]);
    head = gap = false;
  }
  return words;
}

Words ChineseValue(SpokenKind kind, const std::string& value) {
  static constexpr Reader kReader{.decimal = ReadDecimal,
                                  .money = ReadMoney,
                                  .area = ReadArea,
                                  .date = ReadDate,
                                  .time = ReadTime,
                                  .room = ReadRoom,
                                  .spell = Spell,
                                  .plus = "加"};
  return Read(kReader, kind, value);
}

}  // namespace lintel::speech
