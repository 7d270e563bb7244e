#include "services/customers/domain/customer.h"

#include "platform/status/status.h"

namespace lintel::customers {

absl::Status CheckNotErased(const Customer& customer) {
  if (!customer.erased) return absl::OkStatus();
  return Refused("CUSTOMER_ERASED", "the customer's personal data was erased");
}

absl::Status CheckErasable(const Customer& customer) {
  if (!customer.in_contract) return absl::OkStatus();
  return Refused("CUSTOMER_IN_CONTRACT", "a signed contract names the customer");
}

Customer Erased(Customer customer, Instant now) {
  customer.display_name.clear();
  customer.personal = {};
  customer.id_kind.clear();
  customer.gender.clear();
  customer.tags.clear();
  customer.wrapped_key.clear();
  customer.do_not_call = true;
  customer.erased = true;
  customer.updated_time = now;
  ++customer.version;
  return customer;
}

}  // namespace lintel::customers
