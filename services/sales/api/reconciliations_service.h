// What the reconciliation found, for whoever may run reports (proto/lintel/sales/v1/reconciliations.proto).
#pragma once

#include "lintel/sales/v1/reconciliations.pb.h"
#include "platform/pg/database.h"
#include "platform/server/server.h"

namespace lintel::sales {

class ReconciliationsService {
 public:
  explicit ReconciliationsService(pg::Database& database) : database_(database) {}
  void Register(Server& server);

  absl::StatusOr<v1::ListReconciliationsResponse> ListReconciliations(const Call& call,
                                                                      const v1::ListReconciliationsRequest& request);

 private:
  pg::Database& database_;
};

}  // namespace lintel::sales
