#include "services/sales/app/reconcile.h"

#include <nlohmann/json.hpp>

#include "platform/ids/ids.h"
#include "platform/jobs/jobs.h"
#include "platform/log/log.h"
#include "platform/status/status.h"

namespace lintel::sales {
namespace {

constexpr char kKind[] = "sales.reconcile";
constexpr auto kEvery = std::chrono::minutes(10);
constexpr auto kPatience = std::chrono::seconds(10);
constexpr size_t kPage = 500;

// Deals that stand, by their newest document.
constexpr char kDeals[] = R"sql(
  SELECT deal_id, 'holds/' || id, 'HELD', CASE WHEN fee_minor > 0 THEN 'holds/' || id ELSE '' END, fee_minor FROM holds
   WHERE tenant_id = $1 AND project_id = $2 AND state = 'ACTIVE'
  UNION ALL
  SELECT deal_id, 'subscriptions/' || id, 'SUBSCRIBED', 'subscriptions/' || id, price_minor FROM subscriptions
   WHERE tenant_id = $1 AND project_id = $2 AND state = 'ACTIVE'
  UNION ALL
  SELECT deal_id, 'contracts/' || id, 'SIGNED', 'subscriptions/' || subscription_id, price_minor FROM contracts
   WHERE tenant_id = $1 AND project_id = $2 AND state = 'ACTIVE')sql";
constexpr char kInFlight[] = R"sql(
  SELECT unnest(ARRAY[deal_id::text, 'holds/' || id]) FROM holds
   WHERE tenant_id = $1 AND project_id = $2 AND (state = 'PENDING' OR busy <> '')
  UNION SELECT unnest(ARRAY[deal_id::text, 'subscriptions/' || id]) FROM subscriptions
   WHERE tenant_id = $1 AND project_id = $2 AND (state = 'PENDING' OR busy <> ''))sql";
constexpr char kProjects[] = R"sql(
  SELECT tenant_id, project_id FROM holds UNION SELECT tenant_id, project_id FROM subscriptions)sql";
constexpr char kKeep[] = R"sql(
  INSERT INTO reconciliations (tenant_id, id, project_id, run_time, deals, differences)
  VALUES ($1, $2, $3, $4, $5, $6::jsonb))sql";
constexpr char kForget[] = "DELETE FROM reconciliations WHERE run_time < $1::timestamptz - interval '90 days'";

CallOptions OptionsFor(int64_t tenant) {
  return {.deadline = std::chrono::steady_clock::now() + kPatience, .tenant = tenant};
}

absl::StatusOr<std::map<std::string, OpenClaim>> ReadClaims(Peers& peers, int64_t tenant, const std::string& project) {
  std::map<std::string, OpenClaim> claims;
  inventory::v1::ListOpenClaimsRequest request;
  request.set_project("projects/" + project);
  for (size_t seen = kPage; seen == kPage;) {
    ASSIGN_OR_RETURN(const auto page,
                     peers.inventory.Call<inventory::v1::ListOpenClaimsResponse>(
                         "lintel.inventory.v1.ClaimsService/ListOpenClaims", request, OptionsFor(tenant)));
    for (const auto& claim : page.claims()) {
      claims[claim.claim_id()] = {inventory::v1::RoomState_Name(claim.stage()), claim.document()};
      request.set_after_claim(claim.claim_id());
    }
    seen = static_cast<size_t>(page.claims_size());
  }
  return claims;
}

absl::StatusOr<std::map<std::string, OpenAccount>> ReadAccounts(Peers& peers, int64_t tenant,
                                                                const std::string& project) {
  std::map<std::string, OpenAccount> accounts;
  finance::v1::ListAccountsRequest request;
  request.set_project("projects/" + project);
  for (size_t seen = kPage; seen == kPage;) {
    ASSIGN_OR_RETURN(const auto page,
                     peers.finance.Call<finance::v1::ListAccountsResponse>(
                         "lintel.finance.v1.AccountsService/ListAccounts", request, OptionsFor(tenant)));
    for (const auto& account : page.accounts()) {
      accounts[account.subscription()] = {Fen(account.price().minor_units()), account.closed()};
      request.set_after(account.account());
    }
    seen = static_cast<size_t>(page.accounts_size());
  }
  return accounts;
}

