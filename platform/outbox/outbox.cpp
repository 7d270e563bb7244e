#include "platform/outbox/outbox.h"

#include <google/protobuf/util/json_util.h>
#include <sodium.h>

namespace lintel {
namespace {

constexpr char kInsert[] = R"sql(
  INSERT INTO outbox (tenant_id, type, aggregate, aggregate_version, occurred_time, request_id, payload, actor, action,
                      audit, audit_salt, audit_digest)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12))sql";

constexpr size_t kSaltBytes = 16;

std::string Sha256(const std::string& bytes) {
  std::string digest(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256(reinterpret_cast<unsigned char*>(digest.data()),
                     reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  return digest;
}

}  // namespace

void Outbox::Append(const google::protobuf::Message& event, const std::string& aggregate, int64_t version,
                    const Audit& audit) {
  Insert(event.GetDescriptor()->full_name(), event.SerializeAsString(), aggregate, version, audit);
}

void Outbox::Record(const std::string& aggregate, const Audit& audit) { Insert("", "", aggregate, 0, audit); }

void Outbox::Insert(const std::string& type, const std::string& payload, const std::string& aggregate, int64_t version,
                    const Audit& audit) {
  const std::string text = "{\"before\":" + (audit.before.empty() ? "null" : audit.before) +
                           ",\"after\":" + (audit.after.empty() ? "null" : audit.after) + "}";
  std::string salt(kSaltBytes, '\0');
  randombytes_buf(salt.data(), salt.size());
  tx_.Query(kInsert, cause_.tenant, type, aggregate, version, cause_.now, cause_.request_id, pg::Bytes(payload),
            cause_.actor, cause_.action, pg::Bytes(text), pg::Bytes(salt), pg::Bytes(Sha256(salt + text)));
}

std::string AuditJson(const google::protobuf::Message& message) {
  std::string json;
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = false;
  return google::protobuf::util::MessageToJsonString(message, &json, options).ok() ? json : "null";
}

}  // namespace lintel
