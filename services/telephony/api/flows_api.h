// Voice flows and their versions: the second half of RoutingService.
#pragma once

#include "lintel/telephony/v1/routing.pb.h"
#include "platform/command/command.h"
#include "platform/i18n/reasons.h"
#include "platform/server/server.h"
#include "services/telephony/app/catalogue.h"
#include "services/telephony/domain/records.h"

namespace lintel::telephony {

class FlowsApi {
 public:
  // `reasons` says what is wrong with a flow in the reader's language.
  FlowsApi(lintel::Commands& commands, Catalogue& catalogue, const Reasons& reasons)
      : commands_(commands), catalogue_(catalogue), reasons_(reasons) {}
  void Register(Server& server);

  absl::StatusOr<v1::VoiceFlow> CreateVoiceFlow(const Call& call, const v1::CreateVoiceFlowRequest& request);
  absl::StatusOr<v1::VoiceFlow> GetVoiceFlow(const Call& call, const v1::GetVoiceFlowRequest& request);
  absl::StatusOr<v1::ListVoiceFlowsResponse> ListVoiceFlows(const Call& call, const v1::ListVoiceFlowsRequest& request);
  absl::StatusOr<v1::VoiceFlowVersion> CreateVoiceFlowVersion(const Call& call,
                                                              const v1::CreateVoiceFlowVersionRequest& request);
  absl::StatusOr<v1::VoiceFlowVersion> GetVoiceFlowVersion(const Call& call,
                                                           const v1::GetVoiceFlowVersionRequest& request);
  absl::StatusOr<v1::ListVoiceFlowVersionsResponse> ListVoiceFlowVersions(
      const Call& call, const v1::ListVoiceFlowVersionsRequest& request);
  absl::StatusOr<v1::ExamineVoiceFlowResponse> ExamineVoiceFlow(const Call& call,
                                                                const v1::ExamineVoiceFlowRequest& request);

 private:
  lintel::Commands& commands_;
  Catalogue& catalogue_;
  const Reasons& reasons_;
};

}  // namespace lintel::telephony
