#include "platform/i18n/words.h"

#include <map>
#include <nlohmann/json.hpp>
#include <span>

#include "platform/migrate/embedded.h"

namespace lintel {

std::span<const EmbeddedFile> PlatformWords();

namespace {

struct Word {
  std::string zh;
  std::string en;
};

std::map<std::string, Word> Load(std::span<const EmbeddedFile> files) {
  std::map<std::string, Word> words;
  for (const EmbeddedFile& file : files) {
    const auto parsed = nlohmann::json::parse(file.text);
    for (const auto& [code, texts] : parsed.items()) {
      words[code] = {texts.at("zh").get<std::string>(), texts.at("en").get<std::string>()};
    }
  }
  return words;
}

}  // namespace

std::string WordFor(const std::string& code, const std::string& language) {
  static const std::map<std::string, Word> words = Load(PlatformWords());
  const auto found = words.find(code);
  if (found == words.end()) return code;
  return language == "en" ? found->second.en : found->second.zh;
}

}  // namespace lintel
