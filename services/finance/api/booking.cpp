#include "services/finance/api/booking.h"

#include "platform/ids/ids.h"
#include "platform/status/status.h"
#include "services/finance/api/account_change.h"

namespace lintel::finance {
namespace {

int64_t Sum(const std::vector<Allocation>& allocations) {
  int64_t sum = 0;
  for (const Allocation& allocation : allocations) sum += allocation.amount.minor_units;
  return sum;
}

// Fields of a receipt that do not depend on where the money goes.
absl::StatusOr<Receipt> Begin(const Posting& posting, const ReceiptOrder& order, const std::string& time_zone) {
  ASSIGN_OR_RETURN(const Date today, DateIn(posting.cause.now, time_zone));
  if (order.book_date.value_or(today) > today) return InvalidField("receipt.book_date", "must not be in the future");
  return Receipt{.id = NewId(),
                 .number = ReceiptStore(posting.tx, posting.scope).NextNumber(),
                 .amount = order.amount,
                 .method = order.method,
                 .book_date = order.book_date.value_or(today),
                 .payer_note = order.payer_note,
                 .reference = order.reference,
                 .cashier = posting.cause.actor,
                 .created_time = posting.cause.now};
}

std::string KindOf(const Receipt& receipt) { return receipt.reversal_of ? "REVERSAL" : "RECEIPT"; }

v1::Receipt AnnounceBooked(const Posting& posting, const std::string& deal_id, const Receipt& receipt,
                           const std::string& before) {
  v1::Receipt answer = ToProto(receipt);
  Outbox(posting.tx, posting.cause)
      .Append(BookedEvent(deal_id, receipt), answer.name(), 1, {.before = before, .after = AuditJson(answer)});
  return answer;
}

// To its items, to the account and to the ledger; a reversal has its signs turned already.
absl::StatusOr<v1::Receipt> Post(const Posting& posting, Account& account, const Receipt& receipt,
                                 const std::string& before) {
  AccountStore accounts{posting.tx, posting.scope};
  for (const Allocation& one : receipt.allocations) accounts.AddPaid(one.receivable_id, one.amount);
  account.unallocated.minor_units += receipt.unallocated.minor_units;
  accounts.Save(account);
  ReceiptStore receipts{posting.tx, posting.scope};
  receipts.Insert(receipt);
  receipts.Book(account, "receipts/" + receipt.id, KindOf(receipt), receipt.book_date,
                MoneyReceived(receipt.method, Fen(Sum(receipt.allocations)), receipt.unallocated), posting.cause.now);
  RETURN_IF_ERROR(Announce(posting.tx, posting.cause, accounts, account).status());
  return AnnounceBooked(posting, account.deal_id, receipt, before);
}

v1::Receipt Post(const Posting& posting, HoldAccount& hold, const Receipt& receipt, const std::string& before) {
  hold.held.minor_units += receipt.amount.minor_units;
  HoldAccountStore(posting.tx, posting.scope).Save(hold);
  ReceiptStore receipts{posting.tx, posting.scope};
  receipts.Insert(receipt);
  receipts.Book(hold, "receipts/" + receipt.id, KindOf(receipt), receipt.book_date,
                HoldMoneyReceived(receipt.method, receipt.amount), posting.cause.now);
  return AnnounceBooked(posting, hold.deal_id, receipt, before);
}

absl::Status CheckTakesMoney(const HoldAccount& hold, const Money& amount) {
  if (hold.subscription_id) {
    return Refused("HOLD_CARRIED", "the hold's money is a subscription's",
                   {{"subscription", "subscriptions/" + *hold.subscription_id}});
  }
  if (hold.closed) return Refused("ACCOUNT_CLOSED", "the hold has ended");
  const Money outstanding = Fen(hold.fee.minor_units - hold.held.minor_units);
  if (amount.minor_units <= outstanding.minor_units) return absl::OkStatus();
  return Refused("HOLD_FEE_PAID", "it is more than the rest of the fee", {{"outstanding", ToDecimal(outstanding)}});
}

Receipt Turned(const Receipt& original, const Posting& posting, const std::string& reason) {
  Receipt reversal = original;
  reversal.id = NewId();
  reversal.number = ReceiptStore(posting.tx, posting.scope).NextNumber();
  reversal.amount.minor_units = -original.amount.minor_units;
  reversal.unallocated.minor_units = -original.unallocated.minor_units;
  for (Allocation& allocation : reversal.allocations) allocation.amount.minor_units = -allocation.amount.minor_units;
  reversal.reversal_of = original.id;
  reversal.reason = reason;
  reversal.cashier = posting.cause.actor;
  reversal.prints = 0;
  reversal.created_time = posting.cause.now;
  return reversal;
}

}  // namespace

absl::StatusOr<v1::Receipt> BookOnAccount(const Posting& posting, const std::string& account_id,
                                          const ReceiptOrder& order) {
  AccountStore accounts{posting.tx, posting.scope};
  ASSIGN_OR_RETURN(Account account, accounts.FindForUpdate(account_id));
  if (account.closed) return Refused("ACCOUNT_CLOSED", "the account is closed");
  const std::vector<OpenItem> items = OpenItems(accounts.Receivables(account.id));
  Allocated allocated = AllocateOldestFirst(order.amount, items);
  if (!order.allocations.empty()) {
    ASSIGN_OR_RETURN(allocated, AllocateAsSaid(order.amount, items, order.allocations));
  }
  ASSIGN_OR_RETURN(Receipt receipt, Begin(posting, order, account.time_zone));
  receipt.account_id = account.id;
  receipt.unallocated = allocated.unallocated;
  receipt.allocations = allocated.allocations;
  receipt.payer_id = order.payer_id.value_or(account.customer_ids.front());
  receipt.project_id = account.project_id;
  receipt.room_id = account.room_id;
  receipt.contract_id = account.contract_id;
  return Post(posting, account, receipt, "");
}

absl::StatusOr<v1::Receipt> BookOnHold(const Posting& posting, const ReceiptOrder& order) {
  HoldAccountStore holds{posting.tx, posting.scope};
  ASSIGN_OR_RETURN(HoldAccount hold, holds.FindForUpdate(order.hold_id));
  RETURN_IF_ERROR(CheckTakesMoney(hold, order.amount));
  const std::optional<std::string> payer = order.payer_id ? order.payer_id : hold.customer_id;
  if (!payer) return InvalidField("receipt.payer", "is needed: the hold names no customer");
  ASSIGN_OR_RETURN(Receipt receipt, Begin(posting, order, hold.time_zone));
  receipt.hold_id = hold.id;
  receipt.unallocated = order.amount;
  receipt.payer_id = *payer;
  receipt.project_id = hold.project_id;
  receipt.room_id = hold.room_id;
  return Post(posting, hold, receipt, "");
}

absl::StatusOr<v1::Receipt> BookReversal(const Posting& posting, const std::string& receipt_id,
                                         const std::string& reason, const std::string& etag) {
  ReceiptStore receipts{posting.tx, posting.scope};
  HoldAccountStore holds{posting.tx, posting.scope};
  ASSIGN_OR_RETURN(const Receipt seen, receipts.Find(receipt_id));
  // The hold before its receipt, as when its money is carried on.
  std::optional<HoldAccount> hold;
  if (seen.hold_id) {
    ASSIGN_OR_RETURN(hold, holds.FindForUpdate(*seen.hold_id));
  }
  ASSIGN_OR_RETURN(const Receipt original, receipts.FindForUpdate(receipt_id));
  if (original.reversed_by || original.reversal_of) {
    return Refused("RECEIPT_REVERSED", "the receipt is reversed already");
  }
  const std::string before = AuditJson(ToProto(original));
  if (!etag.empty() && etag != ToProto(original).etag()) return StaleEtag("receipt");
  if (original.account_id.empty()) {
    Receipt reversal = Turned(original, posting, reason);
    ASSIGN_OR_RETURN(reversal.book_date, DateIn(posting.cause.now, hold->time_zone));
    return Post(posting, *hold, reversal, before);
  }
  ASSIGN_OR_RETURN(Account account, AccountStore(posting.tx, posting.scope).FindForUpdate(original.account_id));
  if (account.unallocated.minor_units < original.unallocated.minor_units) {
    return Refused("OVER_PAYMENT_USED", "the over-payment of this receipt was used elsewhere");
  }
  Receipt reversal = Turned(original, posting, reason);
  ASSIGN_OR_RETURN(reversal.book_date, DateIn(posting.cause.now, account.time_zone));
  return Post(posting, account, reversal, before);
}

absl::Status CarryMoney(const Posting& posting, HoldAccount& hold, Account& account) {
  AccountStore accounts{posting.tx, posting.scope};
  ReceiptStore receipts{posting.tx, posting.scope};
  ASSIGN_OR_RETURN(const Date today, DateIn(posting.cause.now, account.time_zone));
  v1::HoldMoneyCarried event;
  for (const Receipt& receipt : receipts.HeldOn(hold.id)) {
    const Allocated moved = AllocateOldestFirst(receipt.amount, OpenItems(accounts.Receivables(account.id)));
    for (const Allocation& one : moved.allocations) accounts.AddPaid(one.receivable_id, one.amount);
    account.unallocated.minor_units += moved.unallocated.minor_units;
    receipts.Carry(receipt.id, account.id, moved);
    receipts.Book(account, "receipts/" + receipt.id, "CARRIED", today,
                  HoldMoneyCarried(Fen(Sum(moved.allocations)), moved.unallocated), posting.cause.now);
    v1::HoldMoneyCarried::Carried& carried = *event.add_receipts();
    carried.set_receipt("receipts/" + receipt.id);
    for (const Allocation& one : moved.allocations) *carried.add_allocations() = ToProto(one);
  }
  *event.mutable_amount() = ToProto(hold.held);
  hold.held = Fen(0);
  hold.subscription_id = account.id;
  hold.closed = true;
  HoldAccountStore(posting.tx, posting.scope).Save(hold);
  event.set_hold("holds/" + hold.id);
  event.set_subscription("subscriptions/" + account.id);
  event.set_deal(hold.deal_id);
  event.set_project(ProjectName(hold.project_id));
  event.set_room(RoomNameOf(hold.project_id, hold.room_id));
  event.set_version(hold.version);
  Outbox(posting.tx, posting.cause)
      .Append(event, "holdAccounts/" + hold.id, hold.version, {.after = AuditJson(ToProto(hold))});
  if (event.receipts().empty()) return absl::OkStatus();
  accounts.Save(account);
  return Announce(posting.tx, posting.cause, accounts, account).status();
}

}  // namespace lintel::finance
