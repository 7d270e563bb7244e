#include "services/identity/api/identity.h"

#include "services/identity/embedded.h"

namespace lintel::identity {

Identity::Identity(const Config& config, pg::Database& app, pg::Database& job, Blobs& blobs, Metrics& metrics,
                   Clock clock, Clock wall_clock)
    : job_(job),
      blobs_(blobs),
      clock_(clock),
      wall_clock_(wall_clock),
      rights_(TextOf(Catalogues(), "rights.json")),
      settings_(TextOf(Catalogues(), "settings.json")),
      code_tables_(ReadCodeTables(TextOf(Catalogues(), "code_tables.json"))),
      scanner_(config.scanner_socket),
      hasher_(config.hash_cost),
      commands_(app, clock),
      sign_in_(app, job, hasher_, wall_clock,
               {.signing_secret_hex = config.signing_secret_hex, .token_lifetime = config.token_lifetime}, metrics),
      sessions_api_(sign_in_, app, settings_),
      me_api_(app, hasher_, wall_clock, config.test_mode),
      operators_api_(commands_, hasher_, wall_clock),
      groups_api_(commands_, rights_),
      places_api_(commands_),
      code_tables_api_(commands_, code_tables_),
      settings_api_(commands_, settings_),
      inbox_api_(commands_),
      look_up_api_(app, job, settings_),
      files_api_(app, blobs, scanner_, clock, config.largest_upload_bytes) {}

void Identity::Register(Server& server) {
  sessions_api_.Register(server);
  me_api_.Register(server);
  operators_api_.Register(server);
  groups_api_.Register(server);
  places_api_.Register(server);
  code_tables_api_.Register(server);
  settings_api_.Register(server);
  inbox_api_.Register(server);
  look_up_api_.Register(server);
  files_api_.Register(server);
}

absl::StatusOr<Principal> Identity::Resolve(const auth::TokenClaims& claims) {
  constexpr auto kPatience = std::chrono::seconds(2);
  auto principal = sessions_api_.Resolve(claims, std::chrono::steady_clock::now() + kPatience);
  if (!principal.ok()) return principal.status();
  return FromProto(*principal);
}

absl::Status Identity::Sweep() {
  constexpr auto kKept = std::chrono::hours(7 * 24);
  const Instant now = wall_clock_();
  const absl::Status swept = job_.Execute({}, [&](pg::Transaction& tx) {
    DropSessionsBefore(tx, now - kKept);
    FailureStore(tx).ForgetBefore(now - std::chrono::hours(24));
    return absl::OkStatus();
  });
  if (!swept.ok()) return swept;
  return FilesApi::DropUnused(job_, blobs_, clock_()).status();
}

}  // namespace lintel::identity
