#include "platform/list/run.h"

#include "absl/strings/str_cat.h"

namespace lintel {

Listed::Listed(pqxx::result result, const List& list) {
  const bool more = static_cast<int>(result.size()) > list.page_size();
  for (const pqxx::row& row : result) {
    if (static_cast<int>(rows_.size()) == list.page_size()) break;
    rows_.push_back(row);
  }
  if (!more) return;
  std::vector<std::string> cursor;
  for (size_t i = 0; i < list.cursor_columns(); ++i) {
    cursor.push_back(rows_.back()[absl::StrCat("cursor_", i)].as<std::string>());
  }
  next_page_token_ = list.TokenAfter(cursor);
}

Listed RunList(pg::Transaction& tx, const std::string& select, std::vector<std::string> parameters, const List& list) {
  const List::Statement statement = list.Around(select, std::move(parameters));
  return Listed(tx.QueryText(statement.sql, statement.parameters), list);
}

}  // namespace lintel
