// The settings and features there are (settings.json), and what values they take.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace lintel::identity {

struct SettingDefinition {
  std::string key;   // "customer.protection_days"
  std::string type;  // "integer", "boolean", "text" or "choice"
  std::string default_value;
  int64_t minimum = 0;  // Of integers, in `unit`.
  int64_t maximum = 0;
  std::vector<std::string> choices;
  std::string unit;
  std::string zh;
  std::string en;
};

struct FeatureDefinition {
  std::string key;
  bool enabled = true;  // Unless the tenant says otherwise.
  std::string zh;
  std::string en;
};

class SettingCatalogue {
 public:
  // Throws std::invalid_argument when the file is malformed or a default breaks its own rule.
  explicit SettingCatalogue(const std::string& json);

  const std::vector<SettingDefinition>& settings() const { return settings_; }
  const std::vector<FeatureDefinition>& features() const { return features_; }
  // NOT_FOUND for an unknown key.
  absl::StatusOr<SettingDefinition> FindSetting(const std::string& key) const;
  absl::StatusOr<FeatureDefinition> FindFeature(const std::string& key) const;

 private:
  std::vector<SettingDefinition> settings_;
  std::vector<FeatureDefinition> features_;
};

// INVALID_ARGUMENT on setting.value.
absl::Status CheckSettingValue(const SettingDefinition& definition, const std::string& value);

}  // namespace lintel::identity
