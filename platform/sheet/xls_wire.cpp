#include "platform/sheet/xls_wire.h"

#include <cstdint>
#include <cstring>
#include <optional>

#include "platform/sheet/builder.h"
#include "platform/status/status.h"

namespace lintel::sheet {
namespace {

constexpr char kSheet = 'S';
constexpr char kRefusal = 'R';

// Numbers are 32 bits, little endian as the only machines we run on; texts are their length and their bytes.
class Writer {
 public:
  explicit Writer(char kind) : bytes_(1, kind) {}
  void Number(size_t value) {
    const auto number = static_cast<uint32_t>(value);
    bytes_.append(reinterpret_cast<const char*>(&number), sizeof number);
  }
  void Text(std::string_view text) {
    Number(text.size());
    bytes_.append(text);
  }
  std::string Take() && { return std::move(bytes_); }

 private:
  std::string bytes_;
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}
  bool AtEnd() const { return bytes_.empty(); }
  std::optional<uint32_t> Number() {
    uint32_t number = 0;
    if (bytes_.size() < sizeof number) return std::nullopt;
    std::memcpy(&number, bytes_.data(), sizeof number);
    bytes_.remove_prefix(sizeof number);
    return number;
  }
  std::optional<std::string> Text() {
    const std::optional<uint32_t> length = Number();
    if (!length || *length > bytes_.size()) return std::nullopt;
    std::string text(bytes_.substr(0, *length));
    bytes_.remove_prefix(*length);
    return text;
  }

 private:
  std::string_view bytes_;
};

absl::Status Garbled() {
  return WithReason(absl::StatusCode::kUnavailable, "HELPER_FAILED",
                    "The helper process sent a reply that cannot be read.");
}

absl::Status DecodeRefusal(Reader reader) {
  const auto reason = reader.Text();
  const auto cell = reader.Text();
  const auto detail = reader.Text();
  if (!reason || !cell || !detail || !reader.AtEnd()) return Garbled();
  if (*reason == "SHEET_UNKNOWN") return Unknown();
  if (*reason == "SHEET_ENCRYPTED") return Encrypted();
  if (*reason == "SHEET_TOO_LARGE") return TooLarge(*cell, *detail);
  return Broken(*cell, *detail);
}

absl::Status DecodeCells(Reader& reader, SheetBuilder& builder) {
  const auto cells = reader.Number();
  if (!cells) return Garbled();
  for (uint32_t i = 0; i < *cells; ++i) {
    const auto row = reader.Number();
    const auto column = reader.Number();
    auto text = reader.Text();
    if (!row || !column || !text || *row == 0 || *row > 1'048'576) return Garbled();
    RETURN_IF_ERROR(builder.Add(static_cast<int>(*row), *column, *std::move(text)));
  }
  return absl::OkStatus();
}

}  // namespace

std::string EncodeReply(const absl::StatusOr<Sheet>& sheet) {
  if (!sheet.ok()) {
    Metadata metadata = MetadataOf(sheet.status());
    Writer writer(kRefusal);
    writer.Text(ReasonOf(sheet.status()));
    writer.Text(metadata["cell"]);
    writer.Text(metadata["cause"] + metadata["limit"]);
    return std::move(writer).Take();
  }
  size_t cells = 0;
  for (const SheetRow& row : sheet->rows) cells += row.cells.size();
  Writer writer(kSheet);
  writer.Text(sheet->name);
  writer.Number(cells);
  for (const SheetRow& row : sheet->rows) {
    for (size_t column = 0; column < row.cells.size(); ++column) {
      writer.Number(static_cast<size_t>(row.number));
      writer.Number(column);
      writer.Text(row.cells[column]);
    }
  }
  writer.Number(sheet->doubtful.size());
  for (const DoubtfulCell& doubt : sheet->doubtful) {
    writer.Text(doubt.cell);
    writer.Text(doubt.cause);
  }
  return std::move(writer).Take();
}

absl::StatusOr<Sheet> DecodeReply(std::string_view reply, const SheetLimits& limits) {
  if (reply.empty()) return Garbled();
  Reader reader(reply.substr(1));
  if (reply.front() == kRefusal) return DecodeRefusal(reader);
  auto name = reader.Text();
  if (reply.front() != kSheet || !name) return Garbled();
  SheetBuilder builder(SheetFormat::kXls, limits);
  RETURN_IF_ERROR(DecodeCells(reader, builder));
  Sheet sheet = std::move(builder).Take(*std::move(name));
  const auto doubts = reader.Number();
  if (!doubts || *doubts > kMostDoubts) return Garbled();
  for (uint32_t i = 0; i < *doubts; ++i) {
    auto cell = reader.Text();
    auto cause = reader.Text();
    if (!cell || !cause) return Garbled();
    sheet.doubtful.push_back({*std::move(cell), *std::move(cause)});
  }
  if (!reader.AtEnd()) return Garbled();
  return sheet;
}

}  // namespace lintel::sheet
