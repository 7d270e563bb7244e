#include "services/customers/api/contacts_api.h"

#include "platform/ids/ids.h"
#include "platform/ids/resource_name.h"
#include "platform/jobs/jobs.h"
#include "platform/status/status.h"
#include "platform/text/text.h"
#include "services/customers/api/convert.h"
#include "services/customers/app/follow_up.h"

namespace lintel::customers {
namespace {

Entry VisitEntry(const Visit& visit) {
  std::map<std::string, std::string> details{{"kind", visit.kind}};
  if (visit.project_id) details["project"] = "projects/" + *visit.project_id;
  return {.kind = "visit",
          .resource = "customers/" + visit.customer_id + "/visits/" + visit.id,
          .occurred_time = visit.visit_time,
          .details = std::move(details),
          .visit_id = visit.id,
          .sealed_note = "",
          .operator_name = visit.operator_name,
          .source = ""};
}

Entry ConsentEntry(const v1::Consent& consent, Instant time, const std::string& operator_name) {
  return {.kind = "consent",
          .resource = consent.name(),
          .occurred_time = time,
          .details = {{"purpose", consent.purpose()}, {"granted", consent.has_withdraw_time() ? "false" : "true"}},
          .visit_id = std::nullopt,
          .sealed_note = "",
          .operator_name = operator_name,
          .source = ""};
}

v1::VisitRecorded RecordedEvent(const Visit& visit, const Customer& customer, bool first) {
  v1::VisitRecorded event;
  event.set_customer("customers/" + visit.customer_id);
  event.set_visit(event.customer() + "/visits/" + visit.id);
  event.set_kind(visit.kind);
  if (visit.project_id) event.set_project("projects/" + *visit.project_id);
  event.set_operator_(visit.operator_name);
  *event.mutable_visit_time() = lintel::ToProto(visit.visit_time);
  event.set_first(first);
  event.set_source(customer.source);
  if (customer.owner_id) event.set_owner("operators/" + *customer.owner_id);
  if (customer.owner_team) event.set_owner_team("teams/" + *customer.owner_team);
  return event;
}

v1::ConsentChanged ConsentEvent(const Customer& customer, const Consent& consent, bool granted) {
  v1::ConsentChanged event;
  event.set_customer("customers/" + customer.id);
  event.set_purpose(consent.purpose);
  event.set_granted(granted);
  if (customer.owner_id) event.set_owner("operators/" + *customer.owner_id);
  if (customer.owner_team) event.set_owner_team("teams/" + *customer.owner_team);
  return event;
}

}  // namespace

void ContactsApi::Register(Server& server) {
  const std::string service = "lintel.customers.v1.CustomersService/";
  server.Handle(service + "ListTimeline", this, &ContactsApi::ListTimeline);
  server.Handle(service + "CreateVisit", this, &ContactsApi::CreateVisit);
  server.Handle(service + "ListVisits", this, &ContactsApi::ListVisits);
  server.Handle(service + "RecordConsent", this, &ContactsApi::RecordConsent);
  server.Handle(service + "WithdrawConsent", this, &ContactsApi::WithdrawConsent);
  server.Handle(service + "ListConsents", this, &ContactsApi::ListConsents);
}

absl::StatusOr<std::string> ContactsApi::NoteOf(const Customer& customer, int64_t tenant,
                                                const std::string& sealed) const {
  return customer.erased ? absl::StatusOr<std::string>("") : vault_.Open(tenant, customer.wrapped_key, sealed);
}

absl::StatusOr<v1::ListTimelineResponse> ContactsApi::ListTimeline(const Call& call,
                                                                   const v1::ListTimelineRequest& request) {
  ASSIGN_OR_RETURN(const std::string id, ParseId("parent", request.parent(), "customers/*"));
  ASSIGN_OR_RETURN(const List list, MakeList(TimelineStore::Spec(), ListRequestOf(request, id)));
  return commands_.database().Run<v1::ListTimelineResponse>(
      call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<v1::ListTimelineResponse> {
        ASSIGN_OR_RETURN(const Customer customer, CustomerStore(tx, vault_, call.scope()).Find(id));
        const auto page = TimelineStore(tx, id).ListEntries(list);
        v1::ListTimelineResponse response;
        for (const Entry& entry : page.entries) {
          ASSIGN_OR_RETURN(const std::string note, NoteOf(customer, call.tenant(), entry.sealed_note));
          *response.add_entries() = ToProto(entry, note);
        }
        response.set_next_page_token(page.next_page_token);
        return response;
      });
}

absl::StatusOr<Visit> ContactsApi::ParseVisit(const Call& call, const v1::CreateVisitRequest& request) const {
  const v1::Visit& from = request.visit();
  Visit visit{.id = NewId()};
  ASSIGN_OR_RETURN(visit.customer_id, ParseId("parent", request.parent(), "customers/*"));
  if (from.kind().empty()) return InvalidField("visit.kind", "must not be empty");
  RETURN_IF_ERROR(CheckCode("visit.kind", from.kind()));
  RETURN_IF_ERROR(CheckText("visit.note", from.note(), {.most = 2000, .lines = true}));
  visit.kind = from.kind();
  if (!from.project().empty()) {
    ASSIGN_OR_RETURN(visit.project_id, ParseId("visit.project", from.project(), "projects/*"));
  }
  visit.created_time = visit.visit_time = commands_.Now();
  if (from.has_visit_time()) {
    ASSIGN_OR_RETURN(visit.visit_time, ToInstant("visit.visit_time", from.visit_time()));
    if (visit.visit_time > visit.created_time) return InvalidField("visit.visit_time", "must not be in the future");
  }
  if (from.has_next_contact_time()) {
    ASSIGN_OR_RETURN(visit.next_contact_time, ToInstant("visit.next_contact_time", from.next_contact_time()));
    if (visit.next_contact_time <= visit.created_time) {
      return InvalidField("visit.next_contact_time", "must be in the future");
    }
  }
  visit.operator_name = call.principal().operator_name;
  return visit;
}

absl::StatusOr<v1::Visit> ContactsApi::CreateVisit(const Call& call, const v1::CreateVisitRequest& request) {
  ASSIGN_OR_RETURN(const Visit parsed, ParseVisit(call, request));
  ASSIGN_OR_RETURN(v1::Visit answer,
                   commands_.Run<v1::Visit>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<v1::Visit> {
                     CustomerStore customers(tx, vault_, call.scope());
                     ASSIGN_OR_RETURN(const Customer customer, customers.FindForUpdate(parsed.customer_id));
                     RETURN_IF_ERROR(CheckNotErased(customer));
                     Visit visit = parsed;
                     visit.sealed_note = vault_.Seal(call.tenant(), customer.wrapped_key, request.visit().note());
                     TimelineStore timeline(tx, customer.id);
                     const bool first = visit.kind == "visit" && !timeline.HasVisited(visit.project_id);
                     timeline.InsertVisit(visit);
                     timeline.Add(call.tenant(), VisitEntry(visit));
                     customers.RecordContact(customer.id, visit.visit_time);
                     if (visit.next_contact_time) {
                       Jobs(tx, commands_.Now()).Schedule(FollowUpJob(call.tenant(), customer, visit));
                     }
                     // The note is the customer's own story: it stays out of the log and of remembered answers.
                     const v1::Visit without_note = ToProto(visit, "");
                     Outbox(tx, call.CauseAt(commands_.Now()))
                         .Append(RecordedEvent(visit, customer, first), without_note.name(), 1,
                                 {.before = "", .after = AuditJson(without_note)});
                     return without_note;
                   }));
  answer.set_note(request.visit().note());
  return answer;
}

