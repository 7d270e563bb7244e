#include "platform/list/list.h"

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "platform/ids/ids.h"
#include "platform/list/field_value.h"
#include "platform/list/filter.h"
#include "platform/status/status.h"

namespace lintel {
namespace {

constexpr size_t kMostOrderFields = 4;

absl::StatusOr<const ListField*> FindField(const ListSpec& spec, const std::string& from, const std::string& name) {
  const std::string path = ToSnakeCase(name);
  const auto found = spec.fields.find(path);
  if (found != spec.fields.end()) return &found->second;
  const auto money = spec.fields.find(std::string(absl::StripSuffix(path, ".minor_units")));
  if (money != spec.fields.end() && money->second.type == FieldType::kMoney) return &money->second;
  const auto name_of = [](std::string* out, const auto& known) { out->append(known.first); };
  const std::string all = absl::StrJoin(spec.fields, ", ", name_of);
  return InvalidField(from, "there is no field `" + name + "`; there are " + all);
}

// AIP-160: `*` at an end of a text stands for anything.
bool HasWildcard(const std::string& text) { return text.size() > 1 && (text.front() == '*' || text.back() == '*'); }

// As LIKE understands it; only the stars at the ends are more than themselves.
std::string ToPattern(const std::string& text) {
  const bool open_begin = text.front() == '*';
  const bool open_end = text.back() == '*';
  const std::string middle = text.substr(open_begin, text.size() - open_begin - open_end);
  return absl::StrCat(open_begin ? "%" : "", absl::StrReplaceAll(middle, {{"\\", "\\\\"}, {"%", "\\%"}, {"_", "\\_"}}),
                      open_end ? "%" : "");
}

// Turns the tree into SQL with `?` for each value.
class WhereWriter {
 public:
  explicit WhereWriter(const ListSpec& spec) : spec_(spec) {}

  absl::Status Write(const Filter& node) {
    switch (node.kind) {
      case Filter::Kind::kComparison:
        return WriteComparison(node);
      case Filter::Kind::kNot:
        sql += "NOT coalesce(";
        RETURN_IF_ERROR(Write(node.children.front()));
        sql += ", false)";
        return absl::OkStatus();
      default:
        return WriteJoined(node, node.kind == Filter::Kind::kAnd ? " AND " : " OR ");
    }
  }

  std::string sql;
  std::vector<std::string> values;

 private:
  absl::Status WriteJoined(const Filter& node, const char* joint) {
    const char* before = "(";
    for (const Filter& child : node.children) {
      sql += before;
      RETURN_IF_ERROR(Write(child));
      before = joint;
    }
    sql += ")";
    return absl::OkStatus();
  }

  absl::Status WriteComparison(const Filter& node) {
    ASSIGN_OR_RETURN(const ListField* field, FindField(spec_, "filter", node.field));
    const bool equality = node.operation == "=" || node.operation == "!=";
    if (field->type == FieldType::kId && node.value.empty() && equality) {
      absl::StrAppend(&sql, field->column, node.operation == "=" ? " IS NULL" : " IS NOT NULL");
      return absl::OkStatus();
    }
    ASSIGN_OR_RETURN(std::string value, CheckValue("filter", node.field, *field, node.value));
    if (field->type == FieldType::kIdSet) {
      if (node.operation != ":" && node.operation != "=") return WrongOperator(node);
      absl::StrAppend(&sql, "?::uuid = ANY(", field->column, ")");
    } else if (node.operation == ":") {
      if (field->type != FieldType::kText) return WrongOperator(node);
      absl::StrAppend(&sql, "strpos(lower(", field->column, "), lower(?::text)) > 0");
    } else if (equality && field->type == FieldType::kText && HasWildcard(value)) {
      absl::StrAppend(&sql, "(", field->column, " LIKE ?::text) ", node.operation == "=" ? "IS TRUE" : "IS NOT TRUE");
      value = ToPattern(value);
    } else {
      const bool ordered =
          field->type != FieldType::kCode && field->type != FieldType::kId && field->type != FieldType::kBoolean;
      if (!equality && !ordered) return WrongOperator(node);
      const std::string operation = node.operation == "!=" ? "IS DISTINCT FROM" : node.operation;
      absl::StrAppend(&sql, field->column, " ", operation, " ?", CastOf(field->type));
    }
    values.push_back(std::move(value));
    return absl::OkStatus();
  }

  static absl::Status WrongOperator(const Filter& node) {
    return InvalidField("filter", "`" + node.operation + "` cannot be used with `" + node.field + "`");
  }

