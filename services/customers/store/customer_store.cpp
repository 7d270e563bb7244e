#include "services/customers/store/customer_store.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "platform/status/status.h"

namespace lintel::customers {
namespace {

// $1 tenant, $2 reach, $3 own operator, $4 team, $5 projects
#define CUSTOMER_COLUMNS                                                                                           \
  "c.id, c.display_name, c.wrapped_key, c.sealed, c.id_kind, c.gender, c.language, c.source, c.level,"             \
  " array_to_string(c.tags, E'\\x1f') AS tag_list, array_to_string(c.projects, ',') AS project_list, c.projects,"  \
  " c.owner_id, c.owner_team, c.protection_end_time, c.do_not_call, c.in_contract, c.erased, c.last_contact_time," \
  " c.created_time, c.updated_time, c.version"
#define IN_SCOPE                                                            \
  "($2::text = 'tenant'"                                                    \
  " OR ($2 IN ('own', 'team') AND c.owner_id = nullif($3::text, '')::uuid)" \
  " OR ($2 = 'team' AND c.owner_team = nullif($4::text, '')::uuid)"         \
  " OR ($2 = 'project' AND ($5::text = '*' OR c.projects && string_to_array($5, ',')::uuid[])))"

constexpr char kList[] =
    "SELECT " CUSTOMER_COLUMNS " FROM customers c WHERE c.tenant_id = $1::bigint AND NOT c.erased AND " IN_SCOPE;
constexpr char kFind[] =
    "SELECT " CUSTOMER_COLUMNS " FROM customers c WHERE c.tenant_id = $1 AND c.id = $6 AND " IN_SCOPE;
constexpr char kLock[] =
    "SELECT " CUSTOMER_COLUMNS " FROM customers c WHERE c.tenant_id = $1 AND c.id = $6 AND " IN_SCOPE " FOR UPDATE";
constexpr char kByNumber[] = "SELECT " CUSTOMER_COLUMNS
                             " FROM phones p JOIN customers c ON c.tenant_id = p.tenant_id AND c.id = p.customer_id"
                             " WHERE p.tenant_id = $1 AND p.digest = $2";
constexpr char kHolder[] = "SELECT c.id, c.display_name, c.owner_team, " IN_SCOPE
                           " AS visible FROM phones p"
                           " JOIN customers c ON c.tenant_id = p.tenant_id AND c.id = p.customer_id"
                           " WHERE p.tenant_id = $1 AND p.digest = $6";

constexpr char kInsert[] = R"sql(
  INSERT INTO customers (tenant_id, id, display_name, wrapped_key, sealed, id_kind, gender, language, source, level,
                         tags, projects, owner_id, owner_team, protection_end_time, do_not_call, last_contact_time,
                         created_time, updated_time)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::text[], $12::uuid[], $13, $14, $15, $16, $17, $17, $17))sql";

constexpr char kUpdate[] = R"sql(
  UPDATE customers
     SET display_name = $3, wrapped_key = $4, sealed = $5, id_kind = $6, gender = $7, language = $8, source = $9,
         level = $10, tags = $11::text[], projects = $12::uuid[], owner_id = $13, owner_team = $14,
         protection_end_time = $15, do_not_call = $16, erased = $17, updated_time = $18, version = $19
   WHERE tenant_id = $1 AND id = $2)sql";

constexpr char kAddNumber[] = R"sql(
  INSERT INTO phones (tenant_id, digest, customer_id) VALUES ($1, $2, $3)
  ON CONFLICT (tenant_id, digest) DO UPDATE SET digest = excluded.digest WHERE phones.customer_id = $3 RETURNING 1)sql";
constexpr char kDropNumbers[] = "DELETE FROM phones WHERE tenant_id = $1 AND customer_id = $2";
constexpr char kDropTokens[] = "DELETE FROM tokens WHERE tenant_id = $1 AND customer_id = $2";
constexpr char kAddTokens[] = R"sql(
  INSERT INTO tokens (tenant_id, token, customer_id) SELECT $1, unnest($2::text[]), $3 ON CONFLICT DO NOTHING)sql";

constexpr char kNames[] = R"sql(
  SELECT id, display_name FROM customers WHERE tenant_id = $1 AND id = ANY($2::uuid[]) AND NOT erased)sql";

constexpr char kContact[] = R"sql(
  UPDATE customers SET last_contact_time = greatest(last_contact_time, $3) WHERE tenant_id = $1 AND id = $2)sql";

constexpr char kOperator[] = "SELECT team_id, active FROM operators WHERE tenant_id = $1 AND id = $2";

constexpr char kTagGap = '\x1f';

std::string IdOf(const std::string& name) { return name.substr(name.find('/') + 1); }

std::string OwnId(const Scope& scope) {
  return scope.operator_name.rfind("operators/", 0) == 0 ? IdOf(scope.operator_name) : "";
}
std::string TeamId(const Scope& scope) { return scope.team.empty() ? "" : IdOf(scope.team); }
std::string Projects(const Scope& scope) { return scope.all_projects ? "*" : absl::StrJoin(scope.project_ids, ","); }

}  // namespace

