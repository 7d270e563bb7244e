// The job that compares sales with inventory and finance, project by project, every ten minutes. A difference counts
// when it is still there at a second look; what it found is kept and shown as a metric. It mends nothing.
#pragma once

#include "platform/jobs/runner.h"
#include "services/sales/app/peers.h"
#include "services/sales/domain/reconciliation.h"

namespace lintel::sales {

class Reconciliation {
 public:
  Reconciliation(pg::Database& job, Peers& peers, Metrics& metrics);
  void Register(JobRunner& jobs);
  // Puts the periodic job in its place; once per start.
  absl::Status Schedule(Instant now);

  // Every project with a deal; how many differences there are.
  absl::StatusOr<int> RunAll(Instant now);

 private:
  struct Project {
    int64_t tenant = 0;
    std::string id;
  };
  absl::StatusOr<std::vector<Difference>> Look(const Project& project, int& deals);
  pg::Database& job_;
  Peers& peers_;
  prometheus::Gauge& differences_;
};

}  // namespace lintel::sales
