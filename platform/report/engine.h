// Runs definitions: read-only, as a role that sees only facts, within a time limit and a number of rows.
#pragma once

#include <chrono>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "platform/auth/principal.h"
#include "platform/clock/clock.h"
#include "platform/migrate/embedded.h"
#include "platform/pg/database.h"
#include "platform/report/definition.h"
#include "platform/report/table.h"

namespace lintel::report {

struct EngineOptions {
  std::string collection;  // "reports" or "analyses": what their names begin with.
  std::string zone = "Asia/Shanghai";
  std::chrono::milliseconds time_limit{15'000};
  int most_rows = 200'000;
};

// Who reads. A report shows only projects in `scope`; names of customers only with their right.
struct Reader {
  Scope scope;
  std::string language;  // zh or en
  bool may_see_customers = false;
  std::chrono::steady_clock::time_point deadline;
};

// Names of customers by customers/{c}; those that may not be shown or are gone are left out.
using NameResolver = std::function<std::map<std::string, std::string>(const std::vector<std::string>& customers)>;

struct Ask {
  std::map<std::string, std::string> parameters;
  std::string detail_column;                      // camelCase; empty: the figures.
  std::map<std::string, std::string> detail_key;  // By camelCase column; empty: the totals' row.
  NameResolver names;                             // May be empty.
};

class Engine {
 public:
  // Parses all files; a file that is wrong ends the process, since a binary with half its reports must not start.
  // `facts` is a database of the reader role. All must outlive the engine.
  Engine(std::span<const EmbeddedFile> files, pg::Database& facts, Clock clock, EngineOptions options);

  const std::vector<Definition>& definitions() const { return definitions_; }
  const EngineOptions& options() const { return options_; }

  // `name`: reports/RPT-01. NOT_FOUND without such a report or project; INVALID_ARGUMENT names the parameter, key or
  // column; RESOURCE_EXHAUSTED REPORT_TOO_LARGE; DEADLINE_EXCEEDED; FAILED_PRECONDITION GROUP_TOO_SMALL.
  absl::StatusOr<Table> Run(const std::string& name, const Reader& reader, const Ask& ask) const;
  absl::StatusOr<const Definition*> Find(const std::string& name) const;

 private:
  struct Turn;  // One run.

  std::vector<Definition> definitions_;
  pg::Database& facts_;
  const Clock clock_;
  const EngineOptions options_;
};

}  // namespace lintel::report
