#include "services/identity/store/operator_store.h"

#include "platform/status/status.h"
#include "services/identity/store/rows.h"

namespace lintel::identity {
namespace {

// $1 tenant, $2 now
#define OPERATOR_SELECT                                                                                             \
  "SELECT o.id, o.sign_in_name, o.display_name, o.language, o.department_id, o.team_id, o.all_projects,"            \
  "       array_to_string(o.projects, ',') AS projects, o.active, o.password_change_required, o.last_sign_in_time," \
  "       o.created_time, o.updated_time, o.version,"                                                               \
  "       CASE WHEN o.active THEN 'active' ELSE 'disabled' END AS state,"                                           \
  "       (SELECT string_agg(m.group_id::text, ',' ORDER BY m.group_id) FROM group_members m"                       \
  "         WHERE m.tenant_id = o.tenant_id AND m.operator_id = o.id) AS groups,"                                   \
  "       (SELECT f.locked_until FROM sign_in_failures f"                                                           \
  "         WHERE f.subject = sha256(convert_to('account:' || o.sign_in_name, 'UTF8'))"                             \
  "           AND f.locked_until > $2::timestamptz) AS locked_until"                                                \
  "  FROM operators o WHERE o.tenant_id = $1::bigint"

constexpr char kList[] = OPERATOR_SELECT;
constexpr char kFind[] = OPERATOR_SELECT " AND o.id = $3";
constexpr char kLock[] = OPERATOR_SELECT " AND o.id = $3 FOR UPDATE OF o";

constexpr char kInsert[] = R"sql(
  INSERT INTO operators (tenant_id, id, sign_in_name, display_name, password_hash, password_change_required, language,
                         department_id, team_id, all_projects, projects, created_time, updated_time)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::uuid[], $12, $12)
  ON CONFLICT (sign_in_name) DO NOTHING RETURNING 1)sql";

constexpr char kUpdate[] = R"sql(
  UPDATE operators
     SET display_name = $3, language = $4, department_id = $5, team_id = $6, all_projects = $7, projects = $8::uuid[],
         active = $9, updated_time = $10, version = $11
   WHERE tenant_id = $1 AND id = $2)sql";

constexpr char kClearGroups[] = "DELETE FROM group_members WHERE tenant_id = $1 AND operator_id = $2";
constexpr char kAddGroups[] = R"sql(
  INSERT INTO group_members (tenant_id, operator_id, group_id) SELECT $1, $2, unnest($3::uuid[]))sql";

constexpr char kPasswordHash[] = "SELECT password_hash FROM operators WHERE tenant_id = $1 AND id = $2";
constexpr char kSetPassword[] = R"sql(
  UPDATE operators SET password_hash = $3, password_change_required = $4, updated_time = $5, version = version + 1
   WHERE tenant_id = $1 AND id = $2)sql";
constexpr char kSignedIn[] = "UPDATE operators SET last_sign_in_time = $3 WHERE tenant_id = $1 AND id = $2";
constexpr char kUnlock[] = "DELETE FROM sign_in_failures WHERE subject = sha256(convert_to('account:' || $1, 'UTF8'))";

constexpr char kGrants[] = R"sql(
  SELECT r.right_name, max(r.scope)
    FROM group_members m
    JOIN operator_groups g ON g.tenant_id = m.tenant_id AND g.id = m.group_id AND NOT g.retired
    JOIN group_rights r ON r.tenant_id = m.tenant_id AND r.group_id = m.group_id
   WHERE m.tenant_id = $1 AND m.operator_id = $2
   GROUP BY r.right_name)sql";

constexpr char kLockTenant[] = "SELECT 1 FROM tenants WHERE tenant_id = $1 FOR UPDATE";

constexpr char kHolders[] = R"sql(
  SELECT DISTINCT o.id
    FROM operators o
    JOIN group_members m ON m.tenant_id = o.tenant_id AND m.operator_id = o.id
    JOIN operator_groups g ON g.tenant_id = m.tenant_id AND g.id = m.group_id AND NOT g.retired
    JOIN group_rights r ON r.tenant_id = m.tenant_id AND r.group_id = m.group_id
   WHERE o.tenant_id = $1 AND o.active AND r.right_name = $2 AND ($3 = '' OR o.team_id::text = $3)
   ORDER BY o.id LIMIT 1000)sql";

