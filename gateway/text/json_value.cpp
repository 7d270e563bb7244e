#include "gateway/text/json_value.h"

#include <fmt/format.h>

#include <set>

#include "gateway/text/utf8.h"
#include "platform/status/status.h"

namespace lintel::gateway {
namespace {

constexpr size_t kNamedKeyLength = 64;  // Longer keys are cut in errors.
constexpr size_t kSmallObject = 16;     // Up to here duplicates are found by comparing.

class Parser {
 public:
  Parser(std::string_view text, int deepest) : text_(text), deepest_(deepest) {}

  absl::StatusOr<JsonValue> Parse() {
    JsonValue value;
    SkipSpace();
    RETURN_IF_ERROR(Value(value, 0));
    SkipSpace();
    if (at_ != text_.size()) return Bad("something follows the JSON value");
    return value;
  }

 private:
  absl::Status Bad(const std::string& why) const {
    return InvalidField(path_.empty() ? "body" : path_, fmt::format("{} (at byte {})", why, at_));
  }
  bool More() const { return at_ < text_.size(); }
  char Peek() const { return More() ? text_[at_] : '\0'; }
  bool Take(char c) {
    if (!More() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  void SkipSpace() {
    while (More() && (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\t' || text_[at_] == '\r')) ++at_;
  }
  bool TakeWord(std::string_view word) {
    if (text_.substr(at_, word.size()) != word) return false;
    at_ += word.size();
    return true;
  }

  absl::Status Value(JsonValue& value, int depth) {
    switch (Peek()) {
      case '{':
        return Object(value, depth + 1);
      case '[':
        return Array(value, depth + 1);
      case '"':
        value.kind = JsonValue::Kind::kString;
        return String(value.text);
      default:
        return Scalar(value);
    }
  }

  absl::Status Scalar(JsonValue& value) {
    if (TakeWord("null")) return absl::OkStatus();
    value.kind = JsonValue::Kind::kBool;
    if (TakeWord("true")) {
      value.boolean = true;
      return absl::OkStatus();
    }
    if (TakeWord("false")) return absl::OkStatus();
    value.kind = JsonValue::Kind::kNumber;
    return Number(value.text);
  }

  absl::Status Object(JsonValue& value, int depth) {
    if (depth > deepest_) return Bad(fmt::format("is nested more than {} levels deep", deepest_));
    value.kind = JsonValue::Kind::kObject;
    ++at_;
    SkipSpace();
    if (Take('}')) return absl::OkStatus();
    std::set<std::string> many;  // Used once an object grows large.
    while (true) {
      std::string key;
      if (Peek() != '"') return Bad("a key in double quotes is expected");
      RETURN_IF_ERROR(String(key));
      const size_t parent = path_.size();
      path_ += (path_.empty() ? "" : ".") + key.substr(0, kNamedKeyLength);
      if (IsKnown(value, many, key)) return Bad("is given twice");
      SkipSpace();
      if (!Take(':')) return Bad("a colon is expected after the key");
      SkipSpace();
      value.members.emplace_back(std::move(key), JsonValue{});
      RETURN_IF_ERROR(Value(value.members.back().second, depth));
      path_.resize(parent);
      SkipSpace();
      if (Take('}')) return absl::OkStatus();
      if (!Take(',')) return Bad("a comma or a closing brace is expected");
      SkipSpace();
    }
  }

  static bool IsKnown(const JsonValue& value, std::set<std::string>& many, const std::string& key) {
    if (value.members.size() < kSmallObject) {
      for (const auto& [name, ignored] : value.members) {
        if (name == key) return true;
      }
      return false;
    }
    if (many.empty()) {
      for (const auto& [name, ignored] : value.members) many.insert(name);
    }
    return !many.insert(key).second;
  }

  absl::Status Array(JsonValue& value, int depth) {
    if (depth > deepest_) return Bad(fmt::format("is nested more than {} levels deep", deepest_));
    value.kind = JsonValue::Kind::kArray;
    ++at_;
    SkipSpace();
    if (Take(']')) return absl::OkStatus();
    while (true) {
      const size_t parent = path_.size();
      path_ += fmt::format("[{}]", value.items.size());
      value.items.emplace_back();
      RETURN_IF_ERROR(Value(value.items.back(), depth));
      path_.resize(parent);
      SkipSpace();
      if (Take(']')) return absl::OkStatus();
      if (!Take(',')) return Bad("a comma or a closing bracket is expected");
      SkipSpace();
    }
  }

  size_t Digits() {
    const size_t from = at_;
    while (More() && text_[at_] >= '0' && text_[at_] <= '9') ++at_;
    return at_ - from;
  }

  absl::Status Number(std::string& out) {
    const size_t from = at_;
    Take('-');
    const bool zero = Peek() == '0';
    const size_t whole = Digits();
    if (whole == 0 || (zero && whole > 1)) return Bad("is not a JSON value");
    if (Take('.') && Digits() == 0) return Bad("a digit is expected after the decimal point");
    if (Take('e') || Take('E')) {
      if (!Take('+')) Take('-');
      if (Digits() == 0) return Bad("a digit is expected in the exponent");
    }
    out = std::string(text_.substr(from, at_ - from));
    return absl::OkStatus();
  }

  absl::Status String(std::string& out) {
    ++at_;
    while (true) {
      const size_t from = at_;
      while (More() && text_[at_] != '"' && text_[at_] != '\\' && static_cast<unsigned char>(text_[at_]) >= 0x20) {
        const size_t length = Utf8SequenceLength(text_.substr(at_));
        if (length == 0) return Bad("is not UTF-8");
        at_ += length;
      }
      out.append(text_.substr(from, at_ - from));
      if (!More()) return Bad("a string does not end");
      if (Take('"')) return absl::OkStatus();
      if (!Take('\\')) return Bad("a control character must be escaped");
      RETURN_IF_ERROR(Escape(out));
    }
  }

  absl::Status Escape(std::string& out) {
    static constexpr std::string_view kFrom = "\"\\/bfnrt";
    static constexpr std::string_view kTo = "\"\\/\b\f\n\r\t";
    const size_t simple = More() ? kFrom.find(text_[at_]) : std::string_view::npos;
    if (simple != std::string_view::npos) {
      ++at_;
      out += kTo[simple];
      return absl::OkStatus();
    }
    uint32_t code = 0;
    if (!Take('u') || !FourHex(code)) return Bad("an unknown escape");
    if (code == 0) return Bad("must not hold the character NUL");
    if (code >= 0xDC00 && code < 0xE000) return Bad("half of a surrogate pair");
    if (code >= 0xD800 && code < 0xDC00) {
      uint32_t low = 0;
      if (!Take('\\') || !Take('u') || !FourHex(low) || low < 0xDC00 || low >= 0xE000) {
        return Bad("half of a surrogate pair");
      }
      code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
    }
    AppendUtf8(code, out);
    return absl::OkStatus();
  }

  bool FourHex(uint32_t& code) {
    if (at_ + 4 > text_.size()) return false;
    for (int i = 0; i < 4; ++i) {
      const char c = text_[at_++];
      const int digit = c >= '0' && c <= '9'   ? c - '0'
                        : c >= 'a' && c <= 'f' ? c - 'a' + 10
                        : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                               : -1;
      if (digit < 0) return false;
      code = code * 16 + static_cast<uint32_t>(digit);
    }
    return true;
  }

  const std::string_view text_;
  const int deepest_;
  size_t at_ = 0;
  std::string path_;
};

}  // namespace

absl::StatusOr<JsonValue> ParseJson(std::string_view text, int deepest) { return Parser(text, deepest).Parse(); }

void AppendJsonString(std::string_view text, std::string& out) {
  static constexpr char kHex[] = "0123456789abcdef";
  out += '"';
  size_t plain = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c >= 0x20 && c != '"' && c != '\\' && c != '<') continue;
    out.append(text.substr(plain, i - plain));
    plain = i + 1;
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        out += "\\u00";
        out += kHex[c >> 4];
        out += kHex[c & 15];
    }
  }
  out.append(text.substr(plain));
  out += '"';
}

}  // namespace lintel::gateway
