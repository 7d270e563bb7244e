#include "platform/list/filter.h"

#include <cctype>

#include "absl/strings/str_cat.h"
#include "platform/status/status.h"

namespace lintel {
namespace {

enum class TokenKind { kWord, kText, kOperator, kOpen, kClose, kEnd };

struct Token {
  TokenKind kind = TokenKind::kEnd;
  std::string text;
  size_t position = 0;
};

absl::Status Wrong(size_t position, const std::string& what) {
  return InvalidField("filter", absl::StrCat(what, " at character ", position + 1));
}

bool IsWordCharacter(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || std::isalnum(byte) != 0 || c == '_' || c == '-' || c == '.' || c == '/' || c == '+' ||
         c == '*';
}

class Lexer {
 public:
  explicit Lexer(const std::string& text) : text_(text) {}

  absl::StatusOr<Token> Next() {
    while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_])) != 0) ++at_;
    Token token{.position = at_};
    if (at_ == text_.size()) return token;
    const char c = text_[at_];
    if (c == '(' || c == ')') {
      ++at_;
      token.kind = c == '(' ? TokenKind::kOpen : TokenKind::kClose;
      return token;
    }
    if (c == '"' || c == '\'') return Quoted(token, c);
    if (c == '=' || c == '!' || c == '<' || c == '>' || c == ':') return Operator(token);
    if (!IsWordCharacter(c)) return Wrong(at_, "unexpected character");
    return Word(token);
  }

 private:
  absl::StatusOr<Token> Quoted(Token token, char quote) {
    token.kind = TokenKind::kText;
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] == quote) {
        ++at_;
        return token;
      }
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
      token.text += text_[at_];
    }
    return Wrong(token.position, "unclosed quote");
  }

  absl::StatusOr<Token> Operator(Token token) {
    token.kind = TokenKind::kOperator;
    token.text = text_[at_++];
    if (token.text != ":" && token.text != "=" && at_ < text_.size() && text_[at_] == '=') token.text += text_[at_++];
    if (token.text == "!") return Wrong(token.position, "`!` without `=`");
    return token;
  }

  // A colon belongs to a word only inside a time of day: 2026-11-23T09:54:00Z.
  absl::StatusOr<Token> Word(Token token) {
    token.kind = TokenKind::kWord;
    while (at_ < text_.size() && (IsWordCharacter(text_[at_]) || (text_[at_] == ':' && LooksLikeTime(token.text)))) {
      token.text += text_[at_++];
    }
    return token;
  }

  static bool LooksLikeTime(const std::string& word) {
    return word.size() >= 13 && word[4] == '-' && word[7] == '-' && word[10] == 'T';
  }

  const std::string& text_;
  size_t at_ = 0;
};

class Parser {
 public:
  explicit Parser(const std::string& text) : lexer_(text) {}

  absl::StatusOr<Filter> Parse() {
    RETURN_IF_ERROR(Advance());
    ASSIGN_OR_RETURN(Filter filter, All(0));
    if (token_.kind != TokenKind::kEnd) return Wrong(token_.position, "unexpected `)`");
    return filter;
  }

 private:
  absl::Status Advance() {
    ASSIGN_OR_RETURN(token_, lexer_.Next());
    return absl::OkStatus();
  }

  bool AtWord(const char* word) const { return token_.kind == TokenKind::kWord && token_.text == word; }
  bool AtEnd() const { return token_.kind == TokenKind::kEnd || token_.kind == TokenKind::kClose; }

  // factor { [AND] factor }
  absl::StatusOr<Filter> All(int depth) {
    if (depth > kDeepestFilter) return Wrong(token_.position, "nested too deeply");
    Filter all{.kind = Filter::Kind::kAnd};
    do {
      if (!all.children.empty() && AtWord("AND")) RETURN_IF_ERROR(Advance());
      ASSIGN_OR_RETURN(Filter factor, Any(depth));
      all.children.push_back(std::move(factor));
    } while (!AtEnd());
    return Collapse(std::move(all));
  }

  // term { OR term }
  absl::StatusOr<Filter> Any(int depth) {
    Filter any{.kind = Filter::Kind::kOr};
    while (true) {
      ASSIGN_OR_RETURN(Filter term, Term(depth));
      any.children.push_back(std::move(term));
      if (!AtWord("OR")) return Collapse(std::move(any));
      RETURN_IF_ERROR(Advance());
    }
  }

  absl::StatusOr<Filter> Term(int depth) {
    if (AtWord("NOT")) {
      RETURN_IF_ERROR(Advance());
      ASSIGN_OR_RETURN(Filter inner, Simple(depth));
      Filter negated{.kind = Filter::Kind::kNot};
      negated.children.push_back(std::move(inner));
      return negated;
    }
    return Simple(depth);
  }

  absl::StatusOr<Filter> Simple(int depth) {
    if (token_.kind != TokenKind::kOpen) return Comparison();
    RETURN_IF_ERROR(Advance());
    ASSIGN_OR_RETURN(Filter inner, All(depth + 1));
    if (token_.kind != TokenKind::kClose) return Wrong(token_.position, "missing `)`");
    RETURN_IF_ERROR(Advance());
    return inner;
  }

  absl::StatusOr<Filter> Comparison() {
    if (token_.kind != TokenKind::kWord) return Wrong(token_.position, "expected a field");
    if (++comparisons_ > kMostComparisons) return Wrong(token_.position, "too many comparisons");
    Filter comparison{.kind = Filter::Kind::kComparison, .field = token_.text};
    RETURN_IF_ERROR(Advance());
    if (token_.kind != TokenKind::kOperator) return Wrong(token_.position, "expected an operator");
    comparison.operation = token_.text;
    RETURN_IF_ERROR(Advance());
    if (token_.kind != TokenKind::kWord && token_.kind != TokenKind::kText) {
      return Wrong(token_.position, "expected a value");
    }
    comparison.value = token_.text;
    RETURN_IF_ERROR(Advance());
    return comparison;
  }

  static Filter Collapse(Filter node) {
    if (node.children.size() != 1) return node;
    Filter only = std::move(node.children.front());
    return only;
  }

  Lexer lexer_;
  Token token_;
  int comparisons_ = 0;
};

}  // namespace

absl::StatusOr<Filter> ParseFilter(const std::string& text) {
  if (text.size() > kLongestFilter) return InvalidField("filter", "must be at most 2000 characters");
  return Parser(text).Parse();
}

}  // namespace lintel
