// Domain to proto and back.
#pragma once

#include "lintel/identity/v1/code_tables.pb.h"
#include "lintel/identity/v1/inbox.pb.h"
#include "lintel/identity/v1/operators.pb.h"
#include "platform/server/call.h"
#include "platform/wire/values.h"
#include "services/identity/domain/operator.h"
#include "services/identity/store/code_store.h"
#include "services/identity/store/notice_store.h"

namespace lintel::identity {

using lintel::ToProto;  // Beside this service's own.

v1::Operator ToProto(const Operator& from);
v1::OperatorGroup ToProto(const Group& from);
v1::Code ToProto(const Code& from);
v1::Notice ToProto(const Notice& from, bool english);
v1::Department ToDepartment(const Place& from);
v1::Team ToTeam(const Place& from);

// The writable fields of `from` laid over `target`. INVALID_ARGUMENT with `operator.` before the field.
absl::Status FromProto(const v1::Operator& from, Operator& target);
// INVALID_ARGUMENT for a right that `catalogue` does not know, or one without a scope.
absl::Status FromProto(const v1::OperatorGroup& from, const RightCatalogue& catalogue, Group& target);

// Nobody gives what they do not have: GROUP_TOO_STRONG. A service may give anything.
absl::Status CheckGivable(const Call& call, const Grants& given);

// Whether the reader wants English: the call's language, else the operator's own.
bool WantsEnglish(const Call& call);

// The id of the calling operator. PERMISSION_DENIED for a service that acts for nobody.
absl::StatusOr<std::string> OwnId(const Call& call);

}  // namespace lintel::identity
