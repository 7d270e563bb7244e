#include "services/reporting/api/reports_service.h"

#include "platform/i18n/reasons.h"
#include "platform/report/serve.h"

namespace lintel::reporting {

void ReportsService::Register(Server& server) {
  server.Handle("lintel.reporting.v1.ReportsService/ListReports", this, &ReportsService::ListReports);
  server.Handle("lintel.reporting.v1.ReportsService/RunReport", this, &ReportsService::RunReport);
}

absl::StatusOr<v1::ListReportsResponse> ReportsService::ListReports(const Call& call, const v1::ListReportsRequest&) {
  v1::ListReportsResponse reply;
  for (const report::Definition& definition : engine_.definitions()) {
    *reply.add_reports() = report::ToProto(definition, "reports/" + definition.id, LanguageOf(call.language()));
  }
  return reply;
}

absl::StatusOr<google::api::HttpBody> ReportsService::RunReport(const Call& call, const v1::RunReportRequest& request) {
  report::Ask ask = report::AskFrom(request);
  ask.names = report::NamesFrom(customers_, call);
  return report::RunForCall(
      engine_, call, request.name(), request.format(), ask, font_,
      [this](const report::Definition&, const report::Table& table) { return documents_.DrawReceipts(table); });
}

}  // namespace lintel::reporting
