#include "platform/sheet/sheet.h"

#include <string_view>

#include "absl/strings/str_cat.h"
#include "platform/sheet/builder.h"
#include "platform/sheet/csv.h"
#include "platform/sheet/xls.h"
#include "platform/sheet/xlsx.h"

namespace lintel {
namespace {

using namespace std::string_view_literals;

bool IsCompoundFile(std::string_view bytes) { return bytes.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv); }

// BIFF 2, 3 and 4 begin with their record, outside any container.
bool IsBareBiff(std::string_view bytes) {
  return bytes.starts_with("\x09\x00\x04\x00"sv) || bytes.starts_with("\x09\x02\x06\x00"sv) ||
         bytes.starts_with("\x09\x04\x06\x00"sv);
}

// A workbook with a password is a compound file around this stream, whatever the file's name says.
bool HoldsEncryptedPackage(std::string_view bytes) {
  constexpr std::string_view kName = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"sv;
  return bytes.find(kName) != std::string_view::npos;
}

absl::StatusOr<Sheet> Read(const std::string& bytes, const SheetOptions& options) {
  if (bytes.size() > options.limits.file_bytes) {
    return sheet::TooLarge("the file", absl::StrCat(options.limits.file_bytes, " bytes"));
  }
  const std::string_view view = bytes;
  if (view.starts_with("PK\x03\x04"sv)) return sheet::ReadXlsx(bytes, options.limits);
  if (IsCompoundFile(view) && HoldsEncryptedPackage(view)) return sheet::Encrypted();
  if (IsCompoundFile(view) || IsBareBiff(view)) return sheet::ReadXls(bytes, options);
  return sheet::ReadCsv(bytes, options.limits);
}

}  // namespace

absl::StatusOr<Sheet> ReadSheet(const std::string& bytes, const std::string& filename, const SheetOptions& options) {
  absl::StatusOr<Sheet> sheet = Read(bytes, options);
  if (sheet.ok()) return sheet;
  // The same refusal, with the file's name in front of the sentence that goes to the log.
  absl::Status named(sheet.status().code(), absl::StrCat(filename, ": ", sheet.status().message()));
  sheet.status().ForEachPayload(
      [&](absl::string_view url, const absl::Cord& payload) { named.SetPayload(url, payload); });
  return named;
}

}  // namespace lintel
