// The receipt on paper: what is printed, with names from customers, drawn by reporting.
#pragma once

#include "services/finance/api/receipts_service.h"

namespace lintel::finance {

struct ReceiptPaper {
  Receipt receipt;
  std::string contract_number;
  std::vector<Receivable> receivables;
};

// The PDF. The payer's name is read as this service on the operator's behalf, which customers records.
absl::StatusOr<google::api::HttpBody> DrawReceipt(const Call& call, const ReceiptPeers& peers,
                                                  const ReceiptPaper& paper);

}  // namespace lintel::finance
