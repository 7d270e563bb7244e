// Calls that are over, as telephony announces them.
#pragma once

#include "platform/consumer/consumer.h"

namespace lintel::reporting {

void ConsumeTelephony(Consumer& consumer);

}  // namespace lintel::reporting
