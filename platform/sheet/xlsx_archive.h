// The ZIP around an XLSX, read part by part under limits: entries, unpacked bytes, compression ratio.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "platform/sheet/sheet.h"

struct zip;

namespace lintel::sheet {

class XlsxArchive {
 public:
  // `bytes` must outlive the archive.
  static absl::StatusOr<XlsxArchive> Open(const std::string& bytes, const SheetLimits& limits);

  bool Has(const std::string& part) const;

  // Hands the part's bytes to `sink` in chunks; the sink's first failure ends it. SHEET_BROKEN when there is no such
  // part.
  absl::Status Read(const std::string& part, const std::function<absl::Status(std::string_view)>& sink);

 private:
  struct Closer {
    void operator()(zip* archive) const;
  };

  XlsxArchive(std::unique_ptr<zip, Closer> archive, const SheetLimits& limits)
      : archive_(std::move(archive)), limits_(limits) {}

  std::unique_ptr<zip, Closer> archive_;
  SheetLimits limits_;
  size_t unpacked_ = 0;
};

}  // namespace lintel::sheet
