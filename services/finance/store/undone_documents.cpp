#include "services/finance/store/undone_documents.h"

namespace lintel::finance {
namespace {

constexpr char kLock[] = "SELECT pg_advisory_xact_lock(hashtextextended('finance.documents/' || $1, $2))";
constexpr char kContains[] = R"sql(
  SELECT EXISTS (SELECT FROM undone_documents WHERE tenant_id = $1 AND id = $2::uuid))sql";
constexpr char kAdd[] = R"sql(
  INSERT INTO undone_documents (tenant_id, id, undone_time) VALUES ($1, $2::uuid, $3) ON CONFLICT DO NOTHING)sql";

}  // namespace

void UndoneDocuments::Lock(const std::string& document_id) { tx_.Query(kLock, document_id, tenant_); }

bool UndoneDocuments::Contains(const std::string& document_id) {
  return tx_.Query(kContains, tenant_, document_id)[0][0].as<bool>();
}

void UndoneDocuments::Add(const std::string& document_id, Instant now) { tx_.Query(kAdd, tenant_, document_id, now); }

}  // namespace lintel::finance
