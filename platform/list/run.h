// Runs a list (list.h) in a transaction.
#pragma once

#include <string>
#include <vector>

#include "platform/list/list.h"
#include "platform/pg/transaction.h"

namespace lintel {

// One page of rows and the token of the next.
class Listed {
 public:
  Listed(pqxx::result result, const List& list);

  // At most page_size rows, with the columns of the select.
  const std::vector<pqxx::row>& rows() const { return rows_; }
  // Empty on the last page.
  const std::string& next_page_token() const { return next_page_token_; }

 private:
  std::vector<pqxx::row> rows_;
  std::string next_page_token_;
};

// `select` is a text of the program, with $1... for `parameters` (as PostgreSQL text, cast where needed: "$1::bigint").
Listed RunList(pg::Transaction& tx, const std::string& select, std::vector<std::string> parameters, const List& list);

}  // namespace lintel
