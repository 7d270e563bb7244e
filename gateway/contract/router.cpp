#include "gateway/contract/router.h"

namespace lintel::gateway {

Router::Router(const Contract& contract) {
  for (const Route& route : contract.routes()) by_prefix_[route.path.LiteralPrefix()].push_back(&route);
}

const Route* Router::FindIn(std::string_view verb, const std::vector<std::string_view>& segments,
                            std::string_view custom_verb, std::string* allowed) const {
  std::string prefix;
  // A template's prefix has two literal segments, or fewer when a variable comes sooner.
  std::vector<std::string> prefixes{""};
  for (size_t i = 0; i < segments.size() && i < 2; ++i) {
    prefix += "/" + std::string(segments[i]);
    prefixes.push_back(prefix);
  }
  for (auto key = prefixes.rbegin(); key != prefixes.rend(); ++key) {
    const auto found = by_prefix_.find(*key);
    if (found == by_prefix_.end()) continue;
    for (const Route* route : found->second) {
      if (route->path.verb() != custom_verb || !route->path.Matches(segments)) continue;
      if (route->verb == verb) return route;
      if (allowed->find(route->verb) == std::string::npos) *allowed += (allowed->empty() ? "" : ", ") + route->verb;
    }
  }
  return nullptr;
}

Router::Match Router::Find(std::string_view verb, std::string_view path) const {
  Match match{.segments = SplitPath(path)};
  std::string_view& last = match.segments.back();
  const size_t colon = last.rfind(':');
  if (colon != std::string_view::npos) {
    const std::string_view whole = last;
    last = whole.substr(0, colon);
    match.route = FindIn(verb, match.segments, whole.substr(colon + 1), &match.allowed);
    if (match.route != nullptr) return match;
    last = whole;
  }
  match.route = FindIn(verb, match.segments, "", &match.allowed);
  return match;
}

}  // namespace lintel::gateway
