// Inboxes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "platform/list/run.h"
#include "platform/pg/transaction.h"

namespace lintel::identity {

struct Notice {
  std::string id;
  std::string operator_id;
  std::string source;  // The service that sent it; with `key` it makes sending idempotent.
  std::string key;
  std::string kind;
  bool task = false;
  std::string title_zh;
  std::string title_en;
  std::string body_zh;
  std::string body_en;
  std::string subject;
  Instant created_time;
  std::optional<Instant> read_time;
  std::optional<Instant> done_time;
};

class NoticeStore {
 public:
  // Everything is about the notices of one operator.
  NoticeStore(pg::Transaction& tx, std::string operator_id) : tx_(tx), operator_id_(std::move(operator_id)) {}

  struct Page {
    std::vector<Notice> notices;
    std::string next_page_token;
  };
  static const ListSpec& Spec();
  Page ListNotices(const List& list);
  absl::StatusOr<Notice> FindForUpdate(const std::string& id);
  // False when it had been sent before.
  bool Insert(const Notice& notice);
  void MarkRead(const std::string& id, Instant now);
  int MarkAllRead(Instant now);
  void Complete(const std::string& id, Instant now);

  struct Counts {
    int unread = 0;
    int open_tasks = 0;
  };
  Counts Count();

 private:
  pg::Transaction& tx_;
  const std::string operator_id_;
};

}  // namespace lintel::identity
