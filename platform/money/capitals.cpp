#include <array>

#include "platform/money/money.h"
#include "platform/status/status.h"

namespace lintel {
namespace {

constexpr std::array<const char*, 10> kDigits = {"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"};
constexpr std::array<const char*, 4> kPlaces = {"", "拾", "佰", "仟"};
constexpr std::array<const char*, 3> kGroups = {"", "万", "亿"};
constexpr int64_t kLargestYuan = 999'999'999'999;

// One group of four digits; `leading` says whether higher groups came before, so that a gap is read as 零.
std::string GroupText(int group, bool leading) {
  std::string text;
  bool zero_pending = leading && group < 1000;
  for (int place = 3, unit = 1000; place >= 0; --place, unit /= 10) {
    const int digit = group / unit % 10;
    if (digit == 0) {
      zero_pending = zero_pending || !text.empty();
      continue;
    }
    if (zero_pending) text += kDigits[0];
    zero_pending = false;
    text += kDigits[digit];
    text += kPlaces[place];
  }
  return text;
}

std::string YuanText(int64_t yuan) {
  std::string text;
  bool gap = false;  // A whole group of zeros was passed since the last digit.
  for (int group = 2; group >= 0; --group) {
    const int64_t unit = group == 2 ? 100'000'000 : group == 1 ? 10'000 : 1;
    const int value = static_cast<int>(yuan / unit % 10'000);
    if (value == 0) {
      gap = !text.empty();
      continue;
    }
    if (gap && value >= 1000) text += kDigits[0];
    text += GroupText(value, !text.empty());
    text += kGroups[group];
    gap = false;
  }
  return text;
}

}  // namespace

absl::StatusOr<std::string> ToChineseCapitals(const Money& money) {
  if (money.currency_code != "CNY") return InvalidField("currency_code", "capitals are written for CNY only");
  const bool negative = money.minor_units < 0;
  const uint64_t fen_total = negative ? 0 - static_cast<uint64_t>(money.minor_units) : money.minor_units;
  const int64_t yuan = static_cast<int64_t>(fen_total / 100);
  const int jiao = static_cast<int>(fen_total / 10 % 10);
  const int fen = static_cast<int>(fen_total % 10);
  if (yuan > kLargestYuan) return InvalidField("amount", "is too large to be written in capitals");

  std::string text = negative ? "人民币负" : "人民币";
  if (yuan > 0) text += YuanText(yuan) + "元";
  if (jiao > 0) {
    // 票据: a zero before the jiao is written when the yuan end in zero.
    if (yuan > 0 && yuan % 10 == 0) text += kDigits[0];
    text += std::string(kDigits[jiao]) + "角";
  }
  if (fen > 0) {
    if (yuan > 0 && jiao == 0) text += kDigits[0];
    return text + kDigits[fen] + "分";
  }
  if (yuan == 0 && jiao == 0) text += "零元";
  return text + "整";
}

}  // namespace lintel
