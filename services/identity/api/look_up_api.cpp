#include "platform/status/status.h"
#include "services/identity/api/inbox_api.h"
#include "services/identity/store/code_store.h"
#include "services/identity/store/place_store.h"
#include "services/identity/store/tenant_store.h"

namespace lintel::identity {
namespace {

constexpr int kMostNames = 1000;

}  // namespace

void LookUpApi::Register(Server& server) {
  const std::string service = "lintel.identity.v1.IdentityService/";
  server.Handle(service + "GetDisplayNames", this, &LookUpApi::GetDisplayNames);
  server.Handle(service + "ListTenants", this, &LookUpApi::ListTenants);
  server.Handle(service + "GetSettingValues", this, &LookUpApi::GetSettingValues);
}

absl::StatusOr<v1::GetDisplayNamesResponse> LookUpApi::GetDisplayNames(const Call& call,
                                                                       const v1::GetDisplayNamesRequest& request) {
  if (request.names_size() > kMostNames) return InvalidField("names", "takes at most 1000");
  return app_.Run<v1::GetDisplayNamesResponse>(
      call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<v1::GetDisplayNamesResponse> {
        v1::GetDisplayNamesResponse response;
        for (const auto& [name, display_name] : DisplayNames(tx, {request.names().begin(), request.names().end()})) {
          (*response.mutable_display_names())[name] = display_name;
        }
        return response;
      });
}

absl::StatusOr<v1::ListTenantsResponse> LookUpApi::ListTenants(const Call& call, const v1::ListTenantsRequest&) {
  return job_.Run<v1::ListTenantsResponse>({.deadline = call.deadline(), .read_only = true},
                                           [&](pg::Transaction& tx) -> absl::StatusOr<v1::ListTenantsResponse> {
                                             v1::ListTenantsResponse response;
                                             for (const Tenant& tenant : identity::ListTenants(tx)) {
                                               v1::Tenant* to = response.add_tenants();
                                               to->set_tenant_id(tenant.id);
                                               to->set_display_name(tenant.display_name);
                                               to->set_time_zone(tenant.time_zone);
                                               to->set_language(tenant.language);
                                             }
                                             return response;
                                           });
}

absl::StatusOr<v1::GetSettingValuesResponse> LookUpApi::GetSettingValues(const Call& call,
                                                                         const v1::GetSettingValuesRequest& request) {
  for (const std::string& key : request.keys()) RETURN_IF_ERROR(settings_.FindSetting(key).status());
  return app_.Run<v1::GetSettingValuesResponse>(
      call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<v1::GetSettingValuesResponse> {
        SettingStore store(tx);
        const auto chosen = store.ListSettings();
        v1::GetSettingValuesResponse response;
        for (const SettingDefinition& setting : settings_.settings()) {
          const auto& keys = request.keys();
          if (!keys.empty() && std::find(keys.begin(), keys.end(), setting.key) == keys.end()) continue;
          const auto found = chosen.find(setting.key);
          (*response.mutable_values())[setting.key] =
              found == chosen.end() ? setting.default_value : found->second.value;
        }
        const auto switched = store.ListFeatures();
        for (const FeatureDefinition& feature : settings_.features()) {
          const auto found = switched.find(feature.key);
          if (found == switched.end() ? feature.enabled : found->second.value == "true") {
            response.add_features(feature.key);
          }
        }
        return response;
      });
}

}  // namespace lintel::identity
