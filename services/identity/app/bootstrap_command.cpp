#include "services/identity/app/bootstrap_command.h"

#include <cstdio>
#include <nlohmann/json.hpp>

#include "absl/strings/str_split.h"
#include "platform/log/log.h"
#include "services/identity/app/bootstrap.h"
#include "services/identity/config.h"
#include "services/identity/embedded.h"

namespace lintel::identity {
namespace {

constexpr char kUsage[] =
    "usage: lintel-identity bootstrap --tenant NAME --operators admin,manager,... [--language zh-CN|en]\n"
    "       the password of all of them in LINTEL_DEMO_PASSWORD\n";

// False when an option is unknown or has no value.
bool ReadOptions(int argc, char** argv, BootstrapOrder& order) {
  for (int i = 2; i < argc; i += 2) {
    if (i + 1 >= argc) return false;
    const std::string option = argv[i];
    const std::string value = argv[i + 1];
    if (option == "--tenant") {
      order.tenant = value;
    } else if (option == "--operators") {
      order.operators = absl::StrSplit(value, ',', absl::SkipEmpty());
    } else if (option == "--language" && (value == "zh-CN" || value == "en")) {
      order.language = value;
    } else {
      return false;
    }
  }
  return !order.tenant.empty() && !order.operators.empty();
}

int Fail(const absl::Status& status) {
  log::Error("bootstrap failed", {{"error", std::string(status.message())}});
  return 1;
}

}  // namespace

int BootstrapCommand(int argc, char** argv) {
  log::Start("identity");
  BootstrapOrder order;
  if (!ReadOptions(argc, argv, order)) {
    std::fputs(kUsage, stderr);
    return 2;
  }
  Environment environment;
  order.password = environment.Require("LINTEL_DEMO_PASSWORD");
  const std::string connection = environment.Require("LINTEL_PG");
  const HashCost cost = ReadHashCost(environment);
  if (const absl::Status wrong = environment.Check(); !wrong.ok()) return Fail(wrong);

  pg::Pool app_pool({.connection = connection, .role = "identity_app", .schema = "identity", .size = 1});
  pg::Pool job_pool({.connection = connection, .role = "identity_job", .schema = "identity", .size = 1});
  pg::Database app(app_pool);
  pg::Database job(job_pool);
  PasswordHasher hasher(cost);
  const RightCatalogue rights(TextOf(Catalogues(), "rights.json"));
  const auto result =
      Bootstrap(job, app, hasher, rights, ReadCodeTables(TextOf(Catalogues(), "code_tables.json")), order, WallClock());
  if (!result.ok()) return Fail(result.status());
  nlohmann::json answer{{"tenant", result->tenant}};
  for (const auto& [sign_in_name, name] : result->operators) answer["operators"][sign_in_name] = name;
  std::printf("%s\n", answer.dump().c_str());
  return 0;
}

}  // namespace lintel::identity
