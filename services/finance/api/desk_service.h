// The finance desk's plans, receivables, day journal and tax rates (BX-04, FIN-19, FIN-21, CFG-03).
#pragma once

#include "platform/command/command.h"
#include "platform/server/server.h"
#include "services/finance/api/convert.h"

namespace lintel::finance {

class DeskService {
 public:
  explicit DeskService(Commands& commands) : commands_(commands) {}
  void Register(Server& server);

  absl::StatusOr<v1::PaymentPlan> CreatePaymentPlan(const Call& call, const v1::CreatePaymentPlanRequest& request);
  absl::StatusOr<v1::PaymentPlan> GetPaymentPlan(const Call& call, const v1::GetPaymentPlanRequest& request);
  absl::StatusOr<v1::ListPaymentPlansResponse> ListPaymentPlans(const Call& call,
                                                                const v1::ListPaymentPlansRequest& request);
  absl::StatusOr<v1::ListReceivablesResponse> ListReceivables(const Call& call,
                                                              const v1::ListReceivablesRequest& request);
  absl::StatusOr<v1::Receivable> CreateReceivable(const Call& call, const v1::CreateReceivableRequest& request);
  absl::StatusOr<v1::Journal> GetJournal(const Call& call, const v1::GetJournalRequest& request);
  absl::StatusOr<v1::ListTaxRatesResponse> ListTaxRates(const Call& call, const v1::ListTaxRatesRequest& request);
  absl::StatusOr<v1::TaxRate> CreateTaxRate(const Call& call, const v1::CreateTaxRateRequest& request);

 private:
  Commands& commands_;
};

}  // namespace lintel::finance