absl::StatusOr<v1::ListVisitsResponse> ContactsApi::ListVisits(const Call& call, const v1::ListVisitsRequest& request) {
  ASSIGN_OR_RETURN(const std::string id, ParseId("parent", request.parent(), "customers/*"));
  ASSIGN_OR_RETURN(const List list, MakeList(TimelineStore::VisitSpec(), ListRequestOf(request, id)));
  return commands_.database().Run<v1::ListVisitsResponse>(
      call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<v1::ListVisitsResponse> {
        ASSIGN_OR_RETURN(const Customer customer, CustomerStore(tx, vault_, call.scope()).Find(id));
        const auto page = TimelineStore(tx, id).ListVisits(list);
        v1::ListVisitsResponse response;
        for (const Visit& visit : page.visits) {
          ASSIGN_OR_RETURN(const std::string note, NoteOf(customer, call.tenant(), visit.sealed_note));
          *response.add_visits() = ToProto(visit, note);
        }
        response.set_next_page_token(page.next_page_token);
        return response;
      });
}

absl::StatusOr<v1::Consent> ContactsApi::RecordConsent(const Call& call, const v1::RecordConsentRequest& request) {
  ASSIGN_OR_RETURN(const std::string id, ParseId("parent", request.parent(), "customers/*"));
  const v1::Consent& from = request.consent();
  if (from.purpose().empty()) return InvalidField("consent.purpose", "must not be empty");
  RETURN_IF_ERROR(CheckCode("consent.purpose", from.purpose()));
  RETURN_IF_ERROR(CheckText("consent.text_version", from.text_version(), {.least = 1, .most = 60}));
  RETURN_IF_ERROR(CheckCode("consent.channel", from.channel()));
  return commands_.Run<v1::Consent>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<v1::Consent> {
    ASSIGN_OR_RETURN(const Customer customer, CustomerStore(tx, vault_, call.scope()).FindForUpdate(id));
    RETURN_IF_ERROR(CheckNotErased(customer));
    const Consent consent{.id = NewId(),
                          .purpose = from.purpose(),
                          .text_version = from.text_version(),
                          .channel = from.channel(),
                          .operator_name = call.principal().operator_name,
                          .grant_time = commands_.Now(),
                          .withdraw_time = std::nullopt};
    TimelineStore timeline(tx, id);
    timeline.InsertConsent(consent);
    const v1::Consent answer = ToProto(consent, id);
    timeline.Add(call.tenant(), ConsentEntry(answer, consent.grant_time, consent.operator_name));
    Outbox(tx, call.CauseAt(commands_.Now()))
        .Append(ConsentEvent(customer, consent, /*granted=*/true), answer.name(), 1,
                {.before = "", .after = AuditJson(answer)});
    return answer;
  });
}

