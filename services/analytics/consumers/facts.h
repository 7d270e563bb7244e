// The facts of analyses, from three services' events.
#pragma once

#include "platform/consumer/consumer.h"

namespace lintel::analytics {

void ConsumeInventory(Consumer& consumer);
void ConsumeCustomers(Consumer& consumer);
void ConsumeSales(Consumer& consumer);

}  // namespace lintel::analytics
