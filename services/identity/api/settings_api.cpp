#include "services/identity/api/settings_api.h"

#include "platform/status/status.h"
#include "platform/update/update.h"
#include "services/identity/api/convert.h"
#include "services/identity/api/events.h"

namespace lintel::identity {
namespace {

StoredValue ValueOf(const std::map<std::string, StoredValue>& values, const std::string& key) {
  const auto found = values.find(key);
  return found == values.end() ? StoredValue{} : found->second;
}

v1::Setting ToProto(const SettingDefinition& definition, const StoredValue& stored, bool english) {
  v1::Setting setting;
  setting.set_name("settings/" + definition.key);
  setting.set_value(stored.version == 0 ? definition.default_value : stored.value);
  setting.set_default_value(definition.default_value);
  setting.set_type(definition.type);
  setting.set_minimum(definition.minimum);
  setting.set_maximum(definition.maximum);
  for (const std::string& choice : definition.choices) setting.add_choices(choice);
  setting.set_unit(definition.unit);
  setting.set_display_name(english ? definition.en : definition.zh);
  setting.set_etag(std::to_string(stored.version));
  return setting;
}

v1::Feature ToProto(const FeatureDefinition& definition, const StoredValue& stored, bool english) {
  v1::Feature feature;
  feature.set_name("features/" + definition.key);
  feature.set_enabled(stored.version == 0 ? definition.enabled : stored.value == "true");
  feature.set_display_name(english ? definition.en : definition.zh);
  feature.set_etag(std::to_string(stored.version));
  return feature;
}

// "settings/a.b" -> "a.b"; keys are no UUIDs.
std::string KeyOf(const std::string& name, const std::string& prefix) {
  return name.rfind(prefix, 0) == 0 ? name.substr(prefix.size()) : "";
}

}  // namespace

void SettingsApi::Register(Server& server) {
  const std::string service = "lintel.identity.v1.SettingsService/";
  server.Handle(service + "ListSettings", this, &SettingsApi::ListSettings);
  server.Handle(service + "UpdateSetting", this, &SettingsApi::UpdateSetting);
  server.Handle(service + "ListFeatures", this, &SettingsApi::ListFeatures);
  server.Handle(service + "UpdateFeature", this, &SettingsApi::UpdateFeature);
}

absl::StatusOr<v1::ListSettingsResponse> SettingsApi::ListSettings(const Call& call, const v1::ListSettingsRequest&) {
  return commands_.database().Run<v1::ListSettingsResponse>(
      call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<v1::ListSettingsResponse> {
        const auto values = SettingStore(tx).ListSettings();
        v1::ListSettingsResponse response;
        for (const SettingDefinition& definition : catalogue_.settings()) {
          *response.add_settings() = ToProto(definition, ValueOf(values, definition.key), WantsEnglish(call));
        }
        return response;
      });
}

absl::StatusOr<v1::Setting> SettingsApi::UpdateSetting(const Call& call, const v1::UpdateSettingRequest& request) {
  const std::string key = KeyOf(request.setting().name(), "settings/");
  ASSIGN_OR_RETURN(const SettingDefinition definition, catalogue_.FindSetting(key));
  const std::string value = request.setting().value().empty() ? definition.default_value : request.setting().value();
  RETURN_IF_ERROR(CheckSettingValue(definition, value));
  return commands_.Run<v1::Setting>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<v1::Setting> {
    SettingStore store(tx);
    const StoredValue before = ValueOf(store.ListSettings(), key);
    RETURN_IF_ERROR(CheckEtag("setting", request.setting().etag(), before.version));
    const StoredValue after{.value = value, .version = before.version + 1};
    if (!store.WriteSetting(key, after)) return StaleEtag("setting");
    v1::SettingChanged event;
    event.set_setting("settings/" + key);
    const v1::Setting answer = ToProto(definition, after, WantsEnglish(call));
    Outbox(tx, call.CauseAt(commands_.Now()))
        .Append(event, event.setting(), after.version,
                {.before = AuditJson(ToProto(definition, before, false)), .after = AuditJson(answer)});
    return answer;
  });
}

absl::StatusOr<v1::ListFeaturesResponse> SettingsApi::ListFeatures(const Call& call, const v1::ListFeaturesRequest&) {
  return commands_.database().Run<v1::ListFeaturesResponse>(
      call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<v1::ListFeaturesResponse> {
        const auto values = SettingStore(tx).ListFeatures();
        v1::ListFeaturesResponse response;
        for (const FeatureDefinition& definition : catalogue_.features()) {
          *response.add_features() = ToProto(definition, ValueOf(values, definition.key), WantsEnglish(call));
        }
        return response;
      });
}

absl::StatusOr<v1::Feature> SettingsApi::UpdateFeature(const Call& call, const v1::UpdateFeatureRequest& request) {
  const std::string key = KeyOf(request.feature().name(), "features/");
  ASSIGN_OR_RETURN(const FeatureDefinition definition, catalogue_.FindFeature(key));
  return commands_.Run<v1::Feature>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<v1::Feature> {
    SettingStore store(tx);
    const StoredValue before = ValueOf(store.ListFeatures(), key);
    RETURN_IF_ERROR(CheckEtag("feature", request.feature().etag(), before.version));
    const StoredValue after{.value = request.feature().enabled() ? "true" : "false", .version = before.version + 1};
    if (!store.WriteFeature(key, after)) return StaleEtag("feature");
    const v1::Feature answer = ToProto(definition, after, WantsEnglish(call));
    Outbox outbox(tx, call.CauseAt(commands_.Now()));
    AnnounceRightsChanged(outbox, answer.name(), after.version,
                          {.before = AuditJson(ToProto(definition, before, false)), .after = AuditJson(answer)});
    return answer;
  });
}

}  // namespace lintel::identity
