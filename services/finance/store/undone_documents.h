// The documents of sales whose orders were undone, in SQL. An undo may overtake what it undoes: a call that timed out
// can still be on its way. Works inside the caller's transaction.
#pragma once

#include <string>

#include "platform/clock/clock.h"
#include "platform/pg/transaction.h"

namespace lintel::finance {

class UndoneDocuments {
 public:
  UndoneDocuments(pg::Transaction& tx, int64_t tenant) : tx_(tx), tenant_(tenant) {}

  // Before the first look at the document. Whoever else orders or undoes it waits until the transaction ends.
  void Lock(const std::string& document_id);
  bool Contains(const std::string& document_id);
  // Adding it twice is harmless.
  void Add(const std::string& document_id, Instant now);

 private:
  pg::Transaction& tx_;
  const int64_t tenant_;
};

}  // namespace lintel::finance
