#include "absl/strings/str_split.h"
#include "platform/status/status.h"
#include "services/identity/store/operator_store.h"

namespace lintel::identity {
namespace {

// $1 tenant. Grants travel as "right=scope,right=scope".
#define GROUP_SELECT                                                                              \
  "SELECT g.id, g.display_name, g.retired, g.version,"                                            \
  "       (SELECT string_agg(r.right_name || '=' || r.scope, ',') FROM group_rights r"            \
  "         WHERE r.tenant_id = g.tenant_id AND r.group_id = g.id) AS grants,"                    \
  "       (SELECT count(*) FROM group_members m"                                                  \
  "          JOIN operators o ON o.tenant_id = m.tenant_id AND o.id = m.operator_id AND o.active" \
  "         WHERE m.tenant_id = g.tenant_id AND m.group_id = g.id) AS operator_count"             \
  "  FROM operator_groups g WHERE g.tenant_id = $1::bigint"

constexpr char kList[] = GROUP_SELECT " AND ($2::boolean OR NOT g.retired)";
constexpr char kFind[] = GROUP_SELECT " AND g.id = $2";
constexpr char kLock[] = GROUP_SELECT " AND g.id = $2 FOR UPDATE OF g";

constexpr char kInsert[] = R"sql(
  INSERT INTO operator_groups (tenant_id, id, display_name) VALUES ($1, $2, $3)
  ON CONFLICT (tenant_id, display_name) DO NOTHING RETURNING 1)sql";

// The name is free, or no row comes back.
constexpr char kUpdate[] = R"sql(
  UPDATE operator_groups SET display_name = $3, retired = $4, version = $5
   WHERE tenant_id = $1 AND id = $2
     AND NOT EXISTS (SELECT 1 FROM operator_groups o WHERE o.tenant_id = $1 AND o.display_name = $3 AND o.id <> $2)
  RETURNING 1)sql";

constexpr char kClearGrants[] = "DELETE FROM group_rights WHERE tenant_id = $1 AND group_id = $2";
constexpr char kAddGrant[] =
    "INSERT INTO group_rights (tenant_id, group_id, right_name, scope) VALUES ($1, $2, $3, $4)";

Group ToGroup(const pqxx::row& row) {
  Group group{.id = row["id"].as<std::string>(),
              .display_name = row["display_name"].as<std::string>(),
              .grants = {},
              .retired = row["retired"].as<bool>(),
              .operator_count = row["operator_count"].as<int>(),
              .version = row["version"].as<int64_t>()};
  for (const absl::string_view grant : absl::StrSplit(row["grants"].as<std::string>(""), ',', absl::SkipEmpty())) {
    const size_t equals = grant.rfind('=');
    group.grants[std::string(grant.substr(0, equals))] = static_cast<Reach>(grant[equals + 1] - '0');
  }
  return group;
}

absl::Status NameTaken(const std::string& name) {
  return WithReason(absl::StatusCode::kAlreadyExists, "NAME_TAKEN", "the name is taken", {{"displayName", name}});
}

}  // namespace

const ListSpec& GroupStore::Spec() {
  static const ListSpec kSpec{.fields = {{"display_name", {.column = "display_name", .sortable = true}}},
                              .default_order = "display_name"};
  return kSpec;
}

GroupStore::Page GroupStore::ListGroups(const List& list, bool show_retired) {
  const Listed listed = RunList(tx_, kList, {std::to_string(tx_.tenant()), show_retired ? "true" : "false"}, list);
  Page page{.groups = {}, .next_page_token = listed.next_page_token()};
  for (const pqxx::row& row : listed.rows()) page.groups.push_back(ToGroup(row));
  return page;
}

absl::StatusOr<Group> GroupStore::Find(const std::string& id) {
  const pqxx::result rows = tx_.Query(kFind, tx_.tenant(), id);
  if (rows.empty()) return Missing("operator group", id);
  return ToGroup(rows[0]);
}

absl::StatusOr<Group> GroupStore::FindForUpdate(const std::string& id) {
  const pqxx::result rows = tx_.Query(kLock, tx_.tenant(), id);
  if (rows.empty()) return Missing("operator group", id);
  return ToGroup(rows[0]);
}

absl::Status GroupStore::Insert(const Group& group) {
  if (tx_.Query(kInsert, tx_.tenant(), group.id, group.display_name).empty()) return NameTaken(group.display_name);
  WriteGrants(group);
  return absl::OkStatus();
}

absl::Status GroupStore::Update(const Group& group) {
  const pqxx::result rows =
      tx_.Query(kUpdate, tx_.tenant(), group.id, group.display_name, group.retired, group.version);
  if (rows.empty()) return NameTaken(group.display_name);
  WriteGrants(group);
  return absl::OkStatus();
}

void GroupStore::WriteGrants(const Group& group) {
  tx_.Query(kClearGrants, tx_.tenant(), group.id);
  for (const auto& [right, reach] : group.grants) {
    tx_.Query(kAddGrant, tx_.tenant(), group.id, right, static_cast<int>(reach));
  }
}

}  // namespace lintel::identity
