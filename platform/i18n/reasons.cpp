#include "platform/i18n/reasons.h"

#include <nlohmann/json.hpp>

#include <stdexcept>

#include "platform/i18n/rules.h"
#include "platform/i18n/words.h"
#include "platform/status/status.h"

namespace lintel {
namespace {

// Metadata that is said in rules.json's words, and in those of words.json. Everything else is a value: a name, a
// number, a time.
bool IsRule(const std::string& key) { return key == "rule" || key == "cause" || key == "limit" || key == "cell"; }
bool IsWord(const std::string& key) { return key == "kind" || key == "state" || key == "stage"; }

std::string Said(const std::string& key, const std::string& written, const std::string& language) {
  if (IsRule(key)) return RuleText(written, language);
  return IsWord(key) ? WordFor(written, language) : written;
}

// Replaces {key} by metadata; an unknown key stays as it is.
std::string Fill(std::string text, const Metadata& metadata, const std::string& language) {
  for (const auto& [key, written] : metadata) {
    const std::string hole = "{" + key + "}";
    const std::string value = Said(key, written, language);
    for (size_t at = text.find(hole); at != std::string::npos; at = text.find(hole, at + value.size())) {
      text.replace(at, hole.size(), value);
    }
  }
  return text;
}

}  // namespace

std::string LanguageOf(const std::string& accept_language) {
  const size_t zh = accept_language.find("zh");
  const size_t en = accept_language.find("en");
  return en != std::string::npos && (zh == std::string::npos || en < zh) ? "en" : "zh";
}

Reasons::Reasons(std::span<const EmbeddedFile> service_files) {
  const auto load = [&](std::span<const EmbeddedFile> files) {
    for (const EmbeddedFile& file : files) {
      const auto parsed = nlohmann::json::parse(file.text);
      for (const auto& [reason, texts] : parsed.items()) {
        texts_[reason] = Texts{texts.at("zh").get<std::string>(), texts.at("en").get<std::string>()};
      }
    }
  };
  load(PlatformReasons());
  load(service_files);
  RuleText("", "zh");  // Reads rules.json.
  WordFor("", "zh");   // Reads words.json.
}

std::string Reasons::Text(const absl::Status& status, const std::string& accept_language) const {
  auto found = texts_.find(ReasonOf(status));
  if (found == texts_.end()) found = texts_.find("CODE_" + std::string(absl::StatusCodeToString(status.code())));
  if (found == texts_.end()) return std::string(status.message());
  const std::string language = LanguageOf(accept_language);
  return Fill(language == "en" ? found->second.en : found->second.zh, MetadataOf(status), language);
}

}  // namespace lintel
