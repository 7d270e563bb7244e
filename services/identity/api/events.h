// Domain facts as events.
#pragma once

#include <string>

#include "lintel/identity/v1/events.pb.h"
#include "platform/outbox/outbox.h"
#include "services/identity/domain/operator.h"

namespace lintel::identity {

v1::OperatorChanged OperatorChangedEvent(const Operator& changed, bool created);

// A session ended: announced to whoever caches it.
void AnnounceRevoked(Outbox& outbox, const std::string& session_id, const std::string& operator_id,
                     const std::string& reason);

// Rights may be others now for everybody of the tenant.
void AnnounceRightsChanged(Outbox& outbox, const std::string& cause, int64_t version, const Audit& audit);

}  // namespace lintel::identity
