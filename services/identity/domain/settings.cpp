#include "services/identity/domain/settings.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "absl/strings/str_cat.h"
#include "platform/clock/calendar.h"
#include "platform/status/status.h"
#include "platform/text/text.h"

namespace lintel::identity {
namespace {

constexpr char kField[] = "setting.value";

SettingDefinition ToSetting(const nlohmann::json& json) {
  SettingDefinition setting{.key = json.at("key"),
                            .type = json.at("type"),
                            .default_value = json.at("default"),
                            .minimum = json.value("minimum", int64_t{0}),
                            .maximum = json.value("maximum", int64_t{0}),
                            .choices = json.value("choices", std::vector<std::string>()),
                            .unit = json.value("unit", std::string()),
                            .zh = json.at("zh"),
                            .en = json.at("en")};
  const absl::Status fits = CheckSettingValue(setting, setting.default_value);
  if (!fits.ok()) throw std::invalid_argument("settings.json: default of " + setting.key);
  return setting;
}

}  // namespace

SettingCatalogue::SettingCatalogue(const std::string& json) {
  try {
    const auto document = nlohmann::json::parse(json);
    for (const auto& setting : document.at("settings")) settings_.push_back(ToSetting(setting));
    for (const auto& feature : document.at("features")) {
      features_.push_back(
          {.key = feature.at("key"), .enabled = feature.at("enabled"), .zh = feature.at("zh"), .en = feature.at("en")});
    }
  } catch (const nlohmann::json::exception& error) {
    throw std::invalid_argument(std::string("settings.json: ") + error.what());
  }
}

absl::StatusOr<SettingDefinition> SettingCatalogue::FindSetting(const std::string& key) const {
  for (const SettingDefinition& setting : settings_) {
    if (setting.key == key) return setting;
  }
  return Missing("setting", key);
}

absl::StatusOr<FeatureDefinition> SettingCatalogue::FindFeature(const std::string& key) const {
  for (const FeatureDefinition& feature : features_) {
    if (feature.key == key) return feature;
  }
  return Missing("feature", key);
}

absl::Status CheckSettingValue(const SettingDefinition& definition, const std::string& value) {
  if (definition.type == "integer") {
    int64_t number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (error != std::errc() || end != value.data() + value.size() || number < definition.minimum ||
        number > definition.maximum) {
      return InvalidField(kField,
                          absl::StrCat("must be a whole number from ", definition.minimum, " to ", definition.maximum));
    }
    return absl::OkStatus();
  }
  if (definition.type == "boolean") {
    return value == "true" || value == "false" ? absl::OkStatus() : InvalidField(kField, "must be true or false");
  }
  if (definition.type == "choice") {
    const bool known =
        std::find(definition.choices.begin(), definition.choices.end(), value) != definition.choices.end();
    return known ? absl::OkStatus() : InvalidField(kField, "must be one of the choices");
  }
  return CheckText(kField, value, {.most = 200});
}

}  // namespace lintel::identity
