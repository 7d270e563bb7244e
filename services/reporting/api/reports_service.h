// The reports, listed and run.
#pragma once

#include <google/api/httpbody.pb.h>

#include "lintel/reporting/v1/reporting.pb.h"
#include "platform/report/engine.h"
#include "platform/server/server.h"
#include "services/reporting/api/documents.h"

namespace lintel::reporting {

class ReportsService {
 public:
  // All must outlive the service.
  ReportsService(const report::Engine& engine, const DocumentsService& documents, Channel& customers, std::string font)
      : engine_(engine), documents_(documents), customers_(customers), font_(std::move(font)) {}
  void Register(Server& server);

  absl::StatusOr<v1::ListReportsResponse> ListReports(const Call& call, const v1::ListReportsRequest& request);
  absl::StatusOr<google::api::HttpBody> RunReport(const Call& call, const v1::RunReportRequest& request);

 private:
  const report::Engine& engine_;
  const DocumentsService& documents_;
  Channel& customers_;
  const std::string font_;
};

}  // namespace lintel::reporting
