// Values as the words a person says: "一百二十八万元", "one hundred eighteen point six six square meters" (IVR-07).
// One word is one recorded fragment, if it was recorded. A value that is not of its kind is read as it stands.
#pragma once

#include <string>
#include <vector>

#include "telephony/speech/language.h"
#include "telephony/speech/spoken.h"

namespace lintel::speech {

using Words = std::vector<std::string>;

// A comma among words is a short pause.
inline constexpr char kPause[] = ",";

Words ToWords(SpokenKind kind, const std::string& value, Language language);

// As text for a reader or a synthesiser: Chinese without spaces, English with them; pauses as ， and ,.
std::string Join(const Words& words, Language language);

// ---- The parts, for the two languages ----
Words ChineseNumber(int64_t value);  // 两 before 千, 万 and 亿 at the head; 十二 at the head, 一十二 inside
Words EnglishNumber(int64_t value);
Words ChineseValue(SpokenKind kind, const std::string& value);
Words EnglishValue(SpokenKind kind, const std::string& value);

}  // namespace lintel::speech
