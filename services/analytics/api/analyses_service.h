// The analyses, listed and run.
#pragma once

#include <google/api/httpbody.pb.h>

#include "lintel/analytics/v1/analytics.pb.h"
#include "platform/report/engine.h"
#include "platform/server/server.h"

namespace lintel::analytics {

class AnalysesService {
 public:
  // All must outlive the service.
  AnalysesService(const report::Engine& engine, Channel& customers, std::string font)
      : engine_(engine), customers_(customers), font_(std::move(font)) {}
  void Register(Server& server);

  absl::StatusOr<v1::ListAnalysesResponse> ListAnalyses(const Call& call, const v1::ListAnalysesRequest& request);
  absl::StatusOr<google::api::HttpBody> RunAnalysis(const Call& call, const v1::RunAnalysisRequest& request);

 private:
  const report::Engine& engine_;
  Channel& customers_;
  const std::string font_;
};

}  // namespace lintel::analytics
