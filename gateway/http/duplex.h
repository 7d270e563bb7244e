// Connections outside HTTP: one taken over from it, or one that the gateway opens.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "gateway/http/exchange.h"

namespace lintel::gateway {

class Transport;

std::unique_ptr<Duplex> DuplexOver(std::unique_ptr<Transport> transport);

}  // namespace lintel::gateway
