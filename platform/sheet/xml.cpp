#include "platform/sheet/xml.h"

#include <expat.h>

#include "absl/strings/str_cat.h"
#include "platform/sheet/builder.h"

namespace lintel::sheet {
namespace {

std::string_view LocalName(std::string_view name) {
  const size_t colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

}  // namespace

const std::string& Attribute(const XmlAttributes& attributes, std::string_view name) {
  static const std::string kAbsent;
  const auto found = attributes.find(name);
  return found == attributes.end() ? kAbsent : found->second;
}

// expat's C callbacks; `self` is the XmlParser.
struct XmlParser::Callbacks {
  static void XMLCALL Start(void* self, const XML_Char* name, const XML_Char** pairs) {
    auto& parser = *static_cast<XmlParser*>(self);
    if (!parser.status_.ok()) return;
    if (++parser.depth_ > parser.depth_limit_)
      return parser.Stop(Broken(parser.part_, "elements are nested too deeply"));
    XmlAttributes attributes;
    for (const XML_Char** pair = pairs; *pair != nullptr; pair += 2) attributes.emplace(LocalName(pair[0]), pair[1]);
    parser.Stop(parser.handler_.Start(LocalName(name), attributes));
  }
  static void XMLCALL End(void* self, const XML_Char* name) {
    auto& parser = *static_cast<XmlParser*>(self);
    if (!parser.status_.ok()) return;
    --parser.depth_;
    parser.Stop(parser.handler_.End(LocalName(name)));
  }
  static void XMLCALL Text(void* self, const XML_Char* text, int length) {
    auto& parser = *static_cast<XmlParser*>(self);
    if (parser.status_.ok()) parser.Stop(parser.handler_.Text({text, static_cast<size_t>(length)}));
  }
  static void XMLCALL Doctype(void* self, const XML_Char*, const XML_Char*, const XML_Char*, int) {
    auto& parser = *static_cast<XmlParser*>(self);
    parser.Stop(Broken(parser.part_, "a document type declaration is not allowed"));
  }
};

XmlParser::XmlParser(std::string part, int depth_limit, XmlHandler& handler)
    : part_(std::move(part)), depth_limit_(depth_limit), handler_(handler), parser_(XML_ParserCreate(nullptr)) {
  XML_SetUserData(parser_, this);
  XML_SetElementHandler(parser_, &Callbacks::Start, &Callbacks::End);
  XML_SetCharacterDataHandler(parser_, &Callbacks::Text);
  XML_SetStartDoctypeDeclHandler(parser_, &Callbacks::Doctype);
}

XmlParser::~XmlParser() { XML_ParserFree(parser_); }

void XmlParser::Stop(absl::Status status) {
  if (status.ok()) return;
  status_ = std::move(status);
  XML_StopParser(parser_, XML_FALSE);
}

absl::Status XmlParser::Feed(std::string_view chunk) { return Parse(chunk, false); }
absl::Status XmlParser::Finish() { return Parse({}, true); }

absl::Status XmlParser::Parse(std::string_view chunk, bool last) {
  if (!status_.ok()) return status_;
  if (XML_Parse(parser_, chunk.data(), static_cast<int>(chunk.size()), last ? 1 : 0) != XML_STATUS_OK && status_.ok()) {
    status_ =
        Broken(absl::StrCat(part_, ":", XML_GetCurrentLineNumber(parser_)), XML_ErrorString(XML_GetErrorCode(parser_)));
  }
  return status_;
}

}  // namespace lintel::sheet
