#include "services/identity/store/code_store.h"

#include "platform/status/status.h"

namespace lintel::identity {
namespace {

constexpr char kList[] = R"sql(
  SELECT code_table, code, label_zh, label_en, position, retired, version FROM codes
   WHERE tenant_id = $1 AND code_table = $2 AND ($3 OR NOT retired) ORDER BY position, code LIMIT 500)sql";

constexpr char kLock[] = R"sql(
  SELECT code_table, code, label_zh, label_en, position, retired, version FROM codes
   WHERE tenant_id = $1 AND code_table = $2 AND code = $3 FOR UPDATE)sql";

constexpr char kCount[] = "SELECT count(*) FROM codes WHERE tenant_id = $1 AND code_table = $2";

constexpr char kInsert[] = R"sql(
  INSERT INTO codes (tenant_id, code_table, code, label_zh, label_en, position)
  VALUES ($1, $2, $3, $4, $5,
          CASE WHEN $6 > 0 THEN $6
               ELSE (SELECT coalesce(max(position), 0) + 10 FROM codes WHERE tenant_id = $1 AND code_table = $2) END)
  ON CONFLICT (tenant_id, code_table, code) DO NOTHING RETURNING position)sql";

constexpr char kUpdate[] = R"sql(
  UPDATE codes SET label_zh = $4, label_en = $5, position = $6, retired = $7, version = $8
   WHERE tenant_id = $1 AND code_table = $2 AND code = $3)sql";

constexpr char kSettings[] = "SELECT key, value, version FROM settings WHERE tenant_id = $1";
constexpr char kFeatures[] = "SELECT key, enabled::text, version FROM features WHERE tenant_id = $1";

constexpr char kWriteSetting[] = R"sql(
  INSERT INTO settings (tenant_id, key, value, version) VALUES ($1, $2, $3, $4)
  ON CONFLICT (tenant_id, key) DO UPDATE SET value = excluded.value, version = excluded.version
    WHERE settings.version = excluded.version - 1
  RETURNING 1)sql";

constexpr char kWriteFeature[] = R"sql(
  INSERT INTO features (tenant_id, key, enabled, version) VALUES ($1, $2, $3::boolean, $4)
  ON CONFLICT (tenant_id, key) DO UPDATE SET enabled = excluded.enabled, version = excluded.version
    WHERE features.version = excluded.version - 1
  RETURNING 1)sql";

Code ToCode(const pqxx::row& row) {
  return {.code_table = row["code_table"].as<std::string>(),
          .code = row["code"].as<std::string>(),
          .label_zh = row["label_zh"].as<std::string>(),
          .label_en = row["label_en"].as<std::string>(),
          .position = row["position"].as<int>(),
          .retired = row["retired"].as<bool>(),
          .version = row["version"].as<int64_t>()};
}

std::map<std::string, StoredValue> ToValues(const pqxx::result& rows) {
  std::map<std::string, StoredValue> values;
  for (const auto& row : rows) {
    values[row[0].as<std::string>()] = {.value = row[1].as<std::string>(), .version = row[2].as<int64_t>()};
  }
  return values;
}

}  // namespace

std::vector<Code> CodeStore::ListCodes(const std::string& code_table, bool show_retired) {
  std::vector<Code> codes;
  for (const auto& row : tx_.Query(kList, tx_.tenant(), code_table, show_retired)) codes.push_back(ToCode(row));
  return codes;
}

absl::StatusOr<Code> CodeStore::FindForUpdate(const std::string& code_table, const std::string& code) {
  const pqxx::result rows = tx_.Query(kLock, tx_.tenant(), code_table, code);
  if (rows.empty()) return Missing("code", code_table + "/" + code);
  return ToCode(rows[0]);
}

absl::Status CodeStore::Insert(Code& code) {
  if (tx_.Query(kCount, tx_.tenant(), code.code_table)[0][0].as<int>() >= kMostPerTable) {
    return WithReason(absl::StatusCode::kResourceExhausted, "TOO_MANY", "there are 500 already",
                      {{"kind", "code"}, {"most", std::to_string(kMostPerTable)}});
  }
  const pqxx::result rows =
      tx_.Query(kInsert, tx_.tenant(), code.code_table, code.code, code.label_zh, code.label_en, code.position);
  if (rows.empty()) {
    return WithReason(absl::StatusCode::kAlreadyExists, "TABLE_CODE_TAKEN", "the code exists", {{"code", code.code}});
  }
  code.position = rows[0][0].as<int>();
  return absl::OkStatus();
}

void CodeStore::Update(const Code& code) {
  tx_.Query(kUpdate, tx_.tenant(), code.code_table, code.code, code.label_zh, code.label_en, code.position,
            code.retired, code.version);
}

std::map<std::string, StoredValue> SettingStore::ListSettings() { return ToValues(tx_.Query(kSettings, tx_.tenant())); }
std::map<std::string, StoredValue> SettingStore::ListFeatures() { return ToValues(tx_.Query(kFeatures, tx_.tenant())); }

bool SettingStore::WriteSetting(const std::string& key, const StoredValue& value) {
  return !tx_.Query(kWriteSetting, tx_.tenant(), key, value.value, value.version).empty();
}

bool SettingStore::WriteFeature(const std::string& key, const StoredValue& value) {
  return !tx_.Query(kWriteFeature, tx_.tenant(), key, value.value, value.version).empty();
}

}  // namespace lintel::identity
