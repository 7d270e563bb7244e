#include "services/sales/domain/hand_over.h"

#include "platform/status/status.h"

namespace lintel::sales {

absl::Status BusyDocument() {
  return WithReason(absl::StatusCode::kAborted, "DOCUMENT_BUSY", "one of the documents is being worked on");
}

}  // namespace lintel::sales