// Those of holds with a fee, beside those of subscriptions.
absl::Status AddHoldAccounts(Peers& peers, int64_t tenant, const std::string& project,
                             std::map<std::string, OpenAccount>& accounts) {
  finance::v1::ListHoldAccountsRequest request;
  request.set_project("projects/" + project);
  for (size_t seen = kPage; seen == kPage;) {
    ASSIGN_OR_RETURN(const auto page,
                     peers.finance.Call<finance::v1::ListHoldAccountsResponse>(
                         "lintel.finance.v1.HoldMoneyService/ListHoldAccounts", request, OptionsFor(tenant)));
    for (const auto& account : page.hold_accounts()) {
      accounts[account.hold()] = {Fen(account.fee().minor_units()), account.closed()};
      request.set_after(account.hold());
    }
    seen = static_cast<size_t>(page.hold_accounts_size());
  }
  return absl::OkStatus();
}

}  // namespace

Reconciliation::Reconciliation(pg::Database& job, Peers& peers, Metrics& metrics)
    : job_(job),
      peers_(peers),
      differences_(metrics.Gauge("lintel_sales_reconciliation_differences",
                                 "Deals on which sales, inventory and finance disagreed at the last run")) {}

void Reconciliation::Register(JobRunner& jobs) {
  jobs.Handle(kKind, [this](JobRun& run) -> absl::Status {
    ASSIGN_OR_RETURN(const int differences, RunAll(run.Now()));
    differences_.Set(differences);
    return run.Again(run.Now() + kEvery, [&](pg::Transaction& tx) {
      tx.Query(kForget, run.Now());
      return absl::OkStatus();
    });
  });
}

absl::Status Reconciliation::Schedule(Instant now) {
  return job_.Execute({}, [&](pg::Transaction& tx) {
    Jobs(tx, now).Schedule({.kind = kKind, .key = "", .run_at = now + kEvery, .actor = "services/sales"});
    return absl::OkStatus();
  });
}

absl::StatusOr<std::vector<Difference>> Reconciliation::Look(const Project& project, int& deals) {
  // The others first: what begins meanwhile is in flight here, not missing there.
  ASSIGN_OR_RETURN(const auto claims, ReadClaims(peers_, project.tenant, project.id));
  ASSIGN_OR_RETURN(auto accounts, ReadAccounts(peers_, project.tenant, project.id));
  RETURN_IF_ERROR(AddHoldAccounts(peers_, project.tenant, project.id, accounts));
  std::vector<Deal> ours;
  std::set<std::string> in_flight;
  RETURN_IF_ERROR(job_.Execute({.read_only = true, .isolation = "REPEATABLE READ"}, [&](pg::Transaction& tx) {
    ours.clear();
    for (const pqxx::row& row : tx.Query(kDeals, project.tenant, project.id)) {
      ours.push_back({.id = row[0].as<std::string>(),
                      .document = row[1].as<std::string>(),
                      .stage = row[2].as<std::string>(),
                      .account = row[3].as<std::string>(),
                      .price = Fen(row[4].as<int64_t>())});
    }
    for (const pqxx::row& row : tx.Query(kInFlight, project.tenant, project.id)) {
      in_flight.insert(row[0].as<std::string>());
    }
    return absl::OkStatus();
  }));
  deals = static_cast<int>(ours.size());
  return Compare(ours, claims, accounts, in_flight);
}

absl::StatusOr<int> Reconciliation::RunAll(Instant now) {
  std::vector<Project> projects;
  RETURN_IF_ERROR(job_.Execute({.read_only = true}, [&](pg::Transaction& tx) {
    projects.clear();
    for (const pqxx::row& row : tx.Query(kProjects)) {
      projects.push_back({row[0].as<int64_t>(), row[1].as<std::string>()});
    }
    return absl::OkStatus();
  }));
  int total = 0;
  for (const Project& project : projects) {
    int deals = 0;
    ASSIGN_OR_RETURN(std::vector<Difference> differences, Look(project, deals));
    if (!differences.empty()) {
      ASSIGN_OR_RETURN(const std::vector<Difference> again, Look(project, deals));
      std::erase_if(differences,
                    [&](const Difference& one) { return std::find(again.begin(), again.end(), one) == again.end(); });
    }
    nlohmann::json list = nlohmann::json::array();
    for (const Difference& difference : differences) {
      list.push_back({{"subject", difference.subject}, {"what", difference.what}});
      log::Error("reconciliation difference", {{"subject", difference.subject}, {"what", difference.what}});
    }
    total += static_cast<int>(differences.size());
    RETURN_IF_ERROR(job_.Execute({}, [&](pg::Transaction& tx) {
      tx.Query(kKeep, project.tenant, NewId(), project.id, now, deals, list.dump());
      return absl::OkStatus();
    }));
  }
  return total;
}

}  // namespace lintel::sales
