#include "services/customers/api/customers_api.h"

#include "absl/strings/str_cat.h"
#include "platform/ids/ids.h"
#include "platform/ids/resource_name.h"
#include "platform/phone/phone.h"
#include "platform/status/status.h"
#include "platform/text/text.h"
#include "platform/update/update.h"
#include "services/customers/api/convert.h"
#include "services/customers/store/timeline_store.h"

namespace lintel::customers {
namespace {

constexpr char kForgetAudit[] = R"sql(
  UPDATE outbox SET audit = NULL, audit_salt = NULL
   WHERE tenant_id = $1 AND (aggregate = $2 OR starts_with(aggregate, $2 || '/')))sql";

// What stays in the table of remembered requests.
v1::Customer NameOnly(const Customer& customer) {
  v1::Customer remembered;
  remembered.set_name("customers/" + customer.id);
  return remembered;
}

Scope WholeTenant(const Call& call) {
  Scope scope = call.scope();
  scope.reach = Scope::Reach::kTenant;
  return scope;
}

// Seeing whole phones or ID numbers is itself on record.
bool SeesPersonalNumbers(const Call& call) {
  return !call.principal().is_service() &&
         (call.principal().Has("customer.phone.read") || call.principal().Has("customer.id.read"));
}

std::string ReadAudit(const std::vector<Customer>& customers) {
  std::string json = R"({"read":[)";
  for (size_t i = 0; i < customers.size(); ++i) {
    absl::StrAppend(&json, i == 0 ? "" : ",", "\"customers/", customers[i].id, "\"");
  }
  return json + "]}";
}

}  // namespace

void CustomersApi::Register(Server& server) {
  const std::string service = "lintel.customers.v1.CustomersService/";
  server.Handle(service + "ListCustomers", this, &CustomersApi::ListCustomers);
  server.Handle(service + "GetCustomer", this, &CustomersApi::GetCustomer);
  server.Handle(service + "CreateCustomer", this, &CustomersApi::CreateCustomer);
  server.Handle(service + "UpdateCustomer", this, &CustomersApi::UpdateCustomer);
  server.Handle(service + "AssignCustomer", this, &CustomersApi::AssignCustomer);
  server.Handle(service + "EraseCustomer", this, &CustomersApi::EraseCustomer);
  server.Handle(service + "FindDuplicates", this, &CustomersApi::FindDuplicates);
}

absl::StatusOr<v1::ListCustomersResponse> CustomersApi::ListCustomers(const Call& call,
                                                                      const v1::ListCustomersRequest& request) {
  ASSIGN_OR_RETURN(const Query query, ParseQuery(request.query(), [&](const std::string& tail) {
                     return vault_.TailDigest(call.tenant(), tail);
                   }));
  ASSIGN_OR_RETURN(const List list, MakeList(CustomerStore::Spec(), ListRequestOf(request, request.query())));
  return commands_.database().Run<v1::ListCustomersResponse>(
      call.Transaction(), [&](pg::Transaction& tx) -> absl::StatusOr<v1::ListCustomersResponse> {
        ASSIGN_OR_RETURN(const auto page, CustomerStore(tx, vault_, call.scope()).ListCustomers(list, query));
        v1::ListCustomersResponse response;
        for (const Customer& customer : page.customers) *response.add_customers() = ToProto(customer);
        response.set_next_page_token(page.next_page_token);
        if (!page.customers.empty() && SeesPersonalNumbers(call)) {
          Outbox(tx, call.CauseAt(commands_.Now()))
              .Record("customers", {.before = "", .after = ReadAudit(page.customers)});
        }
        return response;
      });
}

absl::StatusOr<v1::Customer> CustomersApi::GetCustomer(const Call& call, const v1::GetCustomerRequest& request) {
  ASSIGN_OR_RETURN(const std::string id, ParseId("name", request.name(), "customers/*"));
  return commands_.database().Run<v1::Customer>(
      call.Transaction(), [&](pg::Transaction& tx) -> absl::StatusOr<v1::Customer> {
        ASSIGN_OR_RETURN(const Customer customer, CustomerStore(tx, vault_, call.scope()).Find(id));
        if (SeesPersonalNumbers(call)) {
          Outbox(tx, call.CauseAt(commands_.Now()))
              .Record("customers/" + id, {.before = "", .after = ReadAudit({customer})});
        }
        return ToProto(customer);
      });
}

