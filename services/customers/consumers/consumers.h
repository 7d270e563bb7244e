// What other services announce, as it concerns customers: their deals, money and calls become entries of the timeline,
// and operators' teams become the teams of the customers they own.
#pragma once

#include "platform/consumer/consumer.h"

namespace lintel::customers {

void ListenToIdentity(Consumer& identity);
void ListenToSales(Consumer& sales);
void ListenToFinance(Consumer& finance);
void ListenToTelephony(Consumer& telephony);

}  // namespace lintel::customers