  const ListSpec& spec_;
};

// FNV-1a: the token is no secret, its binding only has to notice a changed filter.
std::string Fingerprint(const std::string& text) {
  uint64_t hash = 14695981039346656037ULL;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return absl::StrCat(absl::Hex(hash, absl::kZeroPad16));
}

// `parts` joined so that they can be split again whatever they hold.
std::string Pack(const std::vector<std::string>& parts) {
  std::string packed;
  for (const std::string& part : parts) absl::StrAppend(&packed, part.size(), ":", part);
  return packed;
}

absl::StatusOr<std::vector<std::string>> Unpack(const std::string& packed) {
  std::vector<std::string> parts;
  size_t at = 0;
  while (at < packed.size()) {
    const size_t colon = packed.find(':', at);
    size_t size = 0;
    if (colon == std::string::npos || !absl::SimpleAtoi(packed.substr(at, colon - at), &size) ||
        size > packed.size() - colon - 1) {
      return absl::InvalidArgumentError("malformed");
    }
    parts.push_back(packed.substr(colon + 1, size));
    at = colon + 1 + size;
  }
  return parts;
}

absl::Status BadToken() {
  return InvalidField("page_token", "is not one that this list gave for this filter and order");
}

}  // namespace

absl::StatusOr<List> MakeList(const ListSpec& spec, const ListRequest& request) {
  List list;
  if (request.page_size < 0) return InvalidField("page_size", "must not be negative");
  list.page_size_ = request.page_size == 0 ? kDefaultPageSize : std::min(request.page_size, kLargestPageSize);
  if (!std::string(absl::StripAsciiWhitespace(request.filter)).empty()) {
    ASSIGN_OR_RETURN(const Filter filter, ParseFilter(request.filter));
    WhereWriter writer(spec);
    RETURN_IF_ERROR(writer.Write(filter));
    list.where_ = std::move(writer.sql);
    list.values_ = std::move(writer.values);
  }
  const std::string order = request.order_by.empty() ? spec.default_order : request.order_by;
  std::vector<ListField> key_fields;
  std::vector<std::string> pieces = absl::StrSplit(order, ',', absl::SkipWhitespace());
  if (pieces.size() > kMostOrderFields) return InvalidField("order_by", "takes at most four fields");
  for (const std::string& piece : pieces) {
    const std::vector<std::string> words = absl::StrSplit(piece, ' ', absl::SkipEmpty());
    if (words.size() > 2 || (words.size() == 2 && words[1] != "asc" && words[1] != "desc")) {
      return InvalidField("order_by", "must be fields with an optional `asc` or `desc`, separated by commas");
    }
    ASSIGN_OR_RETURN(const ListField* field, FindField(spec, "order_by", words[0]));
    if (!field->sortable) return InvalidField("order_by", "cannot order by `" + words[0] + "`");
    list.order_.push_back({field->column, field->type, words.size() == 2 && words[1] == "desc"});
    key_fields.push_back(
        {.column = field->column, .type = field->type == FieldType::kCode ? FieldType::kText : field->type});
  }
  // The key goes the way of the last field, so that one index serves both.
  list.order_.push_back({spec.key, FieldType::kId, !list.order_.empty() && list.order_.back().descending});
  key_fields.push_back({.column = spec.key, .type = FieldType::kText});
  list.binding_ = Fingerprint(Pack({request.filter, order, request.binding}));
  if (request.page_token.empty()) return list;

  std::string packed;
  if (!absl::WebSafeBase64Unescape(request.page_token, &packed)) return BadToken();
  auto parts = Unpack(packed);
  if (!parts.ok() || parts->size() != list.order_.size() + 1 || parts->front() != list.binding_) return BadToken();
  for (size_t i = 0; i < key_fields.size(); ++i) {
    const auto value = CheckValue("page_token", key_fields[i].column, key_fields[i], (*parts)[i + 1]);
    if (!value.ok()) return BadToken();
    list.after_.push_back(*value);
  }
  if (!IsId(list.after_.back())) return BadToken();
  return list;
}

List::Statement List::Around(const std::string& select, std::vector<std::string> parameters) const {
  Statement statement{.parameters = std::move(parameters)};
  std::string cursors;
  std::string order;
  for (size_t i = 0; i < order_.size(); ++i) {
    // timestamptz as RFC 3339, whatever DateStyle says.
    const std::string& column = order_[i].column;
    const std::string text =
        order_[i].type == FieldType::kInstant
            ? absl::StrCat("to_char(", column, " AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')")
            : absl::StrCat(column, "::text");
    absl::StrAppend(&cursors, ", ", text, " AS cursor_", i);
    absl::StrAppend(&order, i == 0 ? "" : ", ", column, order_[i].descending ? " DESC" : "");
  }
  std::string where;
  size_t next = 0;
  for (const char c : where_) {
    if (c != '?') {
      where += c;
      continue;
    }
    statement.parameters.push_back(values_[next++]);
    absl::StrAppend(&where, "$", statement.parameters.size());
  }
  if (!after_.empty()) absl::StrAppend(&where, where.empty() ? "" : " AND ", AfterCursor(statement.parameters));
  statement.sql = absl::StrCat("SELECT listed.*", cursors, " FROM (", select, ") AS listed",
                               where.empty() ? "" : " WHERE ", where, " ORDER BY ", order, " LIMIT ", page_size_ + 1);
  return statement;
}

std::string List::AfterCursor(std::vector<std::string>& parameters) const {
  std::vector<std::string> placeholders;
  bool one_way = true;
  for (size_t i = 0; i < order_.size(); ++i) {
    parameters.push_back(after_[i]);
    placeholders.push_back(absl::StrCat("$", parameters.size(), CastOf(order_[i].type)));
    one_way = one_way && order_[i].descending == order_.front().descending;
  }
  if (one_way) {  // A row comparison can use an index; the long form cannot.
    std::string columns;
    std::string values;
    for (size_t i = 0; i < order_.size(); ++i) {
      absl::StrAppend(&columns, i == 0 ? "" : ", ", order_[i].column);
      absl::StrAppend(&values, i == 0 ? "" : ", ", placeholders[i]);
    }
    return absl::StrCat("(", columns, ") ", order_.front().descending ? "<" : ">", " (", values, ")");
  }
  std::string any = "(";
  std::string equal;
  for (size_t i = 0; i < order_.size(); ++i) {
    absl::StrAppend(&any, i == 0 ? "(" : " OR (", equal, order_[i].column, order_[i].descending ? " < " : " > ",
                    placeholders[i], ")");
    absl::StrAppend(&equal, order_[i].column, " = ", placeholders[i], " AND ");
  }
  return any + ")";
}

std::string List::TokenAfter(const std::vector<std::string>& values) const {
  std::vector<std::string> parts{binding_};
  parts.insert(parts.end(), values.begin(), values.end());
  std::string token;
  absl::WebSafeBase64Escape(Pack(parts), &token);
  return token;
}

}  // namespace lintel
