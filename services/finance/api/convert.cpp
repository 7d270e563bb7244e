#include "services/finance/api/convert.h"

#include "platform/status/status.h"

namespace lintel::finance {
namespace {

v1::ReceivableState StateOf(const Receivable& receivable) {
  if (receivable.cancelled) return v1::CANCELLED;
  if (receivable.paid == receivable.amount) return v1::PAID;
  return receivable.paid.minor_units > 0 ? v1::PARTLY_PAID : v1::OPEN;
}

std::string Named(const std::string& collection, const std::optional<std::string>& id) {
  return id ? collection + "/" + *id : "";
}

}  // namespace

std::string ProjectName(const std::string& project_id) { return "projects/" + project_id; }
std::string RoomNameOf(const std::string& project_id, const std::string& room_id) {
  return "projects/" + project_id + "/rooms/" + room_id;
}
std::string NumberText(int64_t number) { return fmt::format("SJ-{:06}", number); }

v1::PaymentPlan ToProto(const StoredPlan& stored) {
  v1::PaymentPlan message;
  message.set_name("paymentPlans/" + stored.id);
  message.set_display_name(stored.display_name);
  message.set_kind(static_cast<v1::PlanKind>(stored.plan.kind));
  for (const PlanLine& line : stored.plan.lines) {
    v1::PlanLine& added = *message.add_lines();
    added.set_kind(ToWord(line.kind));
    added.set_ppm(line.ppm);
    added.set_due_days(line.due_days);
    added.set_due_months(line.due_months);
  }
  message.set_loan_step_minor(stored.plan.loan_step_minor);
  message.set_retired(stored.retired);
  message.set_etag(std::to_string(stored.version));
  return message;
}

absl::StatusOr<StoredPlan> ParsePlan(const v1::PaymentPlan& plan) {
  RETURN_IF_ERROR(CheckLength("payment_plan.display_name", plan.display_name(), 1, 60));
  if (plan.kind() < v1::ONE_OFF || plan.kind() > v1::MORTGAGE) {
    return InvalidField("payment_plan.kind", "must be ONE_OFF, INSTALMENTS or MORTGAGE");
  }
  StoredPlan stored{.display_name = plan.display_name(), .plan = {.kind = static_cast<PlanKind>(plan.kind())}};
  if (plan.loan_step_minor() != 0) stored.plan.loan_step_minor = plan.loan_step_minor();
  for (int i = 0; i < plan.lines_size(); ++i) {
    const v1::PlanLine& line = plan.lines(i);
    ASSIGN_OR_RETURN(const LineKind kind, ToLineKind(fmt::format("payment_plan.lines[{}].kind", i), line.kind()));
    stored.plan.lines.push_back(
        {.kind = kind, .ppm = line.ppm(), .due_months = line.due_months(), .due_days = line.due_days()});
  }
  RETURN_IF_ERROR(CheckPlan(stored.plan));
  return stored;
}

v1::ScheduleItem ToProto(const ScheduleItem& item) {
  v1::ScheduleItem message;
  message.set_sequence(item.sequence);
  message.set_kind(ToWord(item.kind));
  *message.mutable_due_date() = ToProto(item.due_date);
  *message.mutable_amount() = ToProto(item.amount);
  return message;
}

v1::Account ToProto(const Account& account, const std::vector<Receivable>& receivables) {
  int64_t due = 0;
  int64_t paid = account.unallocated.minor_units;
  for (const Receivable& one : receivables) {
    if (!one.cancelled) due += one.amount.minor_units;
    paid += one.paid.minor_units;
  }
  v1::Account message;
  message.set_account("accounts/" + account.id);
  message.set_subscription("subscriptions/" + account.id);
  message.set_contract(Named("contracts", account.contract_id));
  *message.mutable_price() = ToProto(account.price);
  *message.mutable_due() = ToProto(Fen(due));
  *message.mutable_paid() = ToProto(Fen(paid));
  message.set_closed(account.closed);
  return message;
}

v1::Receivable ToProto(const Account& account, const Receivable& receivable, Date today) {
  v1::Receivable message;
  message.set_name("receivables/" + receivable.id);
  message.set_project(ProjectName(account.project_id));
  message.set_subscription("subscriptions/" + account.id);
  message.set_contract(Named("contracts", account.contract_id));
  message.set_room(RoomNameOf(account.project_id, account.room_id));
  message.set_customer("customers/" + account.customer_ids.front());
  message.set_sequence(receivable.sequence);
  message.set_kind(receivable.kind);
  *message.mutable_due_date() = ToProto(receivable.due_date);
  *message.mutable_amount() = ToProto(receivable.amount);
  *message.mutable_paid() = ToProto(receivable.paid);
  *message.mutable_outstanding() = ToProto(Fen(receivable.amount.minor_units - receivable.paid.minor_units));
  message.set_state(StateOf(receivable));
  const bool open = message.state() == v1::OPEN || message.state() == v1::PARTLY_PAID;
  message.set_overdue_days(open ? std::max(0, DaysBetween(receivable.due_date, today)) : 0);
  message.set_note(receivable.note);
  return message;
}

v1::Allocation ToProto(const Allocation& allocation) {
  v1::Allocation message;
  message.set_receivable("receivables/" + allocation.receivable_id);
  *message.mutable_amount() = ToProto(allocation.amount);
  return message;
}

v1::HoldAccount ToProto(const HoldAccount& account) {
  v1::HoldAccount message;
  message.set_hold("holds/" + account.id);
  *message.mutable_fee() = ToProto(account.fee);
  *message.mutable_held() = ToProto(account.held);
  message.set_subscription(Named("subscriptions", account.subscription_id));
  message.set_closed(account.closed);
  return message;
}

v1::Receipt ToProto(const Receipt& receipt) {
  v1::Receipt message;
  message.set_name("receipts/" + receipt.id);
  message.set_number(NumberText(receipt.number));
  message.set_contract(Named("contracts", receipt.contract_id));
  if (!receipt.account_id.empty()) message.set_subscription("subscriptions/" + receipt.account_id);
  message.set_hold(Named("holds", receipt.hold_id));
  *message.mutable_amount() = ToProto(receipt.amount);
  message.set_method(receipt.method);
  for (const Allocation& allocation : receipt.allocations) *message.add_allocations() = ToProto(allocation);
  *message.mutable_unallocated() = ToProto(receipt.unallocated);
  *message.mutable_book_date() = ToProto(receipt.book_date);
  message.set_payer("customers/" + receipt.payer_id);
  message.set_payer_note(receipt.payer_note);
  message.set_reference(receipt.reference);
  message.set_reversal_of(Named("receipts", receipt.reversal_of));
  message.set_reversed_by(Named("receipts", receipt.reversed_by));
  message.set_reason(receipt.reason);
  message.set_cashier(receipt.cashier);
  message.set_project(ProjectName(receipt.project_id));
  message.set_room(RoomNameOf(receipt.project_id, receipt.room_id));
  message.set_capitals(ToChineseCapitals(receipt.amount).value_or(""));
  message.set_prints(receipt.prints);
  *message.mutable_create_time() = ToProto(receipt.created_time);
  message.set_etag(receipt.reversed_by ? "reversed" : "booked");
  return message;
}

v1::ReceivablesChanged ReceivablesEvent(const Account& account, const std::vector<Receivable>& receivables,
                                        Date today) {
  v1::ReceivablesChanged event;
  event.set_subscription("subscriptions/" + account.id);
  event.set_deal(account.deal_id);
  event.set_project(ProjectName(account.project_id));
  event.set_room(RoomNameOf(account.project_id, account.room_id));
  for (const std::string& id : account.customer_ids) event.add_customers("customers/" + id);
  for (const Receivable& one : receivables) {
    *event.add_receivables() = ToProto(account, one, today);
    event.mutable_receivables(event.receivables_size() - 1)->clear_note();
  }
  event.set_closed(account.closed);
  event.set_version(account.version);
  return event;
}

v1::ReceiptBooked BookedEvent(const std::string& deal_id, const Receipt& receipt) {
  const v1::Receipt message = ToProto(receipt);
  v1::ReceiptBooked event;
  event.set_receipt(message.name());
  event.set_number(message.number());
  event.set_subscription(message.subscription());
  event.set_contract(message.contract());
  event.set_hold(message.hold());
  event.set_deal(deal_id);
  event.set_project(message.project());
  event.set_room(message.room());
  event.set_customer(message.payer());
  event.set_method(message.method());
  *event.mutable_amount() = message.amount();
  *event.mutable_book_date() = message.book_date();
  event.set_reversal_of(message.reversal_of());
  event.set_cashier(message.cashier());
  *event.mutable_time() = message.create_time();
  *event.mutable_allocations() = message.allocations();
  return event;
}

}  // namespace lintel::finance
