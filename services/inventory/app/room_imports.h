// Imports run as jobs: the RPC checks the order and writes the job; a worker reads the sheet and applies it.
#pragma once

#include "platform/client/channel.h"
#include "platform/jobs/operations.h"
#include "platform/jobs/runner.h"
#include "services/inventory/app/import_rooms.h"

namespace lintel::inventory {

class RoomImports {
 public:
  // `identity` serves uploaded files. All must outlive this. Registers the job's handler on `runner`.
  RoomImports(Commands& commands, Operations& operations, JobRunner& runner, Channel& identity, SheetOptions options);

  // The operation; finished when the request says wait and it ends within 30 s. RIGHT and scope are the caller's.
  absl::StatusOr<operations::v1::Operation> Import(const Call& call, const v1::ImportRoomsRequest& request);

 private:
  absl::Status Run(JobRun& run);
  absl::StatusOr<ImportOrder> Fetch(const Call& call, const v1::ImportRoomsRequest& request);

  Commands& commands_;
  Operations& operations_;
  JobRunner& runner_;
  Channel& identity_;
  const SheetOptions options_;
};

}  // namespace lintel::inventory