// The new owner and the owner's team, as far as identity has announced it.
absl::Status CustomersApi::GiveTo(CustomerStore& store, const Call& call, const std::string& owner,
                                  Customer& customer) const {
  ASSIGN_OR_RETURN(const std::string owner_id, ParseId("owner", owner, "operators/*"));
  const auto known = store.FindOperator(owner_id);
  if (known && !known->active) return Refused("OWNER_INACTIVE", "the operator is disabled");
  customer.owner_id = owner_id;
  customer.owner_team.reset();
  if (known && !known->team_id.empty()) {
    customer.owner_team = known->team_id;
  } else if (!known && owner == call.principal().operator_name && !call.principal().team.empty()) {
    ASSIGN_OR_RETURN(customer.owner_team, ParseId("team", call.principal().team, "teams/*"));
  }
  return absl::OkStatus();
}

absl::StatusOr<v1::Customer> CustomersApi::CreateCustomer(const Call& call, const v1::CreateCustomerRequest& request) {
  Customer made{.id = NewId()};
  RETURN_IF_ERROR(FromProto(request.customer(), made));
  const std::string own = call.principal().operator_name;
  const std::string owner = request.customer().owner().empty() ? own : request.customer().owner();
  if (owner != own && !call.principal().Has("customer.assign")) {
    return WithReason(absl::StatusCode::kPermissionDenied, "RIGHT_MISSING", "needs the right to assign",
                      {{"right", "customer.assign"}});
  }
  const std::chrono::hours protection(24 * protection_days_(call));
  ASSIGN_OR_RETURN(const v1::Customer remembered,
                   commands_.Run<v1::Customer>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<v1::Customer> {
                     const Instant now = commands_.Now();
                     made.created_time = made.updated_time = made.last_contact_time = now;
                     made.protection_end_time = now + protection;
                     made.wrapped_key = vault_.NewWrappedKey(call.tenant());
                     CustomerStore store(tx, vault_, call.scope());
                     if (!owner.empty()) RETURN_IF_ERROR(GiveTo(store, call, owner, made));
                     RETURN_IF_ERROR(store.Insert(made));
                     TimelineStore(tx, made.id)
                         .Add(call.tenant(), {.kind = "customer.registered",
                                              .resource = "customers/" + made.id,
                                              .occurred_time = now,
                                              .details = {{"source", made.source}},
                                              .visit_id = std::nullopt,
                                              .sealed_note = "",
                                              .operator_name = own,
                                              .source = ""});
                     Outbox(tx, call.CauseAt(now))
                         .Append(RegisteredEvent(made), "customers/" + made.id, made.version,
                                 {.before = "", .after = AuditJson(ToProto(made))});
                     return NameOnly(made);
                   }));
  return ReadAgain(call, remembered);
}

absl::StatusOr<v1::Customer> CustomersApi::UpdateCustomer(const Call& call, const v1::UpdateCustomerRequest& request) {
  ASSIGN_OR_RETURN(const std::string id, ParseId("customer.name", request.customer().name(), "customers/*"));
  ASSIGN_OR_RETURN(
      const v1::Customer remembered,
      commands_.Run<v1::Customer>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<v1::Customer> {
        CustomerStore store(tx, vault_, call.scope());
        ASSIGN_OR_RETURN(const Customer before, store.FindForUpdate(id));
        RETURN_IF_ERROR(CheckNotErased(before));
        RETURN_IF_ERROR(CheckEtag("customer", request.customer().etag(), before.version));
        v1::Customer wanted = ToProto(before);
        RETURN_IF_ERROR(ApplyUpdate(request.update_mask(),
                                    {"display_name", "phones", "id_kind", "id_number", "gender", "address", "email",
                                     "remark", "language", "source", "level", "tags", "projects", "do_not_call"},
                                    request.customer(), wanted));
        Customer after = before;
        RETURN_IF_ERROR(FromProto(wanted, after));
        ++after.version;
        after.updated_time = commands_.Now();
        RETURN_IF_ERROR(store.Update(after));
        Outbox(tx, call.CauseAt(commands_.Now()))
            .Append(ChangedEvent(before, after), "customers/" + id, after.version,
                    {.before = AuditJson(ToProto(before)), .after = AuditJson(ToProto(after))});
        return NameOnly(after);
      }));
  return ReadAgain(call, remembered);
}

