#include "services/analytics/api/analyses_service.h"

#include "platform/i18n/reasons.h"
#include "platform/report/serve.h"

namespace lintel::analytics {

void AnalysesService::Register(Server& server) {
  server.Handle("lintel.analytics.v1.AnalysesService/ListAnalyses", this, &AnalysesService::ListAnalyses);
  server.Handle("lintel.analytics.v1.AnalysesService/RunAnalysis", this, &AnalysesService::RunAnalysis);
}

absl::StatusOr<v1::ListAnalysesResponse> AnalysesService::ListAnalyses(const Call& call,
                                                                       const v1::ListAnalysesRequest&) {
  v1::ListAnalysesResponse reply;
  for (const report::Definition& definition : engine_.definitions()) {
    *reply.add_analyses() = report::ToProto(definition, "analyses/" + definition.id, LanguageOf(call.language()));
  }
  return reply;
}

absl::StatusOr<google::api::HttpBody> AnalysesService::RunAnalysis(const Call& call,
                                                                   const v1::RunAnalysisRequest& request) {
  report::Ask ask = report::AskFrom(request);
  ask.names = report::NamesFrom(customers_, call);
  return report::RunForCall(engine_, call, request.name(), request.format(), ask, font_);
}

}  // namespace lintel::analytics
