#include "services/identity/store/notice_store.h"

#include "platform/status/status.h"

namespace lintel::identity {
namespace {

#define NOTICE_SELECT                                                                                             \
  "SELECT id, operator_id, source, key, kind, task, title_zh, title_en, body_zh, body_en, subject, created_time," \
  "       read_time, done_time, read_time IS NOT NULL AS read, done_time IS NOT NULL AS done"                     \
  "  FROM notices WHERE tenant_id = $1::bigint AND operator_id = $2::uuid"

constexpr char kList[] = NOTICE_SELECT;
constexpr char kLock[] = NOTICE_SELECT " AND id = $3 FOR UPDATE";

constexpr char kInsert[] = R"sql(
  INSERT INTO notices (tenant_id, id, operator_id, source, key, kind, task, title_zh, title_en, body_zh, body_en,
                       subject, created_time)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
  ON CONFLICT (tenant_id, operator_id, source, key) DO NOTHING RETURNING 1)sql";

constexpr char kMarkRead[] = R"sql(
  UPDATE notices SET read_time = $4 WHERE tenant_id = $1 AND operator_id = $2 AND id = $3 AND read_time IS NULL)sql";
constexpr char kMarkAllRead[] = R"sql(
  UPDATE notices SET read_time = $3 WHERE tenant_id = $1 AND operator_id = $2 AND read_time IS NULL)sql";
constexpr char kComplete[] = R"sql(
  UPDATE notices SET done_time = $4, read_time = coalesce(read_time, $4)
   WHERE tenant_id = $1 AND operator_id = $2 AND id = $3 AND done_time IS NULL)sql";

constexpr char kCount[] = R"sql(
  SELECT (SELECT count(*) FROM notices WHERE tenant_id = $1 AND operator_id = $2 AND read_time IS NULL),
         (SELECT count(*) FROM notices WHERE tenant_id = $1 AND operator_id = $2 AND task AND done_time IS NULL))sql";

Notice ToNotice(const pqxx::row& row) {
  return {.id = row["id"].as<std::string>(),
          .operator_id = row["operator_id"].as<std::string>(),
          .source = row["source"].as<std::string>(),
          .key = row["key"].as<std::string>(),
          .kind = row["kind"].as<std::string>(),
          .task = row["task"].as<bool>(),
          .title_zh = row["title_zh"].as<std::string>(),
          .title_en = row["title_en"].as<std::string>(),
          .body_zh = row["body_zh"].as<std::string>(),
          .body_en = row["body_en"].as<std::string>(),
          .subject = row["subject"].as<std::string>(),
          .created_time = pg::ToInstant(row["created_time"]),
          .read_time = pg::ToOptionalInstant(row["read_time"]),
          .done_time = pg::ToOptionalInstant(row["done_time"])};
}

}  // namespace

const ListSpec& NoticeStore::Spec() {
  static const ListSpec kSpec{
      .fields = {{"create_time", {.column = "created_time", .type = FieldType::kInstant, .sortable = true}},
                 {"kind", {.column = "kind"}},
                 {"task", {.column = "task", .type = FieldType::kBoolean}},
                 {"read", {.column = "read", .type = FieldType::kBoolean}},
                 {"done", {.column = "done", .type = FieldType::kBoolean}}},
      .default_order = "create_time desc"};
  return kSpec;
}

NoticeStore::Page NoticeStore::ListNotices(const List& list) {
  const Listed listed = RunList(tx_, kList, {std::to_string(tx_.tenant()), operator_id_}, list);
  Page page{.notices = {}, .next_page_token = listed.next_page_token()};
  for (const pqxx::row& row : listed.rows()) page.notices.push_back(ToNotice(row));
  return page;
}

absl::StatusOr<Notice> NoticeStore::FindForUpdate(const std::string& id) {
  const pqxx::result rows = tx_.Query(kLock, tx_.tenant(), operator_id_, id);
  if (rows.empty()) return Missing("notice", id);
  return ToNotice(rows[0]);
}

bool NoticeStore::Insert(const Notice& n) {
  return !tx_.Query(kInsert, tx_.tenant(), n.id, operator_id_, n.source, n.key, n.kind, n.task, n.title_zh, n.title_en,
                    n.body_zh, n.body_en, n.subject, n.created_time)
              .empty();
}

void NoticeStore::MarkRead(const std::string& id, Instant now) {
  tx_.Query(kMarkRead, tx_.tenant(), operator_id_, id, now);
}

int NoticeStore::MarkAllRead(Instant now) {
  return static_cast<int>(tx_.Query(kMarkAllRead, tx_.tenant(), operator_id_, now).affected_rows());
}

void NoticeStore::Complete(const std::string& id, Instant now) {
  tx_.Query(kComplete, tx_.tenant(), operator_id_, id, now);
}

NoticeStore::Counts NoticeStore::Count() {
  const pqxx::row row = tx_.Query(kCount, tx_.tenant(), operator_id_)[0];
  return {.unread = row[0].as<int>(), .open_tasks = row[1].as<int>()};
}

}  // namespace lintel::identity
