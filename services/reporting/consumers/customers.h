// Customers without their names, and their visits, as customers announces them.
#pragma once

#include "platform/consumer/consumer.h"

namespace lintel::reporting {

void ConsumeCustomers(Consumer& consumer);

}  // namespace lintel::reporting
