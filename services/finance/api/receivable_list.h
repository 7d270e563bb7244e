// Searching receivables (FIN-19).
#pragma once

#include "platform/list/run.h"
#include "services/finance/api/convert.h"

namespace lintel::finance {

absl::StatusOr<List> ParseReceivableQuery(const v1::ListReceivablesRequest& request);
absl::StatusOr<v1::ListReceivablesResponse> FindReceivables(pg::Transaction& tx, const Scope& scope, const List& list,
                                                            Instant now);

}  // namespace lintel::finance