std::string ReachWord(const Scope& scope) {
  switch (scope.reach) {
    case Scope::Reach::kTenant:
      return "tenant";
    case Scope::Reach::kProject:
      return "project";
    case Scope::Reach::kTeam:
      return "team";
    case Scope::Reach::kOwn:
      return "own";
  }
  return "own";
}

const ListSpec& CustomerStore::Spec() {
  static const ListSpec kSpec{
      .fields = {{"display_name", {.column = "display_name", .sortable = true}},
                 {"create_time", {.column = "created_time", .type = FieldType::kInstant, .sortable = true}},
                 {"update_time", {.column = "updated_time", .type = FieldType::kInstant, .sortable = true}},
                 {"last_contact_time", {.column = "last_contact_time", .type = FieldType::kInstant, .sortable = true}},
                 {"owner", {.column = "owner_id", .type = FieldType::kId, .pattern = "operators/*"}},
                 {"owner_team", {.column = "owner_team", .type = FieldType::kId, .pattern = "teams/*"}},
                 {"project", {.column = "projects", .type = FieldType::kIdSet, .pattern = "projects/*"}},
                 {"source", {.column = "source"}},
                 {"level", {.column = "level"}},
                 {"do_not_call", {.column = "do_not_call", .type = FieldType::kBoolean}}},
      .default_order = "create_time desc"};
  return kSpec;
}

absl::StatusOr<CustomerStore::Page> CustomerStore::ListCustomers(const List& list, const Query& query) {
  std::string select = kList;
  std::vector<std::string> parameters{std::to_string(tx_.tenant()), ReachWord(scope_), OwnId(scope_), TeamId(scope_),
                                      Projects(scope_)};
  for (const auto& term : query) {
    std::string any;
    for (const TokenRange& range : term) {
      parameters.push_back(range.from);
      parameters.push_back(range.to);
      absl::StrAppend(&any, any.empty() ? "" : " OR ", "(t.token ~>=~ $", parameters.size() - 1,
                      "::text AND t.token ~<~ $", parameters.size(), "::text)");
    }
    absl::StrAppend(&select, " AND c.id IN (SELECT t.customer_id FROM tokens t WHERE t.tenant_id = $1::bigint AND (",
                    any, "))");
  }
  const Listed listed = RunList(tx_, select, parameters, list);
  Page page{.customers = {}, .next_page_token = listed.next_page_token()};
  for (const pqxx::row& row : listed.rows()) {
    ASSIGN_OR_RETURN(Customer customer, ToCustomer(row));
    page.customers.push_back(std::move(customer));
  }
  return page;
}

absl::StatusOr<Customer> CustomerStore::Load(const char* sql, const std::string& id) {
  const pqxx::result rows =
      tx_.Query(sql, tx_.tenant(), ReachWord(scope_), OwnId(scope_), TeamId(scope_), Projects(scope_), id);
  if (rows.empty()) return Missing("customer", id);
  return ToCustomer(rows[0]);
}

absl::StatusOr<Customer> CustomerStore::Find(const std::string& id) { return Load(kFind, id); }
absl::StatusOr<Customer> CustomerStore::FindForUpdate(const std::string& id) { return Load(kLock, id); }

absl::StatusOr<Customer> CustomerStore::ToCustomer(const pqxx::row& row) const {
  Customer customer{.id = row["id"].as<std::string>(),
                    .display_name = row["display_name"].as<std::string>(),
                    .id_kind = row["id_kind"].as<std::string>(),
                    .gender = row["gender"].as<std::string>(),
                    .language = row["language"].as<std::string>(),
                    .source = row["source"].as<std::string>(),
                    .level = row["level"].as<std::string>(),
                    .tags = absl::StrSplit(row["tag_list"].as<std::string>(), kTagGap, absl::SkipEmpty()),
                    .project_ids = absl::StrSplit(row["project_list"].as<std::string>(), ',', absl::SkipEmpty()),
                    .owner_id = pg::ToOptionalText(row["owner_id"]),
                    .owner_team = pg::ToOptionalText(row["owner_team"]),
                    .protection_end_time = pg::ToInstant(row["protection_end_time"]),
                    .do_not_call = row["do_not_call"].as<bool>(),
                    .in_contract = row["in_contract"].as<bool>(),
                    .erased = row["erased"].as<bool>(),
                    .last_contact_time = pg::ToInstant(row["last_contact_time"]),
                    .created_time = pg::ToInstant(row["created_time"]),
                    .updated_time = pg::ToInstant(row["updated_time"]),
                    .version = row["version"].as<int64_t>(),
                    .wrapped_key = pg::ToBytes(row["wrapped_key"])};
  if (customer.erased) return customer;
  ASSIGN_OR_RETURN(const std::string json, vault_.Open(tx_.tenant(), customer.wrapped_key, pg::ToBytes(row["sealed"])));
  customer.personal = FromJson(json);
  return customer;
}

