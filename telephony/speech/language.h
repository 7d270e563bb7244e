// The two languages the system speaks.
#pragma once

#include <optional>
#include <string>

namespace lintel::speech {

enum class Language { kChinese, kEnglish };

// "zh-CN" and "en", as flows, events and files spell them.
std::string ToTag(Language language);
std::optional<Language> FromTag(const std::string& tag);

}  // namespace lintel::speech