absl::StatusOr<v1::Consent> ContactsApi::WithdrawConsent(const Call& call, const v1::WithdrawConsentRequest& request) {
  ASSIGN_OR_RETURN(const auto ids, ParseName("name", request.name(), "customers/*/consents/*"));
  return commands_.Run<v1::Consent>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<v1::Consent> {
    ASSIGN_OR_RETURN(const Customer customer, CustomerStore(tx, vault_, call.scope()).FindForUpdate(ids[0]));
    TimelineStore timeline(tx, ids[0]);
    ASSIGN_OR_RETURN(Consent consent, timeline.FindConsentForUpdate(ids[1]));
    if (consent.withdraw_time) return ToProto(consent, ids[0]);
    const std::string before = AuditJson(ToProto(consent, ids[0]));
    const Instant now = commands_.Now();
    consent.withdraw_time = now;
    timeline.WithdrawConsent(consent.id, now);
    const v1::Consent answer = ToProto(consent, ids[0]);
    timeline.Add(call.tenant(), ConsentEntry(answer, now, call.principal().operator_name));
    Outbox(tx, call.CauseAt(now))
        .Append(ConsentEvent(customer, consent, /*granted=*/false), answer.name(), 2,
                {.before = before, .after = AuditJson(answer)});
    return answer;
  });
}

absl::StatusOr<v1::ListConsentsResponse> ContactsApi::ListConsents(const Call& call,
                                                                   const v1::ListConsentsRequest& request) {
  ASSIGN_OR_RETURN(const std::string id, ParseId("parent", request.parent(), "customers/*"));
  return commands_.database().Run<v1::ListConsentsResponse>(
      call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<v1::ListConsentsResponse> {
        RETURN_IF_ERROR(CustomerStore(tx, vault_, call.scope()).Find(id).status());
        v1::ListConsentsResponse response;
        for (const Consent& consent : TimelineStore(tx, id).ListConsents()) {
          *response.add_consents() = ToProto(consent, id);
        }
        return response;
      });
}

}  // namespace lintel::customers
