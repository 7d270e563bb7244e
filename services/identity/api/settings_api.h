// Code tables, settings and features: what a firm arranges for itself.
#pragma once

#include "lintel/identity/v1/code_tables.pb.h"
#include "lintel/identity/v1/settings.pb.h"
#include "platform/command/command.h"
#include "platform/server/server.h"
#include "services/identity/domain/code_tables.h"
#include "services/identity/domain/settings.h"
#include "services/identity/store/code_store.h"

namespace lintel::identity {

class CodeTablesApi {
 public:
  CodeTablesApi(Commands& commands, std::vector<CodeTable> tables) : commands_(commands), tables_(std::move(tables)) {}
  void Register(Server& server);

  absl::StatusOr<v1::ListCodeTablesResponse> ListCodeTables(const Call& call, const v1::ListCodeTablesRequest& request);
  absl::StatusOr<v1::ListCodesResponse> ListCodes(const Call& call, const v1::ListCodesRequest& request);
  absl::StatusOr<v1::Code> CreateCode(const Call& call, const v1::CreateCodeRequest& request);
  absl::StatusOr<v1::Code> UpdateCode(const Call& call, const v1::UpdateCodeRequest& request);
  absl::StatusOr<v1::Code> RetireCode(const Call& call, const v1::RetireCodeRequest& request);
  absl::StatusOr<v1::Code> RestoreCode(const Call& call, const v1::RestoreCodeRequest& request);

 private:
  absl::StatusOr<std::string> FindTable(const std::string& field, const std::string& name) const;
  template <class Request>
  absl::StatusOr<v1::Code> Change(const Call& call, const Request& request, const std::string& name,
                                  const std::function<absl::Status(Code&)>& change);
  Commands& commands_;
  const std::vector<CodeTable> tables_;
};

class SettingsApi {
 public:
  SettingsApi(Commands& commands, const SettingCatalogue& catalogue) : commands_(commands), catalogue_(catalogue) {}
  void Register(Server& server);

  absl::StatusOr<v1::ListSettingsResponse> ListSettings(const Call& call, const v1::ListSettingsRequest& request);
  absl::StatusOr<v1::Setting> UpdateSetting(const Call& call, const v1::UpdateSettingRequest& request);
  absl::StatusOr<v1::ListFeaturesResponse> ListFeatures(const Call& call, const v1::ListFeaturesRequest& request);
  absl::StatusOr<v1::Feature> UpdateFeature(const Call& call, const v1::UpdateFeatureRequest& request);

 private:
  Commands& commands_;
  const SettingCatalogue& catalogue_;
};

}  // namespace lintel::identity
