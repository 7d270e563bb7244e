#include "services/customers/app/protection.h"

#include "absl/strings/numbers.h"
#include "lintel/identity/v1/identity.pb.h"

namespace lintel::customers {
namespace {

constexpr char kSetting[] = "customer.protection_days";
constexpr auto kPatience = std::chrono::milliseconds(500);
constexpr auto kKept = std::chrono::minutes(1);

}  // namespace

int Protection::DaysFor(const Call& call) {
  const auto now = std::chrono::steady_clock::now();
  {
    const std::lock_guard lock(mutex_);
    const auto found = known_.find(call.tenant());
    if (found != known_.end() && found->second.until > now) return found->second.days;
  }
  identity::v1::GetSettingValuesRequest request;
  request.add_keys(kSetting);
  CallOptions options = call.OnBehalf();
  options.deadline = std::min(options.deadline, now + kPatience);
  const auto answer = identity_.Call<identity::v1::GetSettingValuesResponse>(
      "lintel.identity.v1.IdentityService/GetSettingValues", request, options);
  const std::lock_guard lock(mutex_);
  Known& known = known_[call.tenant()];
  known.until = now + kKept;
  int days = 0;
  if (answer.ok() && answer->values().contains(kSetting) && absl::SimpleAtoi(answer->values().at(kSetting), &days)) {
    known.days = days;
  }
  return known.days;
}

}  // namespace lintel::customers
