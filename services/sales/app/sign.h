// contract.create: the third document of a deal.
#pragma once

#include "lintel/sales/v1/sales.pb.h"
#include "platform/process/process.h"
#include "services/sales/app/peers.h"

namespace lintel::sales {

ProcessDefinition<finance::v1::RecordContractResponse, v1::Contract> Signing(Peers& peers, pg::Database& database);

}  // namespace lintel::sales
