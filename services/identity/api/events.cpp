#include "services/identity/api/events.h"

namespace lintel::identity {

v1::OperatorChanged OperatorChangedEvent(const Operator& changed, bool created) {
  v1::OperatorChanged event;
  event.set_operator_("operators/" + changed.id);
  event.set_active(changed.active);
  if (changed.team_id) event.set_team("teams/" + *changed.team_id);
  if (changed.department_id) event.set_department("departments/" + *changed.department_id);
  event.set_created(created);
  return event;
}

void AnnounceRevoked(Outbox& outbox, const std::string& session_id, const std::string& operator_id,
                     const std::string& reason) {
  v1::SessionRevoked event;
  event.set_session("sessions/" + session_id);
  event.set_operator_("operators/" + operator_id);
  event.set_reason(reason);
  outbox.Append(event, event.session(), 1, {});
}

void AnnounceRightsChanged(Outbox& outbox, const std::string& cause, int64_t version, const Audit& audit) {
  v1::RightsChanged event;
  event.set_cause(cause);
  outbox.Append(event, cause, version, audit);
}

}  // namespace lintel::identity
