// Call records and recordings. A caller's own calls are those their operator talked in.
#pragma once

#include "absl/status/statusor.h"
#include "lintel/telephony/v1/store.pb.h"
#include "platform/auth/principal.h"
#include "platform/blob/blob.h"
#include "platform/pg/transaction.h"

namespace lintel::telephony {

struct RecordingRow {
  std::string call_id;
  BlobInfo blob;
  int64_t duration_ms = 0;
  int channels = 2;
  std::string peaks;
};

class CallStore {
 public:
  CallStore(pg::Transaction& tx, const Scope& scope) : tx_(tx), scope_(scope) {}

  // Once per call id: false when the record is there already.
  bool Insert(const v1::PhoneCall& call);
  void Insert(const v1::AgentPeriodRecord& period);

  // Names the customer of a record that has none: customers/{c}. False when it has one, or when its caller's number is
  // no longer `number` (erased).
  bool SetCustomer(const std::string& id, const std::string& number, const std::string& customer);

  absl::StatusOr<v1::PhoneCall> Find(const std::string& id);

  // Once per call: false when there is one already.
  bool Insert(const RecordingRow& recording, Instant now);
  absl::StatusOr<RecordingRow> FindRecording(const std::string& call_id);

  // For lists: parameters of kSelectCalls.
  std::vector<std::string> ListParameters() const;

 private:
  bool SeesAll() const { return scope_.reach == Scope::Reach::kTenant; }
  std::string OperatorId() const;
  pg::Transaction& tx_;
  const Scope& scope_;
};

extern const char kSelectCalls[];
v1::PhoneCall ToCall(const pqxx::row& row);

}  // namespace lintel::telephony
