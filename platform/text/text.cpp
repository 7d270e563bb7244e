#include "platform/text/text.h"

#include "absl/strings/str_cat.h"
#include "platform/status/status.h"

namespace lintel {
namespace {

// Bytes of the code point at `at`, 0 when malformed (RFC 3629: no overlong forms, no surrogates, at most U+10FFFF).
int LengthAt(const std::string& text, size_t at, char32_t& code) {
  const auto lead = static_cast<unsigned char>(text[at]);
  int length = 1;
  if (lead < 0x80) {
    code = lead;
    return 1;
  }
  if (lead >= 0xC2 && lead < 0xE0) {
    length = 2;
    code = lead & 0x1F;
  } else if (lead >= 0xE0 && lead < 0xF0) {
    length = 3;
    code = lead & 0x0F;
  } else if (lead >= 0xF0 && lead < 0xF5) {
    length = 4;
    code = lead & 0x07;
  } else {
    return 0;
  }
  for (int i = 1; i < length; ++i) {
    if (at + i >= text.size() || (static_cast<unsigned char>(text[at + i]) & 0xC0) != 0x80) return 0;
    code = (code << 6) | (static_cast<unsigned char>(text[at + i]) & 0x3F);
  }
  const bool overlong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  return overlong || surrogate || code > 0x10FFFF ? 0 : length;
}

constexpr char kIdeographicSpace[] = "\u3000";

bool IsSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

}  // namespace

int CountCharacters(const std::string& text) {
  int count = 0;
  char32_t code = 0;
  for (size_t at = 0; at < text.size(); ++count) {
    const int length = LengthAt(text, at, code);
    if (length == 0) return -1;
    at += length;
  }
  return count;
}

std::string Trimmed(const std::string& text) {
  size_t begin = 0;
  size_t end = text.size();
  while (begin < end) {
    if (IsSpace(text[begin])) {
      ++begin;
    } else if (text.compare(begin, 3, kIdeographicSpace) == 0) {
      begin += 3;
    } else {
      break;
    }
  }
  while (end > begin) {
    if (IsSpace(text[end - 1])) {
      --end;
    } else if (end - begin >= 3 && text.compare(end - 3, 3, kIdeographicSpace) == 0) {
      end -= 3;
    } else {
      break;
    }
  }
  return text.substr(begin, end - begin);
}

absl::Status CheckText(const std::string& field, const std::string& text, TextRule rule) {
  const int count = CountCharacters(text);
  if (count < 0) return InvalidField(field, "must be valid UTF-8");
  if (count > rule.most) return InvalidField(field, absl::StrCat("must be at most ", rule.most, " characters"));
  for (const char c : text) {
    const bool break_or_tab = c == '\n' || c == '\r' || c == '\t';
    if ((static_cast<unsigned char>(c) < 0x20 && !(rule.lines && break_or_tab)) || c == 0x7F) {
      return InvalidField(field, "must not hold control characters");
    }
  }
  if (rule.least > 0 && CountCharacters(Trimmed(text)) < rule.least) {
    return InvalidField(
        field, rule.least == 1 ? "must not be empty" : absl::StrCat("must be at least ", rule.least, " characters"));
  }
  return absl::OkStatus();
}

}  // namespace lintel
