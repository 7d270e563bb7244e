// Announces what became of an account's receivables, in the transaction that changed them.
#pragma once

#include "platform/outbox/outbox.h"
#include "services/finance/api/convert.h"

namespace lintel::finance {

// Reads the receivables as they are now, writes the event, and answers the account.
absl::StatusOr<v1::Account> Announce(pg::Transaction& tx, const Cause& cause, AccountStore& store,
                                     const Account& account);

}  // namespace lintel::finance
