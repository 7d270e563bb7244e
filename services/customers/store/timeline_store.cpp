#include "services/customers/store/timeline_store.h"

#include <nlohmann/json.hpp>

#include "platform/ids/ids.h"
#include "platform/status/status.h"

namespace lintel::customers {
namespace {

constexpr char kAdd[] = R"sql(
  INSERT INTO timeline (tenant_id, id, customer_id, occurred_time, kind, resource, details, visit_id, operator_name,
                        source)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10))sql";

constexpr char kEntries[] = R"sql(
  SELECT t.id, t.occurred_time, t.kind, t.resource, t.details, t.visit_id, t.operator_name, v.sealed_note
    FROM timeline t LEFT JOIN visits v ON v.tenant_id = t.tenant_id AND v.id = t.visit_id
   WHERE t.tenant_id = $1::bigint AND t.customer_id = $2::uuid)sql";

constexpr char kInsertVisit[] = R"sql(
  INSERT INTO visits (tenant_id, id, customer_id, kind, project_id, sealed_note, visit_time, next_contact_time,
                      operator_name, created_time)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10))sql";

constexpr char kHasVisited[] = R"sql(
  SELECT 1 FROM visits
   WHERE tenant_id = $1 AND customer_id = $2 AND kind = 'visit' AND project_id IS NOT DISTINCT FROM $3::uuid
   LIMIT 1)sql";

constexpr char kVisits[] = R"sql(
  SELECT id, customer_id, kind, project_id, sealed_note, visit_time, next_contact_time, operator_name, created_time
    FROM visits WHERE tenant_id = $1::bigint AND customer_id = $2::uuid)sql";

constexpr char kBlankNotes[] = "UPDATE visits SET sealed_note = '' WHERE tenant_id = $1 AND customer_id = $2";

constexpr char kInsertConsent[] = R"sql(
  INSERT INTO consents (tenant_id, id, customer_id, purpose, text_version, channel, operator_name, grant_time)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8))sql";
#define CONSENT_SELECT                                                                                \
  "SELECT id, purpose, text_version, channel, operator_name, grant_time, withdraw_time FROM consents" \
  " WHERE tenant_id = $1 AND customer_id = $2"
constexpr char kConsents[] = CONSENT_SELECT " ORDER BY grant_time DESC, id DESC LIMIT 200";
constexpr char kLockConsent[] = CONSENT_SELECT " AND id = $3 FOR UPDATE";
constexpr char kWithdraw[] = R"sql(
  UPDATE consents SET withdraw_time = $4 WHERE tenant_id = $1 AND customer_id = $2 AND id = $3)sql";

Consent ToConsent(const pqxx::row& row) {
  return {.id = row["id"].as<std::string>(),
          .purpose = row["purpose"].as<std::string>(),
          .text_version = row["text_version"].as<std::string>(),
          .channel = row["channel"].as<std::string>(),
          .operator_name = row["operator_name"].as<std::string>(),
          .grant_time = pg::ToInstant(row["grant_time"]),
          .withdraw_time = pg::ToOptionalInstant(row["withdraw_time"])};
}

}  // namespace

void TimelineStore::Add(int64_t tenant, const Entry& entry) {
  tx_.Query(kAdd, tenant, NewId(), customer_id_, entry.occurred_time, entry.kind, entry.resource,
            nlohmann::json(entry.details).dump(), entry.visit_id, entry.operator_name, entry.source);
}

const ListSpec& TimelineStore::Spec() {
  static const ListSpec kSpec{
      .fields = {{"occurred_time", {.column = "occurred_time", .type = FieldType::kInstant, .sortable = true}}},
      .default_order = "occurred_time desc"};
  return kSpec;
}

TimelineStore::Page TimelineStore::ListEntries(const List& list) {
  const Listed listed = RunList(tx_, kEntries, {std::to_string(tx_.tenant()), customer_id_}, list);
  Page page{.entries = {}, .next_page_token = listed.next_page_token()};
  for (const pqxx::row& row : listed.rows()) {
    page.entries.push_back({.kind = row["kind"].as<std::string>(),
                            .resource = row["resource"].as<std::string>(),
                            .occurred_time = pg::ToInstant(row["occurred_time"]),
                            .details = nlohmann::json::parse(row["details"].as<std::string>()),
                            .visit_id = pg::ToOptionalText(row["visit_id"]),
                            .sealed_note = row["sealed_note"].is_null() ? "" : pg::ToBytes(row["sealed_note"]),
                            .operator_name = row["operator_name"].as<std::string>(),
                            .source = ""});
  }
  return page;
}

void TimelineStore::InsertVisit(const Visit& v) {
  tx_.Query(kInsertVisit, tx_.tenant(), v.id, customer_id_, v.kind, v.project_id, pg::Bytes(v.sealed_note),
            v.visit_time, v.next_contact_time, v.operator_name, v.created_time);
}

bool TimelineStore::HasVisited(const std::optional<std::string>& project_id) {
  return !tx_.Query(kHasVisited, tx_.tenant(), customer_id_, project_id).empty();
}

const ListSpec& TimelineStore::VisitSpec() {
  static const ListSpec kSpec{
      .fields = {{"visit_time", {.column = "visit_time", .type = FieldType::kInstant, .sortable = true}}},
      .default_order = "visit_time desc"};
  return kSpec;
}

TimelineStore::Visits TimelineStore::ListVisits(const List& list) {
  const Listed listed = RunList(tx_, kVisits, {std::to_string(tx_.tenant()), customer_id_}, list);
  Visits page{.visits = {}, .next_page_token = listed.next_page_token()};
  for (const pqxx::row& row : listed.rows()) {
    page.visits.push_back({.id = row["id"].as<std::string>(),
                           .customer_id = row["customer_id"].as<std::string>(),
                           .kind = row["kind"].as<std::string>(),
                           .project_id = pg::ToOptionalText(row["project_id"]),
                           .sealed_note = pg::ToBytes(row["sealed_note"]),
                           .visit_time = pg::ToInstant(row["visit_time"]),
                           .next_contact_time = pg::ToOptionalInstant(row["next_contact_time"]),
                           .operator_name = row["operator_name"].as<std::string>(),
                           .created_time = pg::ToInstant(row["created_time"])});
  }
  return page;
}

void TimelineStore::BlankNotes() { tx_.Query(kBlankNotes, tx_.tenant(), customer_id_); }

void TimelineStore::InsertConsent(const Consent& c) {
  tx_.Query(kInsertConsent, tx_.tenant(), c.id, customer_id_, c.purpose, c.text_version, c.channel, c.operator_name,
            c.grant_time);
}

std::vector<Consent> TimelineStore::ListConsents() {
  std::vector<Consent> consents;
  for (const auto& row : tx_.Query(kConsents, tx_.tenant(), customer_id_)) consents.push_back(ToConsent(row));
  return consents;
}

absl::StatusOr<Consent> TimelineStore::FindConsentForUpdate(const std::string& id) {
  const pqxx::result rows = tx_.Query(kLockConsent, tx_.tenant(), customer_id_, id);
  if (rows.empty()) return Missing("consent", id);
  return ToConsent(rows[0]);
}

void TimelineStore::WithdrawConsent(const std::string& id, Instant time) {
  tx_.Query(kWithdraw, tx_.tenant(), customer_id_, id, time);
}

}  // namespace lintel::customers
