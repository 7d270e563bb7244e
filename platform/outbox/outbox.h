// The announcement that commits with its change (DESIGN 3.3). A row has a public payload (ids, states, money, codes;
// never a name, phone, ID number or free text) and a private audit part that stays in the service.
#pragma once

#include <google/protobuf/message.h>

#include <cstdint>
#include <string>
#include <vector>

#include "platform/pg/transaction.h"

namespace lintel {

// Who changes something, and why it is happening. Made from a Call (platform/server) or by hand in jobs.
struct Cause {
  int64_t tenant = 0;
  std::string actor;       // operators/{o} or services/{s}
  std::string action;      // The RPC's or job's name.
  std::string request_id;  // For logs and traces.
  Instant now;
};

// What a change did to its aggregate, as JSON text for the audit browser; empty when there was nothing before or after.
struct Audit {
  std::string before;
  std::string after;
};

// One row to be written.
struct OutboxRecord {
  Cause cause;
  std::string type;     // Full name of the payload's message; empty for a row for the record alone.
  std::string payload;  // Serialized.
  std::string aggregate;
  int64_t version = 0;
  Audit audit;
};

class Outbox {
 public:
  Outbox(pg::Transaction& tx, const Cause& cause) : tx_(tx), cause_(cause) {}

  // Call after the aggregate's row lock was taken: positions then follow the order of changes per aggregate.
  // `aggregate` is its resource name, `version` its version after the change.
  void Append(const google::protobuf::Message& event, const std::string& aggregate, int64_t version,
              const Audit& audit);

  // A row for the record alone: reading of recordings, ID numbers, unmasked phones; sign-ins.
  void Record(const std::string& aggregate, const Audit& audit);

  // Many rows in one statement, in this order: what Append does, also for several causes.
  static void Write(pg::Transaction& tx, const std::vector<OutboxRecord>& records);
  static OutboxRecord RecordOf(const Cause& cause, const google::protobuf::Message& event, const std::string& aggregate,
                               int64_t version, Audit audit);

 private:
  pg::Transaction& tx_;
  const Cause cause_;
};

// The JSON of a message for Audit.
std::string AuditJson(const google::protobuf::Message& message);

}  // namespace lintel
