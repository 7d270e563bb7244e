#include "platform/i18n/rules.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>
#include <span>
#include <stdexcept>
#include <vector>

#include "platform/migrate/embedded.h"

namespace lintel {

std::span<const EmbeddedFile> PlatformRules();

namespace {

constexpr char kNested[] = "rule";

// A text cut at its holes: words[0] {holes[0]} words[1] {holes[1]} ... words.back().
struct Template {
  std::vector<std::string> words;
  std::vector<std::string> holes;

  size_t OwnLength() const {
    size_t length = 0;
    for (const std::string& word : words) length += word.size();
    return length;
  }
};

struct Translation {
  Template en;
  Template zh;
};

Template Cut(const std::string& text) {
  Template cut;
  size_t at = 0;
  for (size_t open = text.find('{'); open != std::string::npos; open = text.find('{', at)) {
    const size_t close = text.find('}', open);
    if (close == std::string::npos) throw std::runtime_error("rules.json: a hole does not end in: " + text);
    cut.words.push_back(text.substr(at, open - at));
    cut.holes.push_back(text.substr(open + 1, close - open - 1));
    at = close + 1;
  }
  cut.words.push_back(text.substr(at));
  return cut;
}

std::vector<Translation> Load(std::span<const EmbeddedFile> files) {
  std::vector<Translation> translations;
  for (const EmbeddedFile& file : files) {
    for (const auto& pair : nlohmann::json::parse(file.text)) {
      translations.push_back({Cut(pair.at("en").get<std::string>()), Cut(pair.at("zh").get<std::string>())});
      // Else a nested rule would be as long as its whole, and rendering it would not end.
      if (translations.back().en.OwnLength() == 0) throw std::runtime_error("rules.json: a text without words");
    }
  }
  std::stable_sort(translations.begin(), translations.end(),
                   [](const Translation& a, const Translation& b) { return a.en.OwnLength() > b.en.OwnLength(); });
  return translations;
}

// What stands in the holes of `pattern` when `text` fits it. Each hole takes as little as it can, and never nothing.
std::optional<std::vector<std::string>> Match(const Template& pattern, const std::string& text) {
  if (pattern.holes.empty())
    return text == pattern.words[0] ? std::make_optional<std::vector<std::string>>() : std::nullopt;
  if (!text.starts_with(pattern.words.front()) || !text.ends_with(pattern.words.back())) return std::nullopt;
  const size_t last = text.size() - pattern.words.back().size();
  std::vector<std::string> found;
  size_t at = pattern.words.front().size();
  for (size_t i = 1; i < pattern.words.size(); ++i) {
    const size_t end = i + 1 == pattern.words.size() ? last : text.find(pattern.words[i], at + 1);
    if (end == std::string::npos || end <= at || end > last) return std::nullopt;
    found.push_back(text.substr(at, end - at));
    at = end + pattern.words[i].size();
  }
  return found;
}

std::string Render(const Translation& translation, const std::vector<std::string>& found, const std::string& language) {
  std::string text = translation.zh.words[0];
  for (size_t i = 0; i < translation.zh.holes.size(); ++i) {
    const std::string& hole = translation.zh.holes[i];
    const auto at = std::find(translation.en.holes.begin(), translation.en.holes.end(), hole);
    if (at != translation.en.holes.end()) {
      const std::string& value = found[static_cast<size_t>(at - translation.en.holes.begin())];
      text += hole == kNested ? RuleText(value, language) : value;
    }
    text += translation.zh.words[i + 1];
  }
  return text;
}

}  // namespace

std::string RuleText(const std::string& rule, const std::string& language) {
  static const std::vector<Translation> translations = Load(PlatformRules());
  if (language == "en") return rule;
  for (const Translation& translation : translations) {
    if (const auto found = Match(translation.en, rule)) return Render(translation, *found, language);
  }
  return rule;
}

}  // namespace lintel
