#include "telephony/speech/language.h"

namespace lintel::speech {

std::string ToTag(Language language) { return language == Language::kChinese ? "zh-CN" : "en"; }

std::optional<Language> FromTag(const std::string& tag) {
  if (tag == "zh-CN" || tag == "zh") return Language::kChinese;
  if (tag == "en" || tag.starts_with("en-")) return Language::kEnglish;
  return std::nullopt;
}

}  // namespace lintel::speech
