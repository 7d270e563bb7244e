#include "platform/phone/phone.h"

#include <phonenumbers/phonenumberutil.h>

#include "platform/status/status.h"

namespace lintel {
namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

constexpr char kHome[] = "CN";

// Full-width digits and signs (U+FF0B, U+FF10 to U+FF19) as plain ones.
std::string Narrow(const std::string& text) {
  std::string narrow;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool wide = i + 2 < text.size() && text[i] == '\xEF' && text[i + 1] == '\xBC';
    const auto last = wide ? static_cast<unsigned char>(text[i + 2]) : 0;
    if (wide && (last == 0x8B || (last >= 0x90 && last <= 0x99))) {
      narrow += last == 0x8B ? '+' : static_cast<char>('0' + last - 0x90);
      i += 2;
    } else {
      narrow += text[i];
    }
  }
  return narrow;
}

// 110, 12345, 95588, 10086: what the library does not call a number. Three to six digits.
bool IsShortCode(const std::string& digits) {
  return digits.size() >= 3 && digits.size() <= 6 && (digits[0] == '1' || digits[0] == '9');
}

// Newer mobile prefixes than the library's table knows: eleven digits, 13 to 19.
bool IsChineseMobile(const PhoneNumber& number) {
  const uint64_t national = number.national_number();
  return number.country_code() == 86 && national >= 13000000000ULL && national <= 19999999999ULL;
}

Phone::Kind KindOf(const PhoneNumber& number, const std::string& region) {
  if (IsChineseMobile(number)) return Phone::Kind::kMobile;
  if (!region.empty() && region != kHome) return Phone::Kind::kForeign;
  switch (PhoneNumberUtil::GetInstance()->GetNumberType(number)) {
    case PhoneNumberUtil::MOBILE:
      return Phone::Kind::kMobile;
    case PhoneNumberUtil::FIXED_LINE:
    case PhoneNumberUtil::FIXED_LINE_OR_MOBILE:
      return Phone::Kind::kFixedLine;
    default:
      return Phone::Kind::kUnknown;
  }
}

}  // namespace

std::string DigitsOf(const std::string& text) {
  std::string digits;
  for (const char c : Narrow(text)) {
    if (c >= '0' && c <= '9') digits += c;
  }
  return digits;
}

absl::StatusOr<Phone> ParsePhone(const std::string& field, const std::string& text) {
  if (text.find('*') != std::string::npos)
    return InvalidField(field, "is masked; send the whole number or leave it out");
  std::string typed = Narrow(text);
  const std::string digits = DigitsOf(typed);
  if (digits.size() < 3 || digits.size() > 20) return InvalidField(field, "must have 3 to 20 digits");
  if (IsShortCode(digits)) return Phone{.number = digits, .kind = Phone::Kind::kShortCode, .region = kHome};
  if (typed.find('+') == std::string::npos && digits.rfind("00", 0) == 0) typed = "+" + digits.substr(2);

  const PhoneNumberUtil& library = *PhoneNumberUtil::GetInstance();
  PhoneNumber number;
  if (library.Parse(typed, kHome, &number) != PhoneNumberUtil::NO_PARSING_ERROR) {
    return Phone{.number = digits, .doubtful = true};
  }
  const bool valid = library.IsValidNumber(number) || IsChineseMobile(number);
  if (!valid && !library.IsPossibleNumber(number)) return Phone{.number = digits, .doubtful = true};
  Phone phone{.doubtful = !valid};
  library.GetRegionCodeForNumber(number, &phone.region);
  if (phone.region == "ZZ") phone.region = number.country_code() == 86 ? kHome : "";
  phone.kind = KindOf(number, phone.region);
  library.Format(number, PhoneNumberUtil::E164, &phone.number);
  return phone;
}

}  // namespace lintel
