#include "services/customers/domain/search.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "platform/status/status.h"
#include "platform/text/text.h"
#include "services/customers/domain/pinyin.h"

namespace lintel::customers {
namespace {

constexpr size_t kShortestTail = 4;
constexpr size_t kLongestIdTail = 6;
constexpr size_t kMostTerms = 4;
constexpr size_t kMostNameParts = 24;
constexpr char kLast[] = "\xF4\x8F\xBF\xBF";  // U+10FFFF, after every character

std::string Lower(const std::string& text) { return absl::AsciiStrToLower(text); }

bool IsHeadOfCharacter(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }
bool IsWide(char c) { return static_cast<unsigned char>(c) >= 0x80; }
bool IsGap(char c) { return c == ' ' || c == '-' || c == '.' || c == '\''; }

TokenRange Prefix(const std::string& text) { return {.from = text, .to = text + kLast}; }
TokenRange Exactly(const std::string& text) { return {.from = text, .to = text + '\x01'}; }

// A number as typed: digits, maybe ending in X, with spaces, hyphens and a plus.
bool LooksLikeNumber(const std::string& text) {
  const std::string last = text.empty() ? "" : text.substr(text.size() - 1);
  const std::string body = last == "x" || last == "X" ? text.substr(0, text.size() - 1) : text;
  return body.find_first_of("0123456789") != std::string::npos &&
         body.find_first_not_of("0123456789 -+()") == std::string::npos;
}

// Upper-case X stays: ID numbers end in one.
std::string Plain(const std::string& text) {
  std::string plain;
  for (const char c : text) {
    if (absl::ascii_isalnum(static_cast<unsigned char>(c))) plain += absl::ascii_toupper(static_cast<unsigned char>(c));
  }
  return plain;
}

absl::StatusOr<std::vector<TokenRange>> NumberRanges(const std::string& text, const Digest& digest) {
  std::string digits = Plain(text);
  const size_t first = digits.find_first_not_of('0');
  // An area code's leading zero is not part of the number.
  if (digits.size() > 6 && first != std::string::npos) digits = digits.substr(first);
  if (digits.size() < kShortestTail) return InvalidField("query", "a number needs at least 4 digits");
  return std::vector<TokenRange>{Exactly("t:" + digest(digits))};
}

std::vector<TokenRange> WordRanges(const std::string& word) {
  const std::string lower = Lower(word);
  std::vector<TokenRange> ranges{Prefix("n:" + lower)};
  if (std::none_of(lower.begin(), lower.end(), IsWide)) {
    ranges.push_back(Prefix("y:" + lower));
    ranges.push_back(Prefix("i:" + lower));
  }
  return ranges;
}

}  // namespace

std::set<std::string> NameTokens(const std::string& name) {
  std::set<std::string> tokens;
  const std::string lower = Lower(name);
  // A part begins at each Chinese character and at the beginning of each Latin word.
  for (size_t at = 0; at < lower.size() && tokens.size() < kMostNameParts; ++at) {
    if (!IsHeadOfCharacter(lower[at]) || IsGap(lower[at])) continue;
    const bool word_begins = at == 0 || IsGap(lower[at - 1]) || IsWide(lower[at - 1]);
    if (IsWide(lower[at]) || word_begins) tokens.insert("n:" + lower.substr(at));
  }
  for (const Reading& reading : ReadingsOf(name)) {
    std::string whole;
    std::string initials;
    for (size_t i = reading.size(); i-- > 0;) {
      whole = reading[i] + whole;
      initials = reading[i].substr(0, 1) + initials;
      if (reading.size() - i <= kMostNameParts) tokens.insert("y:" + whole);
    }
    tokens.insert("i:" + initials);
  }
  return tokens;
}

std::set<std::string> PhoneTokens(const std::string& number, const Digest& digest) {
  const std::string digits = Plain(number);
  std::set<std::string> tokens;
  for (size_t length = kShortestTail; length <= digits.size(); ++length) {
    tokens.insert("t:" + digest(digits.substr(digits.size() - length)));
  }
  return tokens;
}

std::set<std::string> IdTokens(const std::string& id_number, const Digest& digest) {
  const std::string plain = Plain(id_number);
  if (plain.size() < kShortestTail) return {};
  std::set<std::string> tokens{"t:" + digest(plain)};
  for (size_t length = kShortestTail; length <= std::min(kLongestIdTail, plain.size()); ++length) {
    tokens.insert("t:" + digest(plain.substr(plain.size() - length)));
  }
  return tokens;
}

absl::StatusOr<Query> ParseQuery(const std::string& text, const Digest& digest) {
  RETURN_IF_ERROR(CheckText("query", text, {.most = 60}));
  const std::string trimmed = Trimmed(text);
  Query query;
  if (LooksLikeNumber(trimmed)) {
    ASSIGN_OR_RETURN(auto ranges, NumberRanges(trimmed, digest));
    query.push_back(std::move(ranges));
    return query;
  }
  const std::vector<std::string> words = absl::StrSplit(trimmed, ' ', absl::SkipEmpty());
  if (words.size() > kMostTerms) return InvalidField("query", "takes at most 4 words");
  for (const std::string& word : words) {
    if (LooksLikeNumber(word)) {
      ASSIGN_OR_RETURN(auto ranges, NumberRanges(word, digest));
      query.push_back(std::move(ranges));
    } else {
      query.push_back(WordRanges(word));
    }
  }
  return query;
}

}  // namespace lintel::customers