constexpr char kManagers[] = R"sql(
  SELECT 1
    FROM operators o
    JOIN group_members m ON m.tenant_id = o.tenant_id AND m.operator_id = o.id
    JOIN operator_groups g ON g.tenant_id = m.tenant_id AND g.id = m.group_id AND NOT g.retired
    JOIN group_rights r ON r.tenant_id = m.tenant_id AND r.group_id = m.group_id
   WHERE o.tenant_id = $1 AND o.active AND r.right_name = $2 AND r.scope = 4 LIMIT 1)sql";

constexpr char kExisting[] = "SELECT id FROM operators WHERE tenant_id = $1 AND id = ANY($2::uuid[]) ORDER BY id";

constexpr char kPreferences[] = "SELECT key, value FROM preferences WHERE tenant_id = $1 AND operator_id = $2";
constexpr char kSetPreference[] = R"sql(
  INSERT INTO preferences (tenant_id, operator_id, key, value) VALUES ($1, $2, $3, $4)
  ON CONFLICT (tenant_id, operator_id, key) DO UPDATE SET value = excluded.value)sql";
constexpr char kDropPreference[] = "DELETE FROM preferences WHERE tenant_id = $1 AND operator_id = $2 AND key = $3";

Operator ToOperator(const pqxx::row& row) {
  return {.id = row["id"].as<std::string>(),
          .sign_in_name = row["sign_in_name"].as<std::string>(),
          .display_name = row["display_name"].as<std::string>(),
          .language = row["language"].as<std::string>(),
          .department_id = pg::ToOptionalText(row["department_id"]),
          .team_id = pg::ToOptionalText(row["team_id"]),
          .group_ids = ToList(row["groups"]),
          .all_projects = row["all_projects"].as<bool>(),
          .project_ids = ToList(row["projects"]),
          .active = row["active"].as<bool>(),
          .password_change_required = row["password_change_required"].as<bool>(),
          .lock_end_time = pg::ToOptionalInstant(row["locked_until"]),
          .last_sign_in_time = pg::ToOptionalInstant(row["last_sign_in_time"]),
          .created_time = pg::ToInstant(row["created_time"]),
          .updated_time = pg::ToInstant(row["updated_time"]),
          .version = row["version"].as<int64_t>()};
}

}  // namespace

const ListSpec& OperatorStore::Spec() {
  static const ListSpec kSpec{
      .fields =
          {{"sign_in_name", {.column = "sign_in_name", .sortable = true}},
           {"display_name", {.column = "display_name", .sortable = true}},
           {"create_time", {.column = "created_time", .type = FieldType::kInstant, .sortable = true}},
           {"team", {.column = "team_id", .type = FieldType::kId, .pattern = "teams/*"}},
           {"department", {.column = "department_id", .type = FieldType::kId, .pattern = "departments/*"}},
           {"state",
            {.column = "state", .type = FieldType::kCode, .codes = {{"ACTIVE", "active"}, {"DISABLED", "disabled"}}}}},
      .default_order = "sign_in_name"};
  return kSpec;
}

OperatorStore::Page OperatorStore::ListOperators(const List& list) {
  const Listed listed = RunList(tx_, kList, {std::to_string(tx_.tenant()), ToRfc3339(now_)}, list);
  Page page{.operators = {}, .next_page_token = listed.next_page_token()};
  for (const pqxx::row& row : listed.rows()) page.operators.push_back(ToOperator(row));
  return page;
}

absl::StatusOr<Operator> OperatorStore::Find(const std::string& id) {
  const pqxx::result rows = tx_.Query(kFind, tx_.tenant(), now_, id);
  if (rows.empty()) return Missing("operator", id);
  return ToOperator(rows[0]);
}

