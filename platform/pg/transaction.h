// One open transaction: queries are prepared on first use, parameters only. Stores take it by reference; only
// Database::Run opens and commits one. Not for two threads.
#pragma once

#include <chrono>
#include <optional>
#include <pqxx/pqxx>
#include <string>
#include <vector>

#include "platform/clock/calendar.h"
#include "platform/clock/clock.h"
#include "platform/pg/pool.h"

namespace lintel::pg {

// Values as libpqxx takes them. Instants and dates travel as ISO text; bytes as bytea.
inline std::string Param(const std::string& value) { return value; }
inline std::string Param(const char* value) { return value; }
inline int64_t Param(int64_t value) { return value; }
inline int Param(int value) { return value; }
inline bool Param(bool value) { return value; }
inline std::string Param(Instant value) { return ToRfc3339(value); }
inline std::string Param(Date value) { return ToIsoDate(value); }
inline pqxx::binarystring Param(const std::vector<std::byte>& value) { return {value.data(), value.size()}; }
inline pqxx::binarystring Param(const pqxx::binarystring& value) { return value; }
template <class T>
auto Param(const std::optional<T>& value) {
  using Sent = decltype(Param(*value));
  return value ? std::optional<Sent>(Param(*value)) : std::optional<Sent>();
}

// Bytes for a bytea parameter.
inline pqxx::binarystring Bytes(const std::string& value) { return pqxx::binarystring(value.data(), value.size()); }
inline std::string ToBytes(const pqxx::field& field) { return pqxx::binarystring(field).str(); }

// The same as text: an element of ArrayOf for a bytea[] parameter.
std::string HexOf(const std::string& value);

// "{a,b}" for an array parameter of ids or codes: SQL says $1::uuid[] or $1::text[]. Elements are quoted.
std::string ArrayOf(const std::vector<std::string>& values);

// A timestamptz column (the session writes UTC, ISO) or a date column. The column must not be null.
Instant ToInstant(const pqxx::field& field);
std::optional<Instant> ToOptionalInstant(const pqxx::field& field);
Date ToDate(const pqxx::field& field);
std::optional<std::string> ToOptionalText(const pqxx::field& field);

class Transaction {
 public:
  // `sql` must live as long as the process (a constexpr text): it names the prepared statement.
  template <class... Args>
  pqxx::result Query(const char* sql, const Args&... args) {
    const std::string& statement = connection_.Prepare(sql);
    return work_.exec_prepared(statement, Param(args)...);
  }

  // A text put together at run time by platform/list: not prepared, values still travel as parameters.
  pqxx::result QueryText(const std::string& sql, const std::vector<std::string>& parameters) {
    return work_.exec_params(sql, pqxx::prepare::make_dynamic_params(parameters));
  }

  // 0 for job transactions, which see all tenants.
  int64_t tenant() const { return tenant_; }

 private:
  friend class Database;
  Transaction(Connection& connection, pqxx::nontransaction& work, int64_t tenant)
      : connection_(connection), work_(work), tenant_(tenant) {}
  Connection& connection_;
  pqxx::nontransaction& work_;
  const int64_t tenant_;
};

}  // namespace lintel::pg
