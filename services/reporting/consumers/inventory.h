// Projects, rooms and their states, as inventory announces them.
#pragma once

#include "platform/consumer/consumer.h"

namespace lintel::reporting {

void ConsumeInventory(Consumer& consumer);

}  // namespace lintel::reporting
