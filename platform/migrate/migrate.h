// Forward-only numbered migrations, one schema and its roles per service (DESIGN 3.8):
//   <s>_owner runs migrations, <s>_app is bound by row-level security, <s>_job bypasses it (relay, sweepers, jobs);
//   <s>_reader, bound too, sees only what a migration grants it: the facts that reports read.
#pragma once

#include <span>
#include <string>

#include "absl/status/status.h"
#include "platform/migrate/embedded.h"

namespace lintel {

// Platform's own tables, which every service's schema has: outbox, requests, jobs, processes, consumer positions.
std::span<const EmbeddedFile> PlatformMigrations();

struct MigrateOptions {
  std::string admin_connection;  // A role that may create roles and schemas.
  std::string service;           // Schema and prefix of the roles.
};

// Creates what is missing and applies each file not applied yet, in its own transaction, platform's first. `@schema@`,
// `@app@`, `@job@`, `@reader@` and `@owner@` in a file are replaced. Refuses with FAILED_PRECONDITION when an applied
// file changed (checksum) or the database knows a newer one (a downgrade). Safe to run at the same time from several
// places.
absl::Status Migrate(const MigrateOptions& options, std::span<const EmbeddedFile> files);

}  // namespace lintel
