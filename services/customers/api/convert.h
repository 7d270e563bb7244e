// Domain to proto and back.
#pragma once

#include "lintel/customers/v1/customers.pb.h"
#include "lintel/customers/v1/events.pb.h"
#include "platform/wire/values.h"
#include "services/customers/domain/customer.h"
#include "services/customers/store/timeline_store.h"

namespace lintel::customers {

// Unmasked: the server's reply filter hides what the reader may not see.
v1::Customer ToProto(const Customer& from);
v1::Visit ToProto(const Visit& from, const std::string& note);
v1::Consent ToProto(const Consent& from, const std::string& customer_id);
v1::TimelineEntry ToProto(const Entry& from, const std::string& note);

// The writable fields of `from` over `target`. INVALID_ARGUMENT with `customer.` before the field, also for a phone or
// ID number that was sent masked.
absl::Status FromProto(const v1::Customer& from, Customer& target);

// INVALID_ARGUMENT unless empty or 1 to 40 of a-z 0-9 -
absl::Status CheckCode(const std::string& field, const std::string& code);

v1::CustomerRegistered RegisteredEvent(const Customer& customer);
v1::CustomerChanged ChangedEvent(const Customer& before, const Customer& after);
v1::CustomerErased ErasedEvent(const Customer& customer);

}  // namespace lintel::customers
