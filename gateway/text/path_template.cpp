#include "gateway/text/path_template.h"

#include <algorithm>

#include "gateway/text/url.h"
#include "platform/status/status.h"

namespace lintel::gateway {
namespace {

absl::Status Malformed(const std::string& text, const std::string& why) {
  return absl::InvalidArgumentError("path template " + text + ": " + why);
}

// How English plurals end and what they are singly; the first that fits.
constexpr std::pair<std::string_view, std::string_view> kPlurals[] = {{"ies", "y"}, {"yses", "ysis"}, {"sses", "ss"},
                                                                      {"xes", "x"}, {"ss", "ss"},     {"s", ""}};

// "rooms" to "room", "analyses" to "analysis": what one member of a collection is called in the documentation.
std::string Singular(std::string_view word) {
  for (const auto& [many, one] : kPlurals) {
    if (word.size() <= many.size() || !word.ends_with(many)) continue;
    return std::string(word.substr(0, word.size() - many.size())) + std::string(one);
  }
  return std::string(word);
}

}  // namespace

std::vector<std::string_view> SplitPath(std::string_view path) {
  std::vector<std::string_view> segments;
  if (path.starts_with('/')) path.remove_prefix(1);
  while (true) {
    const size_t slash = path.find('/');
    segments.push_back(path.substr(0, slash));
    if (slash == std::string_view::npos) return segments;
    path.remove_prefix(slash + 1);
  }
}

absl::StatusOr<PathTemplate> PathTemplate::Parse(const std::string& text) {
  PathTemplate made;
  made.text_ = text;
  if (!text.starts_with('/')) return Malformed(text, "does not begin with a slash");
  std::string rest = text.substr(1);
  const size_t colon = rest.rfind(':');
  if (colon != std::string::npos && rest.find_first_of("/}", colon) == std::string::npos) {
    made.verb_ = rest.substr(colon + 1);
    rest.resize(colon);
    if (made.verb_.empty()) return Malformed(text, "has an empty verb");
  }
  size_t open_first = 0;
  std::string open_field;
  bool open = false;
  size_t at = 0;
  while (at <= rest.size()) {
    if (!open && at < rest.size() && rest[at] == '{') {
      const size_t end = rest.find_first_of("=}", at);
      if (end == std::string::npos) return Malformed(text, "a variable does not end");
      open_field = rest.substr(at + 1, end - at - 1);
      if (open_field.empty()) return Malformed(text, "a variable has no field");
      open_first = made.segments_.size();
      open = true;
      at = end + 1;
      if (rest[end] == '}') {  // {field} is {field=*}.
        rest.insert(at, "*}");
      }
    }
    const size_t end = std::min(rest.find_first_of("/}", at), rest.size());
    const std::string word = rest.substr(at, end - at);
    if (word.empty()) return Malformed(text, "has an empty segment");
    if (!made.segments_.empty() && made.segments_.back().kind == Kind::kRest) return Malformed(text, "** is not last");
    made.segments_.push_back(word == "*"    ? Segment{Kind::kOne, ""}
                             : word == "**" ? Segment{Kind::kRest, ""}
                                            : Segment{Kind::kLiteral, word});
    at = end;
    if (at < rest.size() && rest[at] == '}') {
      if (!open) return Malformed(text, "a brace closes nothing");
      made.variables_.push_back({open_field, open_first, made.segments_.size() - open_first});
      open = false;
      ++at;
    }
    if (at == rest.size()) break;
    if (rest[at] != '/') return Malformed(text, "a slash is expected after a variable");
    ++at;
  }
  if (open) return Malformed(text, "a variable does not end");
  return made;
}

bool PathTemplate::Matches(const std::vector<std::string_view>& segments) const {
  const bool rest = segments_.back().kind == Kind::kRest;
  if (rest ? segments.size() < segments_.size() : segments.size() != segments_.size()) return false;
  for (size_t i = 0; i < segments_.size(); ++i) {
    if (segments[i].empty()) return false;
    if (segments_[i].kind == Kind::kLiteral && segments[i] != segments_[i].literal) return false;
  }
  return true;
}

absl::StatusOr<PathTemplate::Bindings> PathTemplate::Bind(const std::vector<std::string_view>& segments) const {
  Bindings bindings;
  for (const Variable& variable : variables_) {
    const bool rest = segments_[variable.first + variable.count - 1].kind == Kind::kRest;
    const size_t end = rest ? segments.size() : variable.first + variable.count;
    std::string value;
    for (size_t i = variable.first; i < end; ++i) {
      const std::optional<std::string> decoded = PercentDecode(segments[i]);
      if (!decoded || decoded->find('/') != std::string::npos) {
        return InvalidField(variable.field, "the path holds characters that a name cannot have");
      }
      if (i > variable.first) value += '/';
      value += *decoded;
    }
    bindings.emplace_back(variable.field, std::move(value));
  }
  return bindings;
}

std::string PathTemplate::LiteralPrefix() const {
  std::string prefix;
  for (size_t i = 0; i < segments_.size() && i < 2 && segments_[i].kind == Kind::kLiteral; ++i) {
    prefix += "/" + segments_[i].literal;
  }
  return prefix;
}

bool PathTemplate::MoreLiteralThan(const PathTemplate& other) const {
  for (size_t i = 0; i < std::min(segments_.size(), other.segments_.size()); ++i) {
    if (segments_[i].kind != other.segments_[i].kind) return segments_[i].kind < other.segments_[i].kind;
  }
  return segments_.size() > other.segments_.size();
}

std::string PathTemplate::OpenApiPath(std::vector<std::string>* parameters) const {
  std::string path;
  for (size_t i = 0; i < segments_.size(); ++i) {
    if (segments_[i].kind == Kind::kLiteral) {
      path += "/" + segments_[i].literal;
      continue;
    }
    const bool after_literal = i > 0 && segments_[i - 1].kind == Kind::kLiteral;
    std::string name = after_literal ? Singular(segments_[i - 1].literal) : "segment";
    for (const Variable& variable : variables_) {
      if (variable.first == i && variable.count == 1) name = variable.field;
    }
    while (std::find(parameters->begin(), parameters->end(), name) != parameters->end()) name += "_";
    parameters->push_back(name);
    path += "/{" + name + "}";
  }
  return verb_.empty() ? path : path + ":" + verb_;
}

std::vector<std::string> PathTemplate::Fields() const {
  std::vector<std::string> fields;
  for (const Variable& variable : variables_) fields.push_back(variable.field);
  return fields;
}

}  // namespace lintel::gateway
