#include "services/finance/store/plan_store.h"

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
  SELECT kind, ppm, due_days, due_months FROM payment_plan_lines
   WHERE tenant_id = $1 AND plan_id = $2::uuid ORDER BY sequence)sql";
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

absl::StatusOr<StoredPlan> PlanStore::Find(const std::string& plan_id) {
  const pqxx::result rows = tx_.Query(kFind, tenant_, plan_id);
  if (rows.empty()) return Missing("paymentPlan", plan_id);
  const pqxx::row row = rows.front();
  return StoredPlan{.id = row[0].as<std::string>(),
                    .display_name = row[1].as<std::string>(),
                    .plan = {.kind = static_cast<PlanKind>(row[2].as<int>()),
                             .lines = Lines(plan_id),
                             .loan_step_minor = row[3].as<int64_t>()},
                    .retired = row[4].as<bool>(),
                    .version = row[5].as<int64_t>()};
}

std::vector<PlanLine> PlanStore::Lines(const std::string& plan_id) {
  std::vector<PlanLine> lines;
  for (const auto& row : tx_.Query(kLines, tenant_, plan_id)) {
    lines.push_back({.kind = static_cast<LineKind>(row[0].as<int>()),
                     .ppm = row[1].as<int64_t>(),
                     .due_months = row[3].as<int>(),
                     .due_days = row[2].as<int>()});
  }
  return lines;
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
