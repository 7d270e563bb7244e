// The document templates and what is drawn with them.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "lintel/reporting/v1/reporting.pb.h"
#include "platform/migrate/embedded.h"
#include "platform/report/document.h"
#include "platform/report/table.h"
#include "platform/server/server.h"

namespace lintel::reporting {

class DocumentsService {
 public:
  // Parses all templates; a wrong one ends the process.
  DocumentsService(std::span<const EmbeddedFile> templates, std::string font);
  void Register(Server& server);

  absl::StatusOr<v1::RenderDocumentResponse> RenderDocument(const Call& call, const v1::RenderDocumentRequest& request);

  // The newest version when `version` is 0. NOT_FOUND otherwise.
  absl::StatusOr<const report::Template*> Find(const std::string& id, int version) const;

  // RPT-32 as PDF: one receipt per row of the report, marked as a copy, since finance counts the prints.
  absl::StatusOr<std::string> DrawReceipts(const report::Table& table) const;

 private:
  std::vector<report::Template> templates_;
  const std::string font_;
};

}  // namespace lintel::reporting