absl::Status CustomerStore::Insert(const Customer& c) {
  const std::string sealed = vault_.Seal(tx_.tenant(), c.wrapped_key, ToJson(c.personal));
  tx_.Query(kInsert, tx_.tenant(), c.id, c.display_name, pg::Bytes(c.wrapped_key), pg::Bytes(sealed), c.id_kind,
            c.gender, c.language, c.source, c.level, pg::ArrayOf(c.tags), pg::ArrayOf(c.project_ids), c.owner_id,
            c.owner_team, c.protection_end_time, c.do_not_call, c.created_time);
  RETURN_IF_ERROR(WriteNumbers(c));
  WriteTokens(c);
  return absl::OkStatus();
}

absl::Status CustomerStore::Update(const Customer& c) {
  const std::string sealed = c.erased ? "" : vault_.Seal(tx_.tenant(), c.wrapped_key, ToJson(c.personal));
  tx_.Query(kUpdate, tx_.tenant(), c.id, c.display_name, pg::Bytes(c.wrapped_key), pg::Bytes(sealed), c.id_kind,
            c.gender, c.language, c.source, c.level, pg::ArrayOf(c.tags), pg::ArrayOf(c.project_ids), c.owner_id,
            c.owner_team, c.protection_end_time, c.do_not_call, c.erased, c.updated_time, c.version);
  tx_.Query(kDropNumbers, tx_.tenant(), c.id);
  tx_.Query(kDropTokens, tx_.tenant(), c.id);
  if (c.erased) return absl::OkStatus();
  RETURN_IF_ERROR(WriteNumbers(c));
  WriteTokens(c);
  return absl::OkStatus();
}

absl::Status CustomerStore::WriteNumbers(const Customer& customer) {
  for (const std::string& number : customer.personal.phones) {
    const std::string digest = vault_.NumberDigest(tx_.tenant(), number);
    if (tx_.Query(kAddNumber, tx_.tenant(), pg::Bytes(digest), customer.id).empty()) return Duplicate(number);
  }
  return absl::OkStatus();
}

void CustomerStore::WriteTokens(const Customer& customer) {
  const auto digest = [this](const std::string& tail) { return vault_.TailDigest(tx_.tenant(), tail); };
  std::set<std::string> tokens = NameTokens(customer.display_name);
  for (const std::string& number : customer.personal.phones) tokens.merge(PhoneTokens(number, digest));
  tokens.merge(IdTokens(customer.personal.id_number, digest));
  tx_.Query(kAddTokens, tx_.tenant(), pg::ArrayOf({tokens.begin(), tokens.end()}), customer.id);
}

std::optional<CustomerStore::Holder> CustomerStore::FindHolder(const std::string& number) {
  const pqxx::result rows = tx_.Query(kHolder, tx_.tenant(), ReachWord(scope_), OwnId(scope_), TeamId(scope_),
                                      Projects(scope_), pg::Bytes(vault_.NumberDigest(tx_.tenant(), number)));
  if (rows.empty()) return std::nullopt;
  return Holder{.id = rows[0][0].as<std::string>(),
                .display_name = rows[0][1].as<std::string>(),
                .owner_team = rows[0][2].as<std::string>(""),
                .visible = rows[0][3].as<bool>(false)};
}

absl::Status CustomerStore::Duplicate(const std::string& number) {
  const auto holder = FindHolder(number);
  Metadata metadata;
  if (holder && holder->visible) metadata["customer"] = "customers/" + holder->id;
  if (holder && !holder->owner_team.empty()) metadata["team"] = "teams/" + holder->owner_team;
  return WithReason(absl::StatusCode::kAlreadyExists, "CUSTOMER_DUPLICATE", "somebody has this number", metadata);
}

std::optional<Customer> CustomerStore::FindByNumber(const std::string& number) {
  const pqxx::result rows = tx_.Query(kByNumber, tx_.tenant(), pg::Bytes(vault_.NumberDigest(tx_.tenant(), number)));
  if (rows.empty()) return std::nullopt;
  auto customer = ToCustomer(rows[0]);
  return customer.ok() ? std::optional<Customer>(*std::move(customer)) : std::nullopt;
}

std::map<std::string, std::string> CustomerStore::Names(const std::vector<std::string>& ids) {
  std::map<std::string, std::string> names;
  for (const auto& row : tx_.Query(kNames, tx_.tenant(), pg::ArrayOf(ids))) {
    names[row[0].as<std::string>()] = row[1].as<std::string>();
  }
  return names;
}

void CustomerStore::RecordContact(const std::string& id, Instant time) { tx_.Query(kContact, tx_.tenant(), id, time); }

std::optional<CustomerStore::Operator> CustomerStore::FindOperator(const std::string& id) {
  const pqxx::result rows = tx_.Query(kOperator, tx_.tenant(), id);
  if (rows.empty()) return std::nullopt;
  return Operator{.team_id = rows[0][0].as<std::string>(""), .active = rows[0][1].as<bool>()};
}

}  // namespace lintel::customers
