#include "platform/service/service.h"

#include "lintel/identity/v1/identity.pb.h"
#include "platform/log/log.h"
#include "platform/service/housekeeping.h"
#include "platform/status/status.h"

namespace lintel {
namespace {

constexpr int kJobThreads = 2;
constexpr int kJobConnections = 6;
constexpr auto kGrace = std::chrono::seconds(15);
constexpr auto kIdentityPatience = std::chrono::seconds(2);

}  // namespace

Service::Service(ServiceSpec spec, ServiceConfig config, Environment& environment)
    : spec_(std::move(spec)),
      config_(std::move(config)),
      environment_(environment),
      clock_(config_.test_mode ? FollowOffset(config_.home + "/test-clock") : Clock(WallClock)),
      tokens_(config_.service_key_hex, config_.operator_public_key_hex, WallClock),
      metrics_(spec_.name),
      reasons_(spec_.reasons),
      app_pool_(PoolOf("app", spec_.connections + kJobThreads + 1)),
      job_pool_(PoolOf("job", kJobConnections)),
      redis_(config_.redis),
      resolve_([this](const auth::TokenClaims& claims) { return AskIdentity(claims); }),
      principals_([this](const auth::TokenClaims& claims) { return resolve_(claims); }),
      commands_(app_, clock_),
      processes_(commands_, job_, metrics_),
      jobs_(app_, job_, clock_, metrics_),
      operations_(spec_.name, commands_, reasons_),
      relay_({.connection = PoolOf("job", 1), .stream = StreamOf(spec_.name)}, redis_, metrics_),
      server_({.address = config_.listen, .threads = spec_.threads, .longest_stream = config_.longest_stream}, tokens_,
              principals_, reasons_, metrics_) {
  app_.OnCommit([this] { relay_.Wake(); });
  job_.OnCommit([this] { relay_.Wake(); });
  operations_.Serve(server_);
  server_.Handle("lintel.event.v1.EventLogService/ReadEvents", &event_log_, &EventLog::ReadEvents);
  jobs_.Handle(kHousekeeping, [this](JobRun& run) { return KeepHouse(run); });
  if (config_.test_mode) {
    processes_.OnPlace([](const std::string& place, const std::string& kind, const std::string& step) {
      log::Info("process place", {{"place", place}, {"kind", kind}, {"step", step}});
    });
  }
}

Service::~Service() { Stop(); }

pg::PoolOptions Service::PoolOf(const std::string& role, int size) const {
  return {.connection = config_.postgres, .role = spec_.name + "_" + role, .schema = spec_.name, .size = size};
}

Blobs& Service::blobs() {
  if (!blobs_) {
    blobs_ = std::make_unique<Blobs>(config_.home + "/blob/" + spec_.name, config_.home + "/secrets/tenant.key");
  }
  return *blobs_;
}

Channel& Service::Peer(const std::string& name) {
  std::unique_ptr<Channel>& channel = peers_[name];
  if (!channel) {
    channel = std::make_unique<Channel>(environment_.Require(VariableOf(name, "ADDR")), spec_.name, name, tokens_);
  }
  return *channel;
}

Consumer& Service::Consume(const std::string& source) {
  consumers_.push_back(std::make_unique<Consumer>(source, Peer(source), redis_, job_, metrics_));
  return *consumers_.back();
}

absl::StatusOr<Principal> Service::AskIdentity(const auth::TokenClaims& claims) {
  identity::v1::GetPrincipalRequest request;
  *request.mutable_claims() = claims;
  ASSIGN_OR_RETURN(const auth::Principal principal,
                   Peer("identity")
                       .Call<auth::Principal>("lintel.identity.v1.IdentityService/GetPrincipal", request,
                                              {.deadline = std::chrono::steady_clock::now() + kIdentityPatience,
                                               .tenant = claims.tenant_id()}));
  return FromProto(principal);
}

void Service::ScheduleHousekeeping() {
  const absl::Status scheduled = job_.Execute({}, [this](pg::Transaction& tx) {
    Jobs(tx, clock_())
        .Schedule({.kind = kHousekeeping, .key = "", .run_at = clock_(), .actor = "services/" + spec_.name});
    return absl::OkStatus();
  });
  if (!scheduled.ok()) log::Warn("housekeeping is not scheduled", {{"error", std::string(scheduled.message())}});
}

absl::Status Service::Start() {
  if (spec_.name != "identity") Peer("identity");  // Missing, it stops the start and not the first call.
  RETURN_IF_ERROR(environment_.Check());
  RETURN_IF_ERROR(app_.LogRole());
  RETURN_IF_ERROR(job_.LogRole());
  started_ = true;
  ScheduleHousekeeping();
  for (const auto& hook : on_start_) RETURN_IF_ERROR(hook());
  relay_.Start();
  watch_.Start();
  for (const auto& consumer : consumers_) consumer->Start();
  processes_.Start();
  jobs_.Start(kJobThreads);
  RETURN_IF_ERROR(server_.Start());
  metrics_.Serve(config_.metrics_port);  // Answering is what readiness means to the supervisor.
  return absl::OkStatus();
}

void Service::Stop() {
  if (!started_) return;
  started_ = false;
  server_.Stop(kGrace);
  for (const auto& hook : on_stop_) hook();
  jobs_.Stop();
  processes_.Stop();
  for (const auto& consumer : consumers_) consumer->Stop();
  watch_.Stop();
  relay_.Stop();
  log::Info("stopped");
}

}  // namespace lintel
