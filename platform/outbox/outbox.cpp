#include "platform/outbox/outbox.h"

#include <google/protobuf/util/json_util.h>
#include <sodium.h>

#include <array>

namespace lintel {
namespace {

constexpr char kInsert[] = R"sql(
  INSERT INTO outbox (tenant_id, type, aggregate, aggregate_version, occurred_time, request_id, payload, actor, action,
                      audit, audit_salt, audit_digest)
  SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[], $4::bigint[], $5::timestamptz[], $6::text[], $7::bytea[],
                       $8::text[], $9::text[], $10::bytea[], $11::bytea[], $12::bytea[]))sql";

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
  Write(tx_, {RecordOf(cause_, event, aggregate, version, audit)});
}

void Outbox::Record(const std::string& aggregate, const Audit& audit) {
  Write(tx_, {{.cause = cause_, .aggregate = aggregate, .audit = audit}});
}

OutboxRecord Outbox::RecordOf(const Cause& cause, const google::protobuf::Message& event, const std::string& aggregate,
                              int64_t version, Audit audit) {
  return {.cause = cause,
          .type = event.GetDescriptor()->full_name(),
          .payload = event.SerializeAsString(),
          .aggregate = aggregate,
          .version = version,
          .audit = std::move(audit)};
}

void Outbox::Write(pg::Transaction& tx, const std::vector<OutboxRecord>& records) {
  std::array<std::vector<std::string>, 12> columns;
  for (const OutboxRecord& record : records) {
    const std::string text = "{\"before\":" + (record.audit.before.empty() ? "null" : record.audit.before) +
                             ",\"after\":" + (record.audit.after.empty() ? "null" : record.audit.after) + "}";
    std::string salt(kSaltBytes, '\0');
    randombytes_buf(salt.data(), salt.size());
    const Cause& cause = record.cause;
    size_t at = 0;
    for (std::string value :
         {std::to_string(cause.tenant), record.type, record.aggregate, std::to_string(record.version),
          ToRfc3339(cause.now), cause.request_id, pg::HexOf(record.payload), cause.actor, cause.action, pg::HexOf(text),
          pg::HexOf(salt), pg::HexOf(Sha256(salt + text))}) {
      columns[at++].push_back(std::move(value));
    }
  }
  std::apply([&](const auto&... column) { tx.Query(kInsert, pg::ArrayOf(column)...); }, columns);
}

std::string AuditJson(const google::protobuf::Message& message) {
  std::string json;
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = false;
  return google::protobuf::util::MessageToJsonString(message, &json, options).ok() ? json : "null";
}

}  // namespace lintel