absl::StatusOr<v1::Customer> CustomersApi::AssignCustomer(const Call& call, const v1::AssignCustomerRequest& request) {
  ASSIGN_OR_RETURN(const std::string id, ParseId("name", request.name(), "customers/*"));
  RETURN_IF_ERROR(CheckText("reason", request.reason(), {.most = 200}));
  ASSIGN_OR_RETURN(const v1::Customer remembered,
                   commands_.Run<v1::Customer>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<v1::Customer> {
                     CustomerStore store(tx, vault_, call.scope());
                     ASSIGN_OR_RETURN(const Customer before, store.FindForUpdate(id));
                     RETURN_IF_ERROR(CheckNotErased(before));
                     Customer after = before;
                     RETURN_IF_ERROR(GiveTo(store, call, request.owner(), after));
                     ++after.version;
                     after.updated_time = commands_.Now();
                     RETURN_IF_ERROR(store.Update(after));
                     TimelineStore(tx, id).Add(call.tenant(), {.kind = "customer.assigned",
                                                               .resource = "customers/" + id,
                                                               .occurred_time = commands_.Now(),
                                                               .details = {{"owner", request.owner()}},
                                                               .visit_id = std::nullopt,
                                                               .sealed_note = "",
                                                               .operator_name = call.principal().operator_name,
                                                               .source = ""});
                     Outbox(tx, call.CauseAt(commands_.Now()))
                         .Append(ChangedEvent(before, after), "customers/" + id, after.version,
                                 {.before = AuditJson(ToProto(before)), .after = AuditJson(request)});
                     return NameOnly(after);
                   }));
  return ReadAgain(call, remembered);
}

absl::StatusOr<v1::Customer> CustomersApi::EraseCustomer(const Call& call, const v1::EraseCustomerRequest& request) {
  ASSIGN_OR_RETURN(const std::string id, ParseId("name", request.name(), "customers/*"));
  return job_commands_.Run<v1::Customer>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<v1::Customer> {
    CustomerStore store(tx, vault_, call.scope());
    ASSIGN_OR_RETURN(const Customer before, store.FindForUpdate(id));
    if (before.erased) return ToProto(before);
    RETURN_IF_ERROR(CheckErasable(before));
    const Customer after = Erased(before, job_commands_.Now());
    RETURN_IF_ERROR(store.Update(after));
    TimelineStore(tx, id).BlankNotes();
    tx.Query(kForgetAudit, call.tenant(), "customers/" + id);
    Outbox(tx, call.CauseAt(job_commands_.Now())).Append(ErasedEvent(after), "customers/" + id, after.version, {});
    return ToProto(after);
  });
}

absl::StatusOr<v1::FindDuplicatesResponse> CustomersApi::FindDuplicates(const Call& call,
                                                                        const v1::FindDuplicatesRequest& request) {
  if (request.phones().empty() || static_cast<size_t>(request.phones_size()) > kMostPhones) {
    return InvalidField("phones", "takes 1 to 8");
  }
  std::vector<std::string> numbers;
  for (int i = 0; i < request.phones_size(); ++i) {
    ASSIGN_OR_RETURN(const Phone phone, ParsePhone(absl::StrCat("phones[", i, "]"), request.phones(i)));
    numbers.push_back(phone.number);
  }
  return commands_.database().Run<v1::FindDuplicatesResponse>(
      call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<v1::FindDuplicatesResponse> {
        CustomerStore store(tx, vault_, call.scope());
        v1::FindDuplicatesResponse response;
        for (size_t i = 0; i < numbers.size(); ++i) {
          const auto holder = store.FindHolder(numbers[i]);
          if (!holder) continue;
          v1::Duplicate* duplicate = response.add_duplicates();
          duplicate->set_phone_index(static_cast<int>(i));
          if (!holder->owner_team.empty()) duplicate->set_owner_team("teams/" + holder->owner_team);
          if (!holder->visible) continue;
          duplicate->set_customer("customers/" + holder->id);
          duplicate->set_display_name(holder->display_name);
        }
        return response;
      });
}

absl::StatusOr<v1::Customer> CustomersApi::ReadAgain(const Call& call, const v1::Customer& remembered) {
  ASSIGN_OR_RETURN(const std::string id, ParseId("name", remembered.name(), "customers/*"));
  return commands_.database().Run<v1::Customer>(
      call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<v1::Customer> {
        ASSIGN_OR_RETURN(const Customer customer, CustomerStore(tx, vault_, WholeTenant(call)).Find(id));
        return ToProto(customer);
      });
}

}  // namespace lintel::customers
