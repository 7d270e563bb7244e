// Visits, consents and the timeline of a customer.
#pragma once

#include "lintel/customers/v1/customers.pb.h"
#include "platform/command/command.h"
#include "platform/server/server.h"
#include "services/customers/store/customer_store.h"
#include "services/customers/store/timeline_store.h"

namespace lintel::customers {

class ContactsApi {
 public:
  ContactsApi(Commands& commands, const Vault& vault) : commands_(commands), vault_(vault) {}
  void Register(Server& server);

  absl::StatusOr<v1::ListTimelineResponse> ListTimeline(const Call& call, const v1::ListTimelineRequest& request);
  absl::StatusOr<v1::Visit> CreateVisit(const Call& call, const v1::CreateVisitRequest& request);
  absl::StatusOr<v1::ListVisitsResponse> ListVisits(const Call& call, const v1::ListVisitsRequest& request);
  absl::StatusOr<v1::Consent> RecordConsent(const Call& call, const v1::RecordConsentRequest& request);
  absl::StatusOr<v1::Consent> WithdrawConsent(const Call& call, const v1::WithdrawConsentRequest& request);
  absl::StatusOr<v1::ListConsentsResponse> ListConsents(const Call& call, const v1::ListConsentsRequest& request);

 private:
  absl::StatusOr<Visit> ParseVisit(const Call& call, const v1::CreateVisitRequest& request) const;
  // A sealed note, readable as long as the customer is not erased.
  absl::StatusOr<std::string> NoteOf(const Customer& customer, int64_t tenant, const std::string& sealed) const;

  Commands& commands_;
  const Vault& vault_;
};

}  // namespace lintel::customers
