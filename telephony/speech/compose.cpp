#include "telephony/speech/compose.h"

#include <algorithm>

#include "telephony/speech/words.h"

namespace lintel::speech {
namespace {

bool IsValue(SpokenKind kind) { return kind != SpokenKind::kPrompt && kind != SpokenKind::kText; }

void AddText(std::vector<Fragment>& fragments, const std::string& text, Language language) {
  if (text.empty()) return;
  if (fragments.empty() || fragments.back().text.empty()) {
    fragments.push_back({.text = text});
    return;
  }
  std::string& before = fragments.back().text;
  const bool space = language == Language::kEnglish && before.back() != ' ' && text.front() != ' ' &&
                     text.front() != ',' && text.front() != '.';
  before += (space ? " " : "") + text;
}

}  // namespace

Words ToWords(SpokenKind kind, const std::string& value, Language language) {
  return language == Language::kChinese ? ChineseValue(kind, value) : EnglishValue(kind, value);
}

std::string Join(const Words& words, Language language) {
  std::string text;
  for (const std::string& word : words) {
    if (word == kPause) {
      text += language == Language::kChinese ? "，" : ",";
    } else {
      text += (language == Language::kEnglish && !text.empty() ? " " : "") + word;
    }
  }
  return text;
}

std::vector<Fragment> Compose(const Spoken& parts, Language language, const HasRecording& has_recording) {
  std::vector<Fragment> fragments;
  for (const SpokenPart& part : parts) {
    if (part.kind == SpokenKind::kPrompt) {
      if (!part.value.empty() && has_recording(part.value))
        fragments.push_back({.recording = part.value});
      else
        AddText(fragments, Normalise(part.text, language), language);
    } else if (!IsValue(part.kind)) {
      AddText(fragments, Normalise(part.value, language), language);
    } else {
      const Words words = ToWords(part.kind, part.value, language);
      const bool recorded = std::all_of(words.begin(), words.end(), [&](const std::string& word) {
        return word == kPause || has_recording("words/" + word);
      });
      if (!recorded) {
        AddText(fragments, Join(words, language), language);
        continue;
      }
      for (const std::string& word : words) {
        if (word != kPause) fragments.push_back({.recording = "words/" + word});
      }
    }
  }
  return fragments;
}

}  // namespace lintel::speech
