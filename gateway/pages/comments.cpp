#include "gateway/pages/comments.h"

#include <cctype>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"

namespace lintel::gateway {
namespace {

constexpr absl::string_view kChinese = "zh:";
constexpr char kFullStop[] = "。";

}  // namespace

Texts SplitComment(const std::string& comment) {
  Texts texts;
  bool chinese = false;
  for (absl::string_view line : absl::StrSplit(comment, '\n')) {
    line = absl::StripAsciiWhitespace(line);
    if (line.substr(0, kChinese.size()) == kChinese) {
      chinese = true;
      line = absl::StripAsciiWhitespace(line.substr(kChinese.size()));
    }
    if (line.empty()) continue;
    std::string& text = chinese ? texts.zh : texts.en;
    if (!text.empty() && !chinese) text += ' ';
    text.append(line.data(), line.size());
  }
  return texts;
}

std::string FirstSentence(const std::string& text) {
  if (const size_t stop = text.find(kFullStop); stop != std::string::npos) return text.substr(0, stop);
  std::string first = text.substr(0, text.find(". "));
  if (first.ends_with('.')) first.pop_back();
  return first;
}

std::string InWords(const std::string& camel_case) {
  std::string words;
  for (const char c : camel_case) {
    const bool upper = std::isupper(static_cast<unsigned char>(c)) != 0;
    if (upper && !words.empty()) words += ' ';
    words += upper && !words.empty() ? static_cast<char>(std::tolower(static_cast<unsigned char>(c))) : c;
  }
  return words;
}

}  // namespace lintel::gateway
