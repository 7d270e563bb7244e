#include "services/identity/store/file_store.h"

#include "platform/status/status.h"
#include "services/identity/store/rows.h"

namespace lintel::identity {
namespace {

constexpr char kInsert[] = R"sql(
  INSERT INTO files (tenant_id, id, operator_id, filename, size_bytes, sha256_hex, wrapped_key, content_type,
                     scan_state, created_time, expire_time)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11))sql";

#define FILE_SELECT                                                                                             \
  "SELECT tenant_id, id, operator_id, filename, size_bytes, sha256_hex, wrapped_key, content_type, scan_state," \
  "       array_to_string(taken_by, ',') AS taken_by, created_time, expire_time"                                \
  "  FROM files WHERE tenant_id = $1 AND id = $2"

constexpr char kFind[] = FILE_SELECT;
constexpr char kLock[] = FILE_SELECT " FOR UPDATE";

constexpr char kMarkTaken[] = R"sql(
  UPDATE files SET taken_by = array_append(taken_by, $3)
   WHERE tenant_id = $1 AND id = $2 AND NOT $3 = ANY(taken_by))sql";

constexpr char kDropUnused[] = R"sql(
  DELETE FROM files
   WHERE (tenant_id, id) IN (SELECT tenant_id, id FROM files WHERE taken_by = '{}' AND expire_time <= $1
                              ORDER BY expire_time LIMIT 100 FOR UPDATE SKIP LOCKED)
  RETURNING id)sql";

absl::StatusOr<File> ToFile(const pqxx::result& rows, const std::string& id) {
  if (rows.empty()) return Missing("file", id);
  const pqxx::row row = rows[0];
  return File{.blob = {.id = row["id"].as<std::string>(),
                       .size_bytes = row["size_bytes"].as<int64_t>(),
                       .sha256 = row["sha256_hex"].as<std::string>(),
                       .wrapped_key = row["wrapped_key"].as<std::string>()},
              .tenant = row["tenant_id"].as<int64_t>(),
              .operator_id = row["operator_id"].as<std::string>(),
              .filename = row["filename"].as<std::string>(),
              .content_type = row["content_type"].as<std::string>(),
              .scan_state = row["scan_state"].as<std::string>(),
              .taken_by = ToList(row["taken_by"]),
              .created_time = pg::ToInstant(row["created_time"]),
              .expire_time = pg::ToInstant(row["expire_time"])};
}

}  // namespace

void FileStore::Insert(const File& file) {
  tx_.Query(kInsert, tx_.tenant(), file.blob.id, file.operator_id, file.filename, file.blob.size_bytes,
            file.blob.sha256, file.blob.wrapped_key, file.content_type, file.scan_state, file.created_time,
            file.expire_time);
}

absl::StatusOr<File> FileStore::Find(const std::string& id) { return ToFile(tx_.Query(kFind, tx_.tenant(), id), id); }

absl::StatusOr<File> FileStore::FindForUpdate(const std::string& id) {
  return ToFile(tx_.Query(kLock, tx_.tenant(), id), id);
}

void FileStore::MarkTaken(const std::string& id, const std::string& service) {
  tx_.Query(kMarkTaken, tx_.tenant(), id, service);
}

std::vector<std::string> FileStore::DropUnused(Instant now) {
  std::vector<std::string> ids;
  for (const auto& row : tx_.Query(kDropUnused, now)) ids.push_back(row[0].as<std::string>());
  return ids;
}

}  // namespace lintel::identity
