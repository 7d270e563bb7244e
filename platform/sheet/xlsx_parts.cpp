#include "platform/sheet/xlsx_parts.h"

#include <charconv>
#include <filesystem>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "platform/sheet/builder.h"
#include "platform/sheet/number_text.h"
#include "platform/sheet/xml.h"
#include "platform/status/status.h"

namespace lintel::sheet {
namespace {

std::string Resolve(const std::string& folder, const std::string& target) {
  if (target.starts_with('/')) return target.substr(1);
  return (std::filesystem::path(folder) / target).lexically_normal().generic_string();
}

class RelationshipsHandler : public XmlHandler {
 public:
  explicit RelationshipsHandler(std::string folder) : folder_(std::move(folder)) {}
  Relationships found;

  absl::Status Start(std::string_view name, const XmlAttributes& attributes) override {
    if (name != "Relationship" || Attribute(attributes, "TargetMode") == "External") return absl::OkStatus();
    const std::string& type = Attribute(attributes, "Type");
    found[Attribute(attributes, "Id")] = {.type = type.substr(type.rfind('/') + 1),
                                          .target = Resolve(folder_, Attribute(attributes, "Target"))};
    return absl::OkStatus();
  }
  absl::Status End(std::string_view) override { return absl::OkStatus(); }

 private:
  std::string folder_;
};

class OutlineHandler : public XmlHandler {
 public:
  WorkbookOutline outline;

  absl::Status Start(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "workbookPr") {
      const std::string& since_1904 = Attribute(attributes, "date1904");
      outline.since_1904 = since_1904 == "1" || since_1904 == "true";
    }
    const bool first_visible = name == "sheet" && outline.sheet_relationship.empty() &&
                               !Attribute(attributes, "state").ends_with("idden");  // hidden, veryHidden
    if (first_visible) {
      outline.sheet_name = Attribute(attributes, "name");
      outline.sheet_relationship = Attribute(attributes, "id");
    }
    return absl::OkStatus();
  }
  absl::Status End(std::string_view) override { return absl::OkStatus(); }
};

class SharedTextsHandler : public XmlHandler {
 public:
  explicit SharedTextsHandler(const SheetLimits& limits) : limits_(limits) {}
  std::vector<std::string> texts;

  absl::Status Start(std::string_view name, const XmlAttributes&) override {
    if (name == "si") texts.emplace_back();
    if (name == "rPh") phonetic_ = true;
    in_text_ = name == "t" && !phonetic_ && !texts.empty();
    return absl::OkStatus();
  }
  absl::Status End(std::string_view name) override {
    if (name == "rPh") phonetic_ = false;
    if (name == "si" && !texts.empty()) texts.back() = Unescape(texts.back());
    in_text_ = false;
    return absl::OkStatus();
  }
  absl::Status Text(std::string_view text) override {
    if (!in_text_) return absl::OkStatus();
    bytes_ += text.size();
    if (bytes_ > limits_.text_bytes)
      return TooLarge("sharedStrings", absl::StrCat(limits_.text_bytes, " bytes of text"));
    texts.back().append(text);
    return absl::OkStatus();
  }

 private:
  const SheetLimits& limits_;
  bool phonetic_ = false;  // Reading aids are no part of the text.
  bool in_text_ = false;
  size_t bytes_ = 0;
};

class StylesHandler : public XmlHandler {
 public:
  std::vector<bool> dates;

  absl::Status Start(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "cellXfs") in_cell_styles_ = true;
    int id = 0;
    if (!absl::SimpleAtoi(Attribute(attributes, "numFmtId"), &id)) return absl::OkStatus();
    if (name == "numFmt") custom_[id] = IsDateFormat(Attribute(attributes, "formatCode"));
    if (name == "xf" && in_cell_styles_) {
      const auto custom = custom_.find(id);
      dates.push_back(custom == custom_.end() ? IsBuiltInDateFormat(id) : custom->second);
    }
    return absl::OkStatus();
  }
  absl::Status End(std::string_view name) override {
    if (name == "cellXfs") in_cell_styles_ = false;
    return absl::OkStatus();
  }

 private:
  std::map<int, bool> custom_;
  bool in_cell_styles_ = false;
};

}  // namespace

absl::Status ReadXml(XlsxArchive& archive, const std::string& part, const SheetLimits& limits, XmlHandler& handler) {
  XmlParser parser(part, limits.xml_depth, handler);
  RETURN_IF_ERROR(archive.Read(part, [&](std::string_view chunk) { return parser.Feed(chunk); }));
  return parser.Finish();
}

absl::StatusOr<Relationships> ReadRelationships(XlsxArchive& archive, const std::string& part,
                                                const SheetLimits& limits) {
  const std::filesystem::path path(part);
  const std::string folder = path.parent_path().generic_string();
  RelationshipsHandler handler(folder);
  RETURN_IF_ERROR(
      ReadXml(archive, Resolve(folder, "_rels/" + path.filename().generic_string() + ".rels"), limits, handler));
  return std::move(handler.found);
}

std::string TargetOf(const Relationships& relationships, const std::string& type) {
  for (const auto& [id, relationship] : relationships) {
    if (relationship.type == type) return relationship.target;
  }
  return "";
}

absl::StatusOr<WorkbookOutline> ReadOutline(XlsxArchive& archive, const std::string& part, const SheetLimits& limits) {
  OutlineHandler handler;
  RETURN_IF_ERROR(ReadXml(archive, part, limits, handler));
  return std::move(handler.outline);
}

absl::StatusOr<std::vector<std::string>> ReadSharedTexts(XlsxArchive& archive, const std::string& part,
                                                         const SheetLimits& limits) {
  SharedTextsHandler handler(limits);
  if (!part.empty()) RETURN_IF_ERROR(ReadXml(archive, part, limits, handler));
  return std::move(handler.texts);
}

absl::StatusOr<std::vector<bool>> ReadDateStyles(XlsxArchive& archive, const std::string& part,
                                                 const SheetLimits& limits) {
  StylesHandler handler;
  if (!part.empty() && archive.Has(part)) RETURN_IF_ERROR(ReadXml(archive, part, limits, handler));
  return std::move(handler.dates);
}

std::string Unescape(const std::string& text) {
  std::string plain;
  for (size_t at = 0; at < text.size(); ++at) {
    unsigned code = 0;
    const bool escape =
        text.compare(at, 2, "_x") == 0 && at + 6 < text.size() && text[at + 6] == '_' &&
        std::from_chars(text.data() + at + 2, text.data() + at + 6, code, 16).ptr == text.data() + at + 6;
    if (escape && code < 0x80) {  // Beyond ASCII nobody needs the escape.
      if (code != 0) plain += static_cast<char>(code);
      at += 6;
    } else {
      plain += text[at];
    }
  }
  return plain;
}

}  // namespace lintel::sheet
