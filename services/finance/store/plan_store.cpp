#include "services/finance/store/plan_store.h"

#include <map>

#include "platform/status/status.h"

namespace lintel::finance {
namespace {

constexpr char kInsert[] = R"sql(
  INSERT INTO payment_plans (tenant_id, id, display_name, kind, loan_step_minor, created_time)
  VALUES ($1, $2::uuid, $3, $4, $5, $6) ON CONFLICT DO NOTHING RETURNING 1)sql";
constexpr char kInsertLine[] = R"sql(
  INSERT INTO payment_plan_lines (tenant_id, plan_id, sequence, kind, ppm, due_days, due_months)
  VALUES ($1, $2::uuid, $3, $4, $5, $6, $7))sql";
constexpr char kFind[] = R"sql(
  SELECT id, display_name, kind, loan_step_minor, retired, version
    FROM payment_plans WHERE tenant_id = $1 AND id = $2::uuid)sql";
constexpr char kLines[] = R"sql(
  SELECT plan_id, kind, ppm, due_days, due_months FROM payment_plan_lines
   WHERE tenant_id = $1 AND plan_id = ANY($2::uuid[]) ORDER BY plan_id, sequence)sql";
constexpr char kTaxRates[] = R"sql(
  SELECT id, kind, rate_ppm, valid_from, payer, note FROM tax_rates
   WHERE tenant_id = $1 ORDER BY kind, payer, valid_from DESC LIMIT 500)sql";
constexpr char kInsertTaxRate[] = R"sql(
  INSERT INTO tax_rates (tenant_id, id, kind, rate_ppm, valid_from, payer, note)
  VALUES ($1, $2::uuid, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING RETURNING 1)sql";
constexpr char kStampRate[] = R"sql(
  SELECT rate_ppm FROM tax_rates
   WHERE tenant_id = $1 AND kind = 'STAMP' AND payer = 'SELLER' AND valid_from <= $2::date
   ORDER BY valid_from DESC LIMIT 1)sql";

absl::Status AlreadyPresent(const std::string& kind) {
  return WithReason(absl::StatusCode::kAlreadyExists, "ALREADY_PRESENT", "there is such a " + kind, {{"kind", kind}});
}

}  // namespace

absl::Status PlanStore::Insert(const StoredPlan& plan, Instant now) {
  if (tx_.Query(kInsert, tenant_, plan.id, plan.display_name, static_cast<int>(plan.plan.kind),
                plan.plan.loan_step_minor, now)
          .empty()) {
    return AlreadyPresent("paymentPlan");
  }
  int sequence = 0;
  for (const PlanLine& line : plan.plan.lines) {
    tx_.Query(kInsertLine, tenant_, plan.id, ++sequence, static_cast<int>(line.kind), line.ppm, line.due_days,
              line.due_months);
  }
  return absl::OkStatus();
}

StoredPlan PlanStore::ToPlan(const pqxx::row& row) {
  return {.id = row["id"].as<std::string>(),
          .display_name = row["display_name"].as<std::string>(),
          .plan = {.kind = static_cast<PlanKind>(row["kind"].as<int>()),
                   .lines = {},
                   .loan_step_minor = row["loan_step_minor"].as<int64_t>()},
          .retired = row["retired"].as<bool>(),
          .version = row["version"].as<int64_t>()};
}

absl::StatusOr<StoredPlan> PlanStore::Find(const std::string& plan_id) {
  const pqxx::result rows = tx_.Query(kFind, tenant_, plan_id);
  if (rows.empty()) return Missing("paymentPlan", plan_id);
  std::vector<StoredPlan> found{ToPlan(rows.front())};
  AddLines(found);
  return found.front();
}

void PlanStore::AddLines(std::vector<StoredPlan>& plans) {
  std::vector<std::string> ids;
  std::map<std::string, PaymentPlan*> by_id;
  for (StoredPlan& stored : plans) {
    ids.push_back(stored.id);
    by_id[stored.id] = &stored.plan;
  }
  for (const auto& row : tx_.Query(kLines, tenant_, pg::ArrayOf(ids))) {
    by_id.at(row[0].as<std::string>())
        ->lines.push_back({.kind = static_cast<LineKind>(row[1].as<int>()),
                           .ppm = row[2].as<int64_t>(),
                           .due_months = row[4].as<int>(),
                           .due_days = row[3].as<int>()});
  }
}

std::vector<TaxRate> PlanStore::TaxRates() {
  std::vector<TaxRate> rates;
  for (const auto& row : tx_.Query(kTaxRates, tenant_)) {
    rates.push_back({.id = row[0].as<std::string>(),
                     .kind = row[1].as<std::string>(),
                     .rate_ppm = row[2].as<int64_t>(),
                     .valid_from = pg::ToDate(row[3]),
                     .payer = row[4].as<std::string>(),
                     .note = row[5].as<std::string>()});
  }
  return rates;
}

absl::Status PlanStore::InsertTaxRate(const TaxRate& rate) {
  const pqxx::result rows =
      tx_.Query(kInsertTaxRate, tenant_, rate.id, rate.kind, rate.rate_ppm, rate.valid_from, rate.payer, rate.note);
  return rows.empty() ? AlreadyPresent("taxRate") : absl::OkStatus();
}

int64_t PlanStore::StampRateOn(Date date) {
  const pqxx::result rows = tx_.Query(kStampRate, tenant_, date);
  return rows.empty() ? 0 : rows[0][0].as<int64_t>();
}

}  // namespace lintel::finance
