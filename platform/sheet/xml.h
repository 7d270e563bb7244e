// A thin layer over expat for the XML inside workbooks: local names only, text in order, and nothing a spreadsheet
// never contains (document type declarations, hence entities; deep nesting).
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "absl/status/status.h"

struct XML_ParserStruct;

namespace lintel::sheet {

using XmlAttributes = std::map<std::string, std::string, std::less<>>;

// The value of an attribute, or empty.
const std::string& Attribute(const XmlAttributes& attributes, std::string_view name);

class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  // Names come without their prefix. The first status that is not OK stops the parser and is what Feed returns.
  virtual absl::Status Start(std::string_view name, const XmlAttributes& attributes) = 0;
  virtual absl::Status End(std::string_view name) = 0;
  virtual absl::Status Text(std::string_view) { return absl::OkStatus(); }
};

class XmlParser {
 public:
  // `part` names the file inside the workbook in refusals. `handler` must outlive the parser.
  XmlParser(std::string part, int depth_limit, XmlHandler& handler);
  ~XmlParser();
  XmlParser(const XmlParser&) = delete;
  XmlParser& operator=(const XmlParser&) = delete;

  absl::Status Feed(std::string_view chunk);
  absl::Status Finish();

 private:
  struct Callbacks;

  absl::Status Parse(std::string_view chunk, bool last);
  void Stop(absl::Status status);

  std::string part_;
  int depth_limit_;
  XmlHandler& handler_;
  XML_ParserStruct* parser_;
  int depth_ = 0;
  absl::Status status_;
};

}  // namespace lintel::sheet
