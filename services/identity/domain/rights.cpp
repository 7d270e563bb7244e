#include "services/identity/domain/rights.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "platform/status/status.h"

namespace lintel::identity {
namespace {

Reach ToReach(const std::string& word) {
  static const std::map<std::string, Reach> kWords{
      {"OWN", Reach::kOwn}, {"TEAM", Reach::kTeam}, {"PROJECT", Reach::kProject}, {"TENANT", Reach::kTenant}};
  const auto found = kWords.find(word);
  if (found == kWords.end()) throw std::invalid_argument("rights.json: no scope " + word);
  return found->second;
}

}  // namespace

RightCatalogue::RightCatalogue(const std::string& json) {
  try {
    const auto document = nlohmann::json::parse(json);
    for (const auto& group : document.at("groups")) {
      demo_groups_.push_back({.group = group.at("group"), .zh = group.at("zh"), .en = group.at("en"), .grants = {}});
    }
    for (const auto& right : document.at("rights")) {
      rights_.push_back({.right = right.at("right"),
                         .area = right.at("area"),
                         .zh = right.at("zh"),
                         .en = right.at("en"),
                         .sensitive = right.value("sensitive", false)});
      for (const auto& [name, scope] : right.at("groups").items()) {
        const auto group = std::find_if(demo_groups_.begin(), demo_groups_.end(),
                                        [&, &wanted = name](const DemoGroup& g) { return g.group == wanted; });
        if (group == demo_groups_.end()) throw std::invalid_argument("rights.json: no group " + name);
        group->grants[rights_.back().right] = ToReach(scope);
      }
    }
  } catch (const nlohmann::json::exception& error) {
    throw std::invalid_argument(std::string("rights.json: ") + error.what());
  }
}

bool RightCatalogue::Knows(const std::string& right) const {
  return std::any_of(rights_.begin(), rights_.end(), [&](const Right& known) { return known.right == right; });
}

absl::Status CheckGrantable(const Grants& given, const Grants& giver) {
  for (const auto& [right, reach] : given) {
    const auto own = giver.find(right);
    if (own == giver.end() || own->second < reach) {
      return Refused("GROUP_TOO_STRONG", "the giver does not have " + right + " that wide", {{"right", right}});
    }
  }
  return absl::OkStatus();
}

Grants Widest(const std::vector<Grants>& groups) {
  Grants widest;
  for (const Grants& group : groups) {
    for (const auto& [right, reach] : group) widest[right] = std::max(widest[right], reach);
  }
  return widest;
}

}  // namespace lintel::identity