absl::StatusOr<Operator> OperatorStore::FindForUpdate(const std::string& id) {
  const pqxx::result rows = tx_.Query(kLock, tx_.tenant(), now_, id);
  if (rows.empty()) return Missing("operator", id);
  return ToOperator(rows[0]);
}

absl::Status OperatorStore::Insert(const Operator& made, const std::string& password_hash) {
  const pqxx::result rows =
      tx_.Query(kInsert, tx_.tenant(), made.id, made.sign_in_name, made.display_name, password_hash,
                made.password_change_required, made.language, made.department_id, made.team_id, made.all_projects,
                pg::ArrayOf(made.project_ids), made.created_time);
  if (rows.empty()) {
    return WithReason(absl::StatusCode::kAlreadyExists, "SIGN_IN_NAME_TAKEN", "the sign-in name is taken",
                      {{"signInName", made.sign_in_name}});
  }
  WriteGroups(made);
  return absl::OkStatus();
}

void OperatorStore::Update(const Operator& changed) {
  tx_.Query(kUpdate, tx_.tenant(), changed.id, changed.display_name, changed.language, changed.department_id,
            changed.team_id, changed.all_projects, pg::ArrayOf(changed.project_ids), changed.active, now_,
            changed.version);
  WriteGroups(changed);
}

void OperatorStore::WriteGroups(const Operator& changed) {
  tx_.Query(kClearGroups, tx_.tenant(), changed.id);
  tx_.Query(kAddGroups, tx_.tenant(), changed.id, pg::ArrayOf(changed.group_ids));
}

std::string OperatorStore::PasswordHash(const std::string& id) {
  const pqxx::result rows = tx_.Query(kPasswordHash, tx_.tenant(), id);
  return rows.empty() ? "" : rows[0][0].as<std::string>();
}

void OperatorStore::SetPassword(const std::string& id, const std::string& hash, bool change_required) {
  tx_.Query(kSetPassword, tx_.tenant(), id, hash, change_required, now_);
}

void OperatorStore::RecordSignIn(const std::string& id) { tx_.Query(kSignedIn, tx_.tenant(), id, now_); }

void OperatorStore::Unlock(const std::string& sign_in_name) { tx_.Query(kUnlock, sign_in_name); }

Grants OperatorStore::GrantsOf(const std::string& operator_id) {
  Grants grants;
  for (const auto& row : tx_.Query(kGrants, tx_.tenant(), operator_id)) {
    grants[row[0].as<std::string>()] = static_cast<Reach>(row[1].as<int>());
  }
  return grants;
}

void OperatorStore::LockTenant() { tx_.Query(kLockTenant, tx_.tenant()); }

absl::Status OperatorStore::CheckSomebodyManages() {
  if (!tx_.Query(kManagers, tx_.tenant(), kManageOperators).empty()) return absl::OkStatus();
  return Refused("LAST_ADMIN", "nobody could manage operators any more");
}

std::vector<std::string> OperatorStore::HoldersOf(const std::string& right, const std::string& team_id) {
  std::vector<std::string> ids;
  for (const auto& row : tx_.Query(kHolders, tx_.tenant(), right, team_id)) ids.push_back(row[0].as<std::string>());
  return ids;
}

std::vector<std::string> OperatorStore::Existing(const std::vector<std::string>& ids) {
  std::vector<std::string> existing;
  for (const auto& row : tx_.Query(kExisting, tx_.tenant(), pg::ArrayOf(ids))) {
    existing.push_back(row[0].as<std::string>());
  }
  return existing;
}

std::map<std::string, std::string> OperatorStore::Preferences(const std::string& operator_id) {
  std::map<std::string, std::string> values;
  for (const auto& row : tx_.Query(kPreferences, tx_.tenant(), operator_id)) {
    values[row[0].as<std::string>()] = row[1].as<std::string>();
  }
  return values;
}

void OperatorStore::SetPreference(const std::string& operator_id, const std::string& key, const std::string& value) {
  if (value.empty()) {
    tx_.Query(kDropPreference, tx_.tenant(), operator_id, key);
  } else {
    tx_.Query(kSetPreference, tx_.tenant(), operator_id, key, value);
  }
}

}  // namespace lintel::identity
