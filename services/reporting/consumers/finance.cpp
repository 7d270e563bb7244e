#include "services/reporting/consumers/finance.h"

#include "lintel/finance/v1/events.pb.h"
#include "lintel/finance/v1/hold_money.pb.h"
#include "platform/report/event_fields.h"

namespace lintel::reporting {
namespace {

namespace v1 = finance::v1;
using report::CodeOf;
using report::DateOf;
using report::IdOf;
using report::InstantOf;

constexpr char kSaveDue[] = R"sql(
  INSERT INTO fact_due (tenant_id, receivable_id, deal_id, subscription_id, project_id, room_id, customer_id, sequence, kind,
                        due_date, amount, paid, state, version)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
  ON CONFLICT (tenant_id, receivable_id) DO UPDATE
     SET sequence = excluded.sequence, kind = excluded.kind, due_date = excluded.due_date, amount = excluded.amount,
         paid = excluded.paid, state = excluded.state, version = excluded.version
   WHERE fact_due.version <= excluded.version)sql";

constexpr char kSaveReceipt[] = R"sql(
  INSERT INTO fact_receipt (tenant_id, receipt_id, number, deal_id, subscription_id, contract_id, project_id, room_id,
                            customer_id, method, amount, book_date, reversal_of, cashier, time)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
  ON CONFLICT DO NOTHING)sql";

constexpr char kSaveAllocation[] = R"sql(
  INSERT INTO fact_allocation (tenant_id, receipt_id, receivable_id, amount) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING)sql";

// A hold's receipt is its subscription's now.
constexpr char kCarryReceipt[] = R"sql(
  UPDATE fact_receipt SET subscription_id = $3 WHERE tenant_id = $1 AND receipt_id = $2)sql";

absl::Status OnReceivables(pg::Transaction& tx, const event::v1::Event& event, const v1::ReceivablesChanged& change) {
  for (const v1::Receivable& due : change.receivables()) {
    tx.Query(kSaveDue, event.tenant_id(), IdOf(due.name()), IdOf(change.deal()), IdOf(change.subscription()),
             IdOf(change.project()), IdOf(change.room()), IdOf(due.customer()), due.sequence(), due.kind(),
             DateOf(due.has_due_date(), due.due_date()), due.amount().minor_units(), due.paid().minor_units(),
             CodeOf(v1::ReceivableState_descriptor(), due.state()), change.version());
  }
  return absl::OkStatus();
}

template <class Receipt>
void SaveAllocations(pg::Transaction& tx, const event::v1::Event& event, const Receipt& receipt) {
  for (const v1::Allocation& allocation : receipt.allocations()) {
    tx.Query(kSaveAllocation, event.tenant_id(), IdOf(receipt.receipt()), IdOf(allocation.receivable()),
             allocation.amount().minor_units());
  }
}

absl::Status OnReceipt(pg::Transaction& tx, const event::v1::Event& event, const v1::ReceiptBooked& receipt) {
  tx.Query(kSaveReceipt, event.tenant_id(), IdOf(receipt.receipt()), receipt.number(), IdOf(receipt.deal()),
           IdOf(receipt.subscription()), IdOf(receipt.contract()), IdOf(receipt.project()), IdOf(receipt.room()),
           IdOf(receipt.customer()), receipt.method(), receipt.amount().minor_units(),
           DateOf(true, receipt.book_date()), IdOf(receipt.reversal_of()), receipt.cashier(),
           InstantOf(true, receipt.time()));
  SaveAllocations(tx, event, receipt);
  return absl::OkStatus();
}

absl::Status OnCarried(pg::Transaction& tx, const event::v1::Event& event, const v1::HoldMoneyCarried& money) {
  for (const v1::HoldMoneyCarried::Carried& receipt : money.receipts()) {
    tx.Query(kCarryReceipt, event.tenant_id(), IdOf(receipt.receipt()), IdOf(money.subscription()));
    SaveAllocations(tx, event, receipt);
  }
  return absl::OkStatus();
}

}  // namespace

void ConsumeFinance(Consumer& consumer) {
  consumer.On<v1::ReceivablesChanged>(&OnReceivables);
  consumer.On<v1::ReceiptBooked>(&OnReceipt);
  consumer.On<v1::HoldMoneyCarried>(&OnCarried);
  consumer.OnReset([](pg::Transaction& tx) {
    for (const char* sql : {"DELETE FROM fact_due", "DELETE FROM fact_receipt", "DELETE FROM fact_allocation"})
      tx.Query(sql);
    return absl::OkStatus();
  });
}

}  // namespace lintel::reporting
