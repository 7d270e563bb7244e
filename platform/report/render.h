// The forms a table takes. All of them say the same; a golden test compares them.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "platform/report/table.h"

namespace lintel::report {

enum class Format { kJson, kCsv, kXlsx, kPdf };

// "" is JSON. INVALID_ARGUMENT that names the field `format`.
absl::StatusOr<Format> ParseFormat(const std::string& text);
std::string ContentType(Format format);
// "RPT-01_2026-11-23.xlsx"
std::string FileName(const Table& table, Format format);

// The shape is written down in proto/lintel/reporting/v1/reporting.proto.
std::string RenderJson(const Table& table);

// UTF-8 with a byte order mark and CRLF, as spreadsheet programs of Chinese Windows need it. A text that a spreadsheet
// program would take for a formula gets an apostrophe in front.
std::string RenderCsv(const Table& table);

// Texts are text cells, never formulas; money, areas, percentages and dates are numbers with formats; the head is
// frozen.
absl::StatusOr<std::string> RenderXlsx(const Table& table);

// A4 across, the head repeated on every page, the foot says what, when and which page.
// UNAVAILABLE, reason FONT_MISSING, when `font` is not installed.
absl::StatusOr<std::string> RenderPdf(const Table& table, const std::string& font);

}  // namespace lintel::report
