// What is due and what came in, as finance announces it.
#pragma once

#include "platform/consumer/consumer.h"

namespace lintel::reporting {

void ConsumeFinance(Consumer& consumer);

}  // namespace lintel::reporting
