// Holds, deals and consultants, as sales announces them.
#pragma once

#include "platform/consumer/consumer.h"

namespace lintel::reporting {

void ConsumeSales(Consumer& consumer);

}  // namespace lintel::reporting
