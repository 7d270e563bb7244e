#include "services/reporting/api/documents.h"

#include <cstdlib>

#include "platform/log/log.h"
#include "platform/status/status.h"

namespace lintel::reporting {
namespace {

constexpr int kMostOffsetTenths = 200;

report::DocumentPage FromProto(const v1::DocumentPage& message) {
  report::DocumentPage page{.fields = {message.fields().begin(), message.fields().end()}};
  for (const v1::DocumentRow& row : message.rows()) page.rows.push_back({row.fields().begin(), row.fields().end()});
  return page;
}

absl::Status CheckOffset(const std::string& field, int tenths) {
  if (std::abs(tenths) <= kMostOffsetTenths) return absl::OkStatus();
  return InvalidField(field, "must be from -200 to 200");
}

// The value of a column in one row; empty when it is blank.
std::string TextOf(const report::Table& table, const report::Row& row, const std::string& column) {
  for (size_t i = 0; i < table.columns.size(); ++i) {
    if (table.columns[i].name != column || row[i].null) continue;
    return table.columns[i].type == report::ColumnType::kCode ? report::Plain(table, table.columns[i], row[i])
                                                              : row[i].text;
  }
  return "";
}

}  // namespace

DocumentsService::DocumentsService(std::span<const EmbeddedFile> templates, std::string font) : font_(std::move(font)) {
  for (const EmbeddedFile& file : templates) {
    auto parsed = report::Template::Parse(std::string(file.text));
    if (!parsed.ok()) {
      log::Error("document template is wrong",
                 {{"file", std::string(file.name)}, {"cause", std::string(parsed.status().message())}});
      std::abort();
    }
    templates_.push_back(*std::move(parsed));
  }
}

void DocumentsService::Register(Server& server) {
  server.Handle("lintel.reporting.v1.DocumentsService/RenderDocument", this, &DocumentsService::RenderDocument);
}

absl::StatusOr<const report::Template*> DocumentsService::Find(const std::string& id, int version) const {
  const report::Template* found = nullptr;
  for (const report::Template& candidate : templates_) {
    const bool wanted = candidate.id() == id && (version == 0 || candidate.version() == version);
    if (wanted && (found == nullptr || candidate.version() > found->version())) found = &candidate;
  }
  if (found == nullptr) return Missing("template", id);
  return found;
}

absl::StatusOr<v1::RenderDocumentResponse> DocumentsService::RenderDocument(const Call&,
                                                                            const v1::RenderDocumentRequest& request) {
  RETURN_IF_ERROR(CheckOffset("offset_x_tenths", request.offset_x_tenths()));
  RETURN_IF_ERROR(CheckOffset("offset_y_tenths", request.offset_y_tenths()));
  ASSIGN_OR_RETURN(const report::Template* wanted, Find(request.template_(), request.version()));
  std::vector<report::DocumentPage> pages;
  for (const v1::DocumentPage& page : request.pages()) pages.push_back(FromProto(page));
  const report::DocumentOptions options{.preprinted = request.preprinted(),
                                        .offset_x_mm = request.offset_x_tenths() / 10.0,
                                        .offset_y_mm = request.offset_y_tenths() / 10.0};
  v1::RenderDocumentResponse reply;
  ASSIGN_OR_RETURN(*reply.mutable_content(), wanted->Draw(pages, options, font_));
  reply.set_content_type("application/pdf");
  return reply;
}

absl::StatusOr<std::string> DocumentsService::DrawReceipts(const report::Table& table) const {
  ASSIGN_OR_RETURN(const report::Template* receipt, Find("receipt", 0));
  std::vector<report::DocumentPage> pages;
  for (const report::Row& row : table.rows) {
    report::DocumentPage page{.fields = {{"reprint", "副本"}}};
    for (const char* field :
         {"number", "date", "project", "room", "payer", "contract", "method", "reversal", "amount"}) {
      page.fields[field] = TextOf(table, row, field);
    }
    pages.push_back(std::move(page));
  }
  if (pages.empty()) return Missing("receipt", table.parameter_values.at("date"));
  return receipt->Draw(pages, {}, font_);
}

}  // namespace lintel::reporting
