#include "platform/command/command.h"

#include <sodium.h>

#include "platform/status/status.h"

namespace lintel {
namespace {

using google::protobuf::Message;

// The lock is held to the end of the transaction: a second copy of a running request sees it taken.
constexpr char kLookUp[] = R"sql(
  SELECT pg_try_advisory_xact_lock(hashtextextended($1 || '/' || $2 || '/' || $3 || '/' || $4, 0)),
         (SELECT body_hash FROM requests
           WHERE tenant_id = $1::bigint AND actor = $2 AND method = $3 AND request_id = $4),
         (SELECT reply FROM requests
           WHERE tenant_id = $1::bigint AND actor = $2 AND method = $3 AND request_id = $4))sql";

constexpr char kRemember[] = R"sql(
  INSERT INTO requests (tenant_id, actor, method, request_id, body_hash, reply, created_time)
  VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING RETURNING 1)sql";

constexpr size_t kLongestRequestId = 128;

// The body without its request_id: the same order sent again with a new id is a new order, and judged as such.
std::string BodyHash(const Message& request) {
  const std::string bytes = request.SerializeAsString();
  std::string digest(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256(reinterpret_cast<unsigned char*>(digest.data()),
                     reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  return digest;
}

absl::Status InProgress() {
  return WithReason(absl::StatusCode::kAborted, "IN_PROGRESS", "the same request is still running");
}

}  // namespace

absl::Status Commands::RunUntyped(const Call& call, const Message& request, const std::string& request_id,
                                  Message* reply, const std::function<absl::Status(pg::Transaction&)>& body) {
  if (request_id.empty()) return database_.Execute(call.Transaction(), body);
  if (request_id.size() > kLongestRequestId) return InvalidField("request_id", "must be at most 128 characters");
  const std::string actor = call.principal().Actor();
  const std::string hash = BodyHash(request);
  return database_.Execute(call.Transaction(), [&](pg::Transaction& tx) -> absl::Status {
    const pqxx::result known = tx.Query(kLookUp, std::to_string(call.tenant()), actor, call.method(), request_id);
    if (!known[0][1].is_null()) {
      if (pg::ToBytes(known[0][1]) != hash) {
        return WithReason(absl::StatusCode::kAlreadyExists, "REQUEST_ID_REUSED",
                          "the request id came with another body");
      }
      reply->ParseFromString(pg::ToBytes(known[0][2]));
      call.SetReplyMetadata("x-lintel-replayed", "true");
      return absl::OkStatus();
    }
    if (!known[0][0].as<bool>()) return InProgress();
    RETURN_IF_ERROR(body(tx));
    const pqxx::result remembered = tx.Query(kRemember, call.tenant(), actor, call.method(), request_id,
                                             pg::Bytes(hash), pg::Bytes(reply->SerializeAsString()), clock_());
    // Another copy committed between our look and its lock's end: undo ours, the client's retry gets the first answer.
    return remembered.empty() ? InProgress() : absl::OkStatus();
  });
}

}  // namespace lintel
