#include "services/finance/api/account_change.h"

#include "platform/status/status.h"

namespace lintel::finance {

absl::StatusOr<v1::Account> Announce(pg::Transaction& tx, const Cause& cause, AccountStore& store,
                                     const Account& account) {
  ASSIGN_OR_RETURN(const Date today, DateIn(cause.now, account.time_zone));
  const std::vector<Receivable> receivables = store.Receivables(account.id);
  const v1::Account answer = ToProto(account, receivables);
  Outbox(tx, cause).Append(ReceivablesEvent(account, receivables, today), answer.account(), account.version,
                           {.after = AuditJson(answer)});
  return answer;
}

}  // namespace lintel::finance
