#include "services/telephony/app/late_callers.h"

#include "lintel/customers/v1/customers.pb.h"
#include "platform/ids/resource_name.h"
#include "platform/status/status.h"
#include "services/telephony/store/call_store.h"

namespace lintel::telephony {
namespace {

constexpr char kKind[] = "callers.identify";
constexpr auto kLimit = std::chrono::seconds(2);
constexpr auto kAskAgainAfter = std::chrono::seconds(5);
constexpr int64_t kVersion = 2;  // Of the record: the first told of no customer.

}  // namespace

void LateCallers::Schedule(pg::Transaction& tx, const Cause& cause, const v1::CallRecorded& event) {
  Jobs(tx, cause.now)
      .Schedule({.id = {},
                 .tenant = cause.tenant,
                 .kind = kKind,
                 .key = event.call(),
                 .run_at = cause.now,
                 .payload = event.SerializeAsString(),
                 .actor = cause.actor});
}

void LateCallers::Register(JobRunner& jobs) {
  jobs.Handle(kKind, [this](JobRun& run) { return Run(run); });
}

absl::Status LateCallers::Run(JobRun& run) {
  v1::CallRecorded event;
  if (!event.ParseFromString(run.job().payload)) return absl::InvalidArgumentError("not a record's announcement");
  ASSIGN_OR_RETURN(const std::string id, ParseId("call", event.call(), "calls/*"));
  const Scope scope{.reach = Scope::Reach::kTenant, .tenant = run.job().tenant};
  const auto until = std::chrono::steady_clock::now() + kLimit;
  ASSIGN_OR_RETURN(const v1::PhoneCall call,
                   app_.Run<v1::PhoneCall>({.tenant = scope.tenant, .deadline = until, .read_only = true},
                                           [&](pg::Transaction& tx) { return CallStore(tx, scope).Find(id); }));
  customers::v1::LookUpCallerRequest request;
  request.set_number(call.caller_number());
  const auto caller = customers_.Call<customers::v1::LookUpCallerResponse>(
      "lintel.customers.v1.CustomersService/LookUpCaller", request, {.deadline = until, .tenant = scope.tenant});
  // However long it is away, the question stays.
  if (!caller.ok()) return run.Again(run.Now() + kAskAgainAfter, [](pg::Transaction&) { return absl::OkStatus(); });
  if (!caller->found()) return absl::OkStatus();
  event.set_customer(caller->customer());
  return run.Complete([&](pg::Transaction& tx) -> absl::StatusOr<std::string> {
    if (CallStore(tx, scope).SetCustomer(id, call.caller_number(), event.customer()))
      Outbox(tx, run.CauseNow()).Append(event, event.call(), kVersion, {});
    return "";
  });
}

}  // namespace lintel::telephony
