#include "platform/sheet/xlsx_archive.h"

#include <zip.h>

#include <array>

#include "absl/strings/str_cat.h"
#include "platform/sheet/builder.h"
#include "platform/status/status.h"

namespace lintel::sheet {
namespace {

constexpr size_t kSmallPart = 1u << 20;  // Below this, a high ratio is harmless.

struct FileCloser {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};

}  // namespace

void XlsxArchive::Closer::operator()(zip* archive) const { zip_discard(archive); }

absl::StatusOr<XlsxArchive> XlsxArchive::Open(const std::string& bytes, const SheetLimits& limits) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), /*freep=*/0, &error);
  if (source == nullptr) return Broken("the file", zip_error_strerror(&error));
  zip* archive = zip_open_from_source(source, ZIP_RDONLY, &error);
  if (archive == nullptr) {
    const std::string cause = zip_error_strerror(&error);
    zip_source_free(source);
    zip_error_fini(&error);
    return Broken("the file", cause);
  }
  XlsxArchive opened{std::unique_ptr<zip, Closer>(archive), limits};
  if (zip_get_num_entries(archive, 0) > limits.archive_entries) {
    return TooLarge("the file", absl::StrCat(limits.archive_entries, " parts"));
  }
  return opened;
}

bool XlsxArchive::Has(const std::string& part) const {
  return zip_name_locate(archive_.get(), part.c_str(), ZIP_FL_ENC_GUESS) >= 0;
}

absl::Status XlsxArchive::Read(const std::string& part, const std::function<absl::Status(std::string_view)>& sink) {
  zip_stat_t stat;
  if (zip_stat(archive_.get(), part.c_str(), 0, &stat) != 0) return Broken(part, "the part is missing");
  if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE) return Encrypted();
  const std::unique_ptr<zip_file_t, FileCloser> file(zip_fopen_index(archive_.get(), stat.index, 0));
  if (file == nullptr) return Broken(part, zip_strerror(archive_.get()));

  std::array<char, 64 * 1024> chunk;
  size_t size = 0;
  while (true) {
    const zip_int64_t count = zip_fread(file.get(), chunk.data(), chunk.size());
    if (count < 0) return Broken(part, zip_file_strerror(file.get()));
    if (count == 0) return absl::OkStatus();
    // What the directory claims is not believed: only bytes that came out count.
    size += static_cast<size_t>(count);
    unpacked_ += static_cast<size_t>(count);
    if (unpacked_ > limits_.unpacked_bytes)
      return TooLarge(part, absl::StrCat(limits_.unpacked_bytes, " unpacked bytes"));
    if (size > kSmallPart && size / (stat.comp_size + 1) > static_cast<size_t>(limits_.compression_ratio)) {
      return TooLarge(part, absl::StrCat("a compression of ", limits_.compression_ratio, " to 1"));
    }
    RETURN_IF_ERROR(sink({chunk.data(), static_cast<size_t>(count)}));
  }
}

}  // namespace lintel::sheet
