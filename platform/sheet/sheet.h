// Spreadsheets as people send them, read into rows of text: CSV (UTF-8 with or without a byte order mark, UTF-16 with
// one, GBK/GB18030), XLSX and old XLS. The format is sniffed from the bytes; the file's name only helps to explain.
//
// Everything is bounded. Old XLS is parsed by a library with a long history of holes, so it runs in a limited child
// process (platform/helper) that is thrown away afterwards.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace lintel {

enum class SheetFormat { kCsv, kXlsx, kXls };

// One row as the sender's spreadsheet program numbers it, from 1. Trailing blank cells are left out.
struct SheetRow {
  int number = 0;
  std::vector<std::string> cells;

  // The text of a column counted from 0; empty when the row is shorter.
  const std::string& At(size_t column) const;
};

// A cell that was read, but whose value the sender's program may have damaged before it reached us: an identity number
// kept as a number (its last digits are gone), or a formula that failed (#N/A).
struct DoubtfulCell {
  std::string cell;   // "C12"
  std::string cause;  // English, for the operation's report.
};

struct Sheet {
  SheetFormat format = SheetFormat::kCsv;
  std::string name;            // The worksheet's; empty for CSV. Of a workbook, the first visible worksheet is read.
  std::vector<SheetRow> rows;  // Blank rows are left out; `number` keeps everyone's place.
  std::vector<DoubtfulCell> doubtful;  // At most kMostDoubts of them.
};

inline constexpr size_t kMostDoubts = 100;

struct SheetLimits {
  size_t file_bytes = 20u << 20;       // As sent.
  size_t unpacked_bytes = 256u << 20;  // All parts of an XLSX that are read.
  size_t text_bytes = 64u << 20;       // All cells together.
  size_t cell_bytes = 32'767 * 4;      // What a spreadsheet program allows in one cell.
  int rows = 200'000;
  int columns = 256;
  int archive_entries = 2'000;
  int compression_ratio = 400;  // A part that unpacks to more than this many times its size is a bomb.
  int xml_depth = 32;
};

struct SheetOptions {
  SheetLimits limits;
  // The program that reads old XLS; empty means `lintel-xls` beside the running program.
  std::string xls_program;
  std::chrono::milliseconds xls_deadline{20'000};
};

// Text cells are kept as they are: leading zeros, 18 digits, `--`. Numbers become the decimal text a person sees in the
// cell's edit line: "52229.87", never "52229.870000000003" or "4.4E+17". Dates of workbooks become "2026-11-23".
//
// INVALID_ARGUMENT with one of these reasons, and in the metadata the cell where it was noticed:
//   SHEET_UNKNOWN                 not a spreadsheet we read
//   SHEET_ENCRYPTED               protected with a password
//   SHEET_ENCODING {cell}         a byte that is neither UTF-8 nor GB18030
//   SHEET_BROKEN {cell, cause}    cut short or damaged
//   SHEET_TOO_LARGE {cell, limit} beyond a limit, which is named
// UNAVAILABLE, reason HELPER_FAILED: the child that reads old XLS could not be started. Safe to retry.
absl::StatusOr<Sheet> ReadSheet(const std::string& bytes, const std::string& filename,
                                const SheetOptions& options = {});

// "C12" for column 2 (from 0) of row 12, as spreadsheet programs name cells.
std::string CellName(size_t column, int row);

}  // namespace lintel
