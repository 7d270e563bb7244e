#include "platform/sheet/csv.h"

#include <csv.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "platform/sheet/builder.h"
#include "platform/sheet/encoding.h"
#include "platform/status/status.h"

namespace lintel::sheet {
namespace {

constexpr size_t kChunk = 64 * 1024;  // How much is parsed before a refusal is noticed.
constexpr int kInsideCell = 2;        // libcsv's FIELD_BEGUN.

// The separator that the first line uses most.
char SniffDelimiter(std::string_view text) {
  constexpr std::array kCandidates{',', ';', '\t'};
  std::array<size_t, kCandidates.size()> counts{};
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '\n' || c == '\r') break;
    const auto found = std::find(kCandidates.begin(), kCandidates.end(), c);
    if (found != kCandidates.end()) ++counts[static_cast<size_t>(found - kCandidates.begin())];
  }
  return kCandidates[static_cast<size_t>(std::max_element(counts.begin(), counts.end()) - counts.begin())];
}

bool HoldsControlCharacters(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r';
  });
}

// One run of libcsv over a text. Rows are counted as spreadsheet programs do: blank lines count, line breaks inside
// quotes do not.
class CsvRun {
 public:
  CsvRun(char delimiter, const SheetLimits& limits) : builder_(SheetFormat::kCsv, limits) {
    csv_init(&parser_, CSV_REPALL_NL);
    csv_set_delim(&parser_, static_cast<unsigned char>(delimiter));
  }
  ~CsvRun() { csv_free(&parser_); }
  CsvRun(const CsvRun&) = delete;
  CsvRun& operator=(const CsvRun&) = delete;

  absl::Status Feed(std::string_view text) {
    for (size_t at = 0; at < text.size() && status_.ok(); at += kChunk) {
      const std::string_view chunk = text.substr(at, kChunk);
      if (csv_parse(&parser_, chunk.data(), chunk.size(), &OnCell, &OnRowEnd, this) != chunk.size() && status_.ok()) {
        status_ = Broken(Here(), csv_strerror(csv_error(&parser_)));
      }
    }
    return status_;
  }

  absl::StatusOr<Sheet> Finish() && {
    // libcsv would only say so in its strict mode, which also refuses the stray quotes that people do type.
    if (parser_.quoted != 0 && parser_.pstate == kInsideCell) return Broken(Here(), "a quoted cell is never closed");
    csv_fini(&parser_, &OnCell, &OnRowEnd, this);
    RETURN_IF_ERROR(status_);
    return std::move(builder_).Take("");
  }

  // The cell that is being read.
  std::string Here() const { return CellName(column_, row_); }

 private:
  static void OnCell(void* text, size_t length, void* self) {
    static_cast<CsvRun*>(self)->Cell({static_cast<const char*>(text), length});
  }
  static void OnRowEnd(int terminator, void* self) { static_cast<CsvRun*>(self)->RowEnd(terminator); }

  void Cell(std::string_view text) {
    if (status_.ok()) status_ = builder_.Add(row_, column_, std::string(text));
    ++column_;
  }

  void RowEnd(int terminator) {
    const bool second_half_of_line_end = terminator == '\n' && last_terminator_ == '\r' && column_ == 0;
    last_terminator_ = terminator;
    if (second_half_of_line_end) return;
    ++row_;
    column_ = 0;
  }

  csv_parser parser_{};
  SheetBuilder builder_;
  absl::Status status_;
  int row_ = 1;
  size_t column_ = 0;
  int last_terminator_ = 0;
};

}  // namespace

absl::StatusOr<Sheet> ReadCsv(const std::string& bytes, const SheetLimits& limits) {
  const DecodedText decoded = DecodeText(bytes);
  if (HoldsControlCharacters(decoded.text)) return Unknown();
  CsvRun run(SniffDelimiter(decoded.text), limits);
  RETURN_IF_ERROR(run.Feed(decoded.text));
  if (!decoded.complete) return BadEncoding(run.Here());
  return std::move(run).Finish();
}

}  // namespace lintel::sheet
