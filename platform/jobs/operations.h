// lintel.operations.v1 over the jobs table: every service serves it for its own long work.
#pragma once

#include "lintel/operations/v1/operations.pb.h"
#include "platform/command/command.h"
#include "platform/i18n/reasons.h"
#include "platform/server/server.h"

namespace lintel {

class Operations {
 public:
  // All must outlive this.
  Operations(std::string service, Commands& commands, const Reasons& reasons)
      : service_(std::move(service)), commands_(commands), reasons_(reasons) {}

  void Serve(Server& server);

  // operations/{service}-{job}
  std::string NameOf(const std::string& job_id) const { return "operations/" + service_ + "-" + job_id; }

  // The operation as it is now; for handlers that start one. NOT_FOUND for another operator's.
  absl::StatusOr<operations::v1::Operation> Load(const Call& call, const std::string& job_id);
  // Waits until the job ends or `patience` is over, and answers it as it is then.
  absl::StatusOr<operations::v1::Operation> Await(const Call& call, const std::string& job_id,
                                                  std::chrono::milliseconds patience);

  absl::StatusOr<operations::v1::Operation> GetOperation(const Call& call,
                                                         const operations::v1::GetOperationRequest& request);
  absl::StatusOr<operations::v1::Operation> CancelOperation(const Call& call,
                                                            const operations::v1::CancelOperationRequest& request);

 private:
  absl::StatusOr<std::string> JobIdOf(const std::string& name) const;
  absl::StatusOr<operations::v1::Operation> Read(pg::Transaction& tx, const Call& call, const std::string& job_id);

  const std::string service_;
  Commands& commands_;
  const Reasons& reasons_;
};

}  // namespace lintel
