#include "services/customers/app/follow_up.h"

#include "lintel/identity/v1/identity.pb.h"
#include "platform/status/status.h"

namespace lintel::customers {

Job FollowUpJob(int64_t tenant, const Customer& customer, const Visit& visit) {
  identity::v1::SendNoticeRequest notice;
  notice.set_key("follow-up:" + visit.id);
  notice.add_operators(customer.owner_id ? "operators/" + *customer.owner_id : visit.operator_name);
  notice.set_kind("customer.follow-up");
  notice.set_task(true);
  notice.set_title_zh("该联系客户了");
  notice.set_title_en("Time to contact a customer");
  notice.set_subject("customers/" + customer.id);
  return {.id = "",
          .tenant = tenant,
          .kind = kFollowUp,
          .key = visit.id,
          .run_at = *visit.next_contact_time,
          .payload = notice.SerializeAsString(),
          .actor = visit.operator_name};
}

absl::Status RunFollowUp(JobRun& run, Channel& identity) {
  identity::v1::SendNoticeRequest notice;
  if (!notice.ParseFromString(run.job().payload)) return absl::DataLossError("a follow-up's payload cannot be read");
  const auto sent = identity.Call<identity::v1::SendNoticeResponse>(
      "lintel.identity.v1.IdentityService/SendNotice", notice,
      {.deadline = std::chrono::steady_clock::now() + std::chrono::seconds(5), .tenant = run.job().tenant});
  return sent.status();
}

}  // namespace lintel::customers
