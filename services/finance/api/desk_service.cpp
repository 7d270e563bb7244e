#include "services/finance/api/desk_service.h"

#include "platform/ids/ids.h"
#include "platform/ids/resource_name.h"
#include "platform/list/run.h"
#include "platform/status/status.h"
#include "services/finance/api/account_change.h"
#include "services/finance/api/receivable_list.h"

namespace lintel::finance {
namespace {

constexpr char kPackage[] = "lintel.finance.v1.";

constexpr char kPlans[] = R"sql(
  SELECT id, display_name, kind, loan_step_minor, retired, version, created_time
    FROM payment_plans WHERE tenant_id = $1::bigint)sql";

v1::TaxRate ToProto(const TaxRate& rate) {
  v1::TaxRate message;
  message.set_name("taxRates/" + rate.id);
  message.set_kind(rate.kind);
  message.set_rate_ppm(rate.rate_ppm);
  *message.mutable_valid_from() = lintel::ToProto(rate.valid_from);
  message.set_payer(rate.payer);
  message.set_note(rate.note);
  return message;
}

absl::StatusOr<TaxRate> ParseTaxRate(const v1::TaxRate& rate) {
  if (rate.kind() != "STAMP") return InvalidField("tax_rate.kind", "must be STAMP");
  if (rate.payer() != "SELLER" && rate.payer() != "BUYER")
    return InvalidField("tax_rate.payer", "must be SELLER or BUYER");
  if (rate.rate_ppm() < 0 || rate.rate_ppm() > 1'000'000)
    return InvalidField("tax_rate.rate_ppm", "must be 0 to 1000000");
  RETURN_IF_ERROR(CheckLength("tax_rate.note", rate.note(), 0, 200));
  TaxRate parsed{.id = NewId(), .rate_ppm = rate.rate_ppm(), .payer = rate.payer(), .note = rate.note()};
  ASSIGN_OR_RETURN(parsed.valid_from, ToDate("tax_rate.valid_from", rate.valid_from()));
  return parsed;
}

// Lines, sums and sums by method of a day's receipts.
v1::Journal ToJournal(const std::string& name, const std::vector<Receipt>& receipts) {
  v1::Journal journal;
  journal.set_name(name);
  int64_t received = 0;
  int64_t reversed = 0;
  std::map<std::string, std::pair<int64_t, int>> methods;
  for (const Receipt& receipt : receipts) {
    const v1::Receipt shown = lintel::finance::ToProto(receipt);
    v1::JournalLine& line = *journal.add_lines();
    line.set_receipt(shown.name());
    line.set_number(shown.number());
    *line.mutable_time() = shown.create_time();
    line.set_project(shown.project());
    line.set_room(shown.room());
    line.set_customer(shown.payer());
    line.set_method(shown.method());
    *line.mutable_amount() = shown.amount();
    line.set_reversal_of(shown.reversal_of());
    line.set_cashier(shown.cashier());
    (receipt.amount.minor_units > 0 ? received : reversed) += receipt.amount.minor_units;
    auto& [sum, count] = methods[receipt.method];
    sum += receipt.amount.minor_units;
    ++count;
  }
  *journal.mutable_received() = lintel::ToProto(Fen(received));
  *journal.mutable_reversed() = lintel::ToProto(Fen(reversed));
  *journal.mutable_total() = lintel::ToProto(Fen(received + reversed));
  for (const auto& [method, totals] : methods) {
    v1::JournalMethod& line = *journal.add_by_method();
    line.set_method(method);
    *line.mutable_amount() = lintel::ToProto(Fen(totals.first));
    line.set_count(totals.second);
  }
  return journal;
}

}  // namespace

void DeskService::Register(Server& server) {
  const std::string package = kPackage;
  server.Handle(package + "PaymentPlansService/CreatePaymentPlan", this, &DeskService::CreatePaymentPlan);
  server.Handle(package + "PaymentPlansService/GetPaymentPlan", this, &DeskService::GetPaymentPlan);
  server.Handle(package + "PaymentPlansService/ListPaymentPlans", this, &DeskService::ListPaymentPlans);
  server.Handle(package + "ReceivablesService/ListReceivables", this, &DeskService::ListReceivables);
  server.Handle(package + "ReceivablesService/CreateReceivable", this, &DeskService::CreateReceivable);
  server.Handle(package + "JournalsService/GetJournal", this, &DeskService::GetJournal);
  server.Handle(package + "JournalsService/ListTaxRates", this, &DeskService::ListTaxRates);
  server.Handle(package + "JournalsService/CreateTaxRate", this, &DeskService::CreateTaxRate);
}

absl::StatusOr<v1::PaymentPlan> DeskService::CreatePaymentPlan(const Call& call,
                                                               const v1::CreatePaymentPlanRequest& request) {
  ASSIGN_OR_RETURN(StoredPlan plan, ParsePlan(request.payment_plan()));
  plan.id = NewId();
  return commands_.Run<v1::PaymentPlan>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<v1::PaymentPlan> {
    RETURN_IF_ERROR(PlanStore(tx, call.tenant()).Insert(plan, commands_.Now()));
    const v1::PaymentPlan made = lintel::finance::ToProto(plan);
    Outbox(tx, call.CauseAt(commands_.Now())).Record(made.name(), {.after = AuditJson(made)});
    return made;
  });
}

absl::StatusOr<v1::PaymentPlan> DeskService::GetPaymentPlan(const Call& call,
                                                            const v1::GetPaymentPlanRequest& request) {
  ASSIGN_OR_RETURN(const std::string id, ParseId("name", request.name(), "paymentPlans/*"));
  return commands_.database().Run<v1::PaymentPlan>(
      call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<v1::PaymentPlan> {
        ASSIGN_OR_RETURN(const StoredPlan plan, PlanStore(tx, call.tenant()).Find(id));
        return lintel::finance::ToProto(plan);
      });
}

