// Lists as AIP-132, 158 and 160 promise them: filter, order_by, page_size and an opaque page_token that is the key of
// the last row, bound to filter and order. Each list declares a closed map of fields; nothing a client writes becomes
// SQL.
//
//   const ListSpec kRooms{.fields = {{"state", {.column = "state"}},
//                                    {"floor", {.column = "floor", .type = FieldType::kInteger, .sortable = true}}},
//                         .default_order = "floor desc", .key = "id"};
//   ASSIGN_OR_RETURN(const List list, MakeList(kRooms, ListRequestOf(request)));
//   ASSIGN_OR_RETURN(Listed listed, RunList(tx, kSelect, {project_id}, list));           // platform/list/run.h
//   for (const auto& row : listed.rows()) ...;  response.set_next_page_token(listed.next_page_token());
#pragma once

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace lintel {

enum class FieldType {
  kText,     // = and != with `*` at an end for anything, < <= > >=, and `:` for "contains"
  kCode,     // One of `codes`, which map the API's word to the column's value; = and != only
  kInteger,  // 64 bits
  kMoney,    // Fen: "price > 5000", or "price.minorUnits > 5000" as the resource has it
  kBoolean,  // true, false
  kInstant,  // RFC 3339
  kDate,     // 2026-11-23
  kId,       // A resource name of `pattern` over a uuid column ("teams/*"); an empty value means none
  kIdSet,    // `:` or `=`, a resource name of `pattern` contained in a uuid[] column
};

struct ListField {
  std::string column;  // An output column of the select.
  FieldType type = FieldType::kText;
  bool sortable = false;  // Needs a column that is never null.
  std::string pattern = {};
  std::map<std::string, std::string> codes = {};
};

struct ListSpec {
  std::map<std::string, ListField> fields;  // By proto name, "create_time"; "createTime" is understood too.
  std::string default_order;                // As a client would write it, "create_time desc".
  std::string key = "id";                   // A unique uuid column that ends every order.
};

struct ListRequest {
  std::string filter;
  std::string order_by;
  int page_size = 0;
  std::string page_token;
  std::string binding;  // What else must not change between pages: the parent, a query. The token is bound to it.
};

inline constexpr int kDefaultPageSize = 50;
inline constexpr int kLargestPageSize = 500;

// The request of any List message; fields it does not have stay empty.
template <class Request>
ListRequest ListRequestOf(const Request& request, std::string binding = "") {
  ListRequest made{.page_size = request.page_size(), .page_token = request.page_token(), .binding = std::move(binding)};
  if constexpr (requires { request.filter(); }) made.filter = request.filter();
  if constexpr (requires { request.order_by(); }) made.order_by = request.order_by();
  return made;
}

// What to append to a select, and how to make the next token.
class List {
 public:
  struct Statement {
    std::string sql;
    std::vector<std::string> parameters;
  };
  // `select` with its own parameters becomes a sub-select, so fields name its output columns; one row more than the
  // page is read. Columns cursor_0, cursor_1 ... are added at the end.
  Statement Around(const std::string& select, std::vector<std::string> parameters) const;

  // The token after a row whose cursor columns are `values`.
  std::string TokenAfter(const std::vector<std::string>& values) const;

  int page_size() const { return page_size_; }
  size_t cursor_columns() const { return order_.size(); }

 private:
  friend absl::StatusOr<List> MakeList(const ListSpec& spec, const ListRequest& request);
  struct Key {
    std::string column;
    FieldType type;
    bool descending;
  };
  std::string AfterCursor(std::vector<std::string>& parameters) const;

  std::string where_;                // Placeholders are `?`, renumbered by Around.
  std::vector<std::string> values_;  // Of where_, in order.
  std::vector<Key> order_;           // Ends with the key.
  std::vector<std::string> after_;   // Cursor of the token; empty on the first page.
  std::string binding_;
  int page_size_ = kDefaultPageSize;
};

// INVALID_ARGUMENT that names filter, order_by, page_size or page_token.
absl::StatusOr<List> MakeList(const ListSpec& spec, const ListRequest& request);

}  // namespace lintel
