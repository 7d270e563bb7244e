// Documents at fixed places of a page (renderer `boxes`): receipts, pre-printed forms. A template is one JSON file, its
// numbers are millimetres; platform/report/README.md explains every key.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace lintel::report {

using Fields = std::map<std::string, std::string>;

struct DocumentPage {
  Fields fields;
  std::vector<Fields> rows;
};

struct DocumentOptions {
  bool preprinted = false;  // Onto a pre-printed form (套打): only what was filled in.
  double offset_x_mm = 0;   // Printers pull paper crookedly.
  double offset_y_mm = 0;
};

class Template {
 public:
  // INVALID_ARGUMENT that says what is wrong with the file.
  static absl::StatusOr<Template> Parse(const std::string& json);

  const std::string& id() const { return id_; }
  int version() const { return version_; }

  // One page per document. INVALID_ARGUMENT that names a field the template does not have (pages[0].fields.amuont) or
  // cannot print (amount: not a number of fen), or says that there are too many rows. UNAVAILABLE FONT_MISSING.
  absl::StatusOr<std::string> Draw(const std::vector<DocumentPage>& pages, const DocumentOptions& options,
                                   const std::string& font) const;

 private:
  struct Item;  // One thing on the page.
  struct Printer;

  std::string id_;
  int version_ = 0;
  double width_ = 0;
  double height_ = 0;
  std::vector<std::shared_ptr<const Item>> items_;
  std::set<std::string> known_fields_;      // Of the page.
  std::set<std::string> known_row_fields_;  // Of its rows.
  size_t most_rows_ = 0;
};

}  // namespace lintel::report