absl::StatusOr<v1::ListPaymentPlansResponse> DeskService::ListPaymentPlans(const Call& call,
                                                                           const v1::ListPaymentPlansRequest& request) {
  static const ListSpec spec{
      .fields = {{"display_name", {.column = "display_name", .sortable = true}},
                 {"create_time", {.column = "created_time", .type = FieldType::kInstant, .sortable = true}},
                 {"retired", {.column = "retired", .type = FieldType::kBoolean}}},
      .default_order = "display_name"};
  ASSIGN_OR_RETURN(const List list, MakeList(spec, ListRequestOf(request)));
  using Response = v1::ListPaymentPlansResponse;
  return commands_.database().Run<Response>(call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<Response> {
    const Listed page = RunList(tx, kPlans, {std::to_string(call.tenant())}, list);
    std::vector<StoredPlan> plans;
    for (const auto& row : page.rows()) plans.push_back(PlanStore::ToPlan(row));
    PlanStore(tx, call.tenant()).AddLines(plans);
    Response response;
    for (const StoredPlan& plan : plans) *response.add_payment_plans() = lintel::finance::ToProto(plan);
    response.set_next_page_token(page.next_page_token());
    return response;
  });
}

absl::StatusOr<v1::ListReceivablesResponse> DeskService::ListReceivables(const Call& call,
                                                                         const v1::ListReceivablesRequest& request) {
  ASSIGN_OR_RETURN(const List list, ParseReceivableQuery(request));
  using Response = v1::ListReceivablesResponse;
  return commands_.database().Run<Response>(call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<Response> {
    return FindReceivables(tx, call.scope(), list, commands_.Now());
  });
}

absl::StatusOr<v1::Receivable> DeskService::CreateReceivable(const Call& call,
                                                             const v1::CreateReceivableRequest& request) {
  const v1::Receivable& wanted = request.receivable();
  ASSIGN_OR_RETURN(const std::string account_id,
                   ParseId("receivable.subscription", wanted.subscription(), "subscriptions/*"));
  ASSIGN_OR_RETURN(const Money amount, PositiveMoney("receivable.amount", wanted.amount()));
  ASSIGN_OR_RETURN(const Date due_date, ToDate("receivable.due_date", wanted.due_date()));
  RETURN_IF_ERROR(CheckLength("receivable.kind", wanted.kind(), 1, 30));
  RETURN_IF_ERROR(CheckLength("receivable.note", wanted.note(), 0, 200));
  return commands_.Run<v1::Receivable>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<v1::Receivable> {
    const Cause cause = call.CauseAt(commands_.Now());
    AccountStore store{tx, call.scope()};
    ASSIGN_OR_RETURN(Account account, store.FindForUpdate(account_id));
    if (account.closed) return Refused("ACCOUNT_CLOSED", "the account is closed");
    const int sequence = static_cast<int>(store.Receivables(account_id).size()) + 1;
    const Receivable item{.id = NewId(),
                          .account_id = account_id,
                          .sequence = sequence,
                          .kind = wanted.kind(),
                          .due_date = due_date,
                          .amount = amount,
                          .manual = true,
                          .note = wanted.note()};
    store.InsertReceivable(item);
    store.Save(account);
    ASSIGN_OR_RETURN(const Date today, DateIn(cause.now, account.time_zone));
    ReceiptStore(tx, call.scope())
        .Book(account, "receivables/" + item.id, "ITEM_DUE", today, PriceDue(amount), cause.now);
    RETURN_IF_ERROR(Announce(tx, cause, store, account).status());
    return lintel::finance::ToProto(account, item, today);
  });
}

absl::StatusOr<v1::Journal> DeskService::GetJournal(const Call& call, const v1::GetJournalRequest& request) {
  const absl::StatusOr<Date> date = ParseDate(request.name().substr(std::min<size_t>(9, request.name().size())));
  if (request.name().rfind("journals/", 0) != 0 || !date.ok()) {
    return InvalidField("name", "must look like journals/2026-11-23");
  }
  std::string project_id;
  if (!request.project().empty()) {
    ASSIGN_OR_RETURN(project_id, ParseId("project", request.project(), "projects/*"));
  }
  return commands_.database().Run<v1::Journal>(
      call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<v1::Journal> {
        return ToJournal(request.name(), ReceiptStore(tx, call.scope()).OnDay(*date, project_id));
      });
}

absl::StatusOr<v1::ListTaxRatesResponse> DeskService::ListTaxRates(const Call& call, const v1::ListTaxRatesRequest&) {
  using Response = v1::ListTaxRatesResponse;
  return commands_.database().Run<Response>(call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<Response> {
    Response response;
    for (const TaxRate& rate : PlanStore(tx, call.tenant()).TaxRates()) *response.add_tax_rates() = ToProto(rate);
    return response;
  });
}

absl::StatusOr<v1::TaxRate> DeskService::CreateTaxRate(const Call& call, const v1::CreateTaxRateRequest& request) {
  ASSIGN_OR_RETURN(const TaxRate rate, ParseTaxRate(request.tax_rate()));
  return commands_.Run<v1::TaxRate>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<v1::TaxRate> {
    RETURN_IF_ERROR(PlanStore(tx, call.tenant()).InsertTaxRate(rate));
    const v1::TaxRate made = ToProto(rate);
    Outbox(tx, call.CauseAt(commands_.Now())).Record(made.name(), {.after = AuditJson(made)});
    return made;
  });
}

}  // namespace lintel::finance
