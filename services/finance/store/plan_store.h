// Payment plans and tax rates in SQL. Works inside the caller's transaction.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "platform/pg/transaction.h"
#include "services/finance/domain/schedule.h"

namespace lintel::finance {

struct StoredPlan {
  std::string id;
  std::string display_name;
  PaymentPlan plan;
  bool retired = false;
  int64_t version = 1;
};

struct TaxRate {
  std::string id;
  std::string kind = "STAMP";
  int64_t rate_ppm = 0;
  Date valid_from;
  std::string payer = "SELLER";
  std::string note;
};

class PlanStore {
 public:
  PlanStore(pg::Transaction& tx, int64_t tenant) : tx_(tx), tenant_(tenant) {}

  // ALREADY_EXISTS when the name is taken.
  absl::Status Insert(const StoredPlan& plan, Instant now);
  absl::StatusOr<StoredPlan> Find(const std::string& plan_id);
  // Reads their lines, with one query for all of them.
  void AddLines(std::vector<StoredPlan>& plans);
  // Without lines: id, display_name, kind, loan_step_minor, retired, version.
  static StoredPlan ToPlan(const pqxx::row& row);

  std::vector<TaxRate> TaxRates();
  absl::Status InsertTaxRate(const TaxRate& rate);
  // The seller's stamp-tax rate on a day; 0 when none is in force.
  int64_t StampRateOn(Date date);

 private:
  pg::Transaction& tx_;
  const int64_t tenant_;
};

}  // namespace lintel::finance
