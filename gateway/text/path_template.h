// URL templates of google.api.http: /v1/{name=projects/*/rooms/*}:hold. Grammar: literals, *, ** (last), {field.path},
// {field.path=sub/*/template}, and a verb after the last colon.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"

namespace lintel::gateway {

class PathTemplate {
 public:
  using Bindings = std::vector<std::pair<std::string, std::string>>;  // Field path, decoded value.

  static absl::StatusOr<PathTemplate> Parse(const std::string& text);

  // `segments`: of the path, still percent-encoded, without the verb. Nothing when it does not match.
  bool Matches(const std::vector<std::string_view>& segments) const;
  // What the variables of a matching path hold. INVALID_ARGUMENT naming the field for bad encodings, an escaped slash,
  // NUL, or bytes that are not UTF-8.
  absl::StatusOr<Bindings> Bind(const std::vector<std::string_view>& segments) const;

  const std::string& text() const { return text_; }
  const std::string& verb() const { return verb_; }
  // The first literal segments ("v1", "projects"): for finding routes quickly.
  std::string LiteralPrefix() const;
  // Orders templates so that the more literal one is tried first.
  bool MoreLiteralThan(const PathTemplate& other) const;
  // "/v1/projects/{project}/rooms/{room}:hold", as OpenAPI writes it, and the names in it.
  std::string OpenApiPath(std::vector<std::string>* parameters) const;
  std::vector<std::string> Fields() const;

 private:
  enum class Kind { kLiteral, kOne, kRest };
  struct Segment {
    Kind kind;
    std::string literal;
  };
  struct Variable {
    std::string field;
    size_t first;
    size_t count;
  };

  std::string text_;
  std::vector<Segment> segments_;
  std::vector<Variable> variables_;
  std::string verb_;
};

// "/v1/a/b:verb" to segments ("v1", "a", "b:verb"); an empty segment anywhere makes it match nothing.
std::vector<std::string_view> SplitPath(std::string_view path);

}  // namespace lintel::gateway
