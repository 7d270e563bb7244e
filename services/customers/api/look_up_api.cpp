#include "services/customers/api/look_up_api.h"

#include "absl/strings/str_cat.h"
#include "platform/ids/resource_name.h"
#include "platform/phone/phone.h"
#include "platform/server/mask.h"
#include "platform/status/status.h"
#include "services/customers/api/convert.h"

namespace lintel::customers {
namespace {

constexpr int kMostNames = 1000;
constexpr int kMostBuyers = 20;

v1::Buyer ToBuyer(const Customer& customer) {
  v1::Buyer buyer;
  buyer.set_name("customers/" + customer.id);
  buyer.set_display_name(customer.display_name);
  if (!customer.personal.phones.empty()) buyer.set_phone(customer.personal.phones[0]);
  buyer.set_id_kind(customer.id_kind);
  buyer.set_id_number(customer.personal.id_number);
  buyer.set_address(customer.personal.address);
  return buyer;
}

}  // namespace

void LookUpApi::Register(Server& server) {
  const std::string service = "lintel.customers.v1.CustomersService/";
  server.Handle(service + "LookUpCaller", this, &LookUpApi::LookUpCaller);
  server.Handle(service + "GetCustomerNames", this, &LookUpApi::GetCustomerNames);
  server.Handle(service + "GetBuyers", this, &LookUpApi::GetBuyers);
  server.Handle(service + "GetDialNumber", this, &LookUpApi::GetDialNumber);
}

absl::StatusOr<v1::LookUpCallerResponse> LookUpApi::LookUpCaller(const Call& call,
                                                                 const v1::LookUpCallerRequest& request) {
  v1::LookUpCallerResponse response;
  const auto phone = ParsePhone("number", request.number());
  if (!phone.ok()) return response;
  response.set_masked_number(MaskPhone(phone->number));
  return app_.Run<v1::LookUpCallerResponse>(
      call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<v1::LookUpCallerResponse> {
        const auto customer = CustomerStore(tx, vault_, call.scope()).FindByNumber(phone->number);
        if (!customer) return response;
        v1::LookUpCallerResponse found = response;
        found.set_found(true);
        found.set_customer("customers/" + customer->id);
        found.set_display_name(customer->display_name);
        for (const std::string& tag : customer->tags) found.add_tags(tag);
        found.set_level(customer->level);
        if (customer->owner_id) found.set_owner("operators/" + *customer->owner_id);
        if (customer->owner_team) found.set_owner_team("teams/" + *customer->owner_team);
        found.set_language(customer->language);
        return found;
      });
}

absl::StatusOr<v1::GetCustomerNamesResponse> LookUpApi::GetCustomerNames(const Call& call,
                                                                         const v1::GetCustomerNamesRequest& request) {
  if (request.names_size() > kMostNames) return InvalidField("names", "takes at most 1000");
  std::vector<std::string> ids;
  for (int i = 0; i < request.names_size(); ++i) {
    ASSIGN_OR_RETURN(std::string id, ParseId(absl::StrCat("names[", i, "]"), request.names(i), "customers/*"));
    ids.push_back(std::move(id));
  }
  return app_.Run<v1::GetCustomerNamesResponse>(
      call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<v1::GetCustomerNamesResponse> {
        v1::GetCustomerNamesResponse response;
        for (const auto& [id, name] : CustomerStore(tx, vault_, call.scope()).Names(ids)) {
          (*response.mutable_display_names())["customers/" + id] = name;
        }
        return response;
      });
}

absl::StatusOr<v1::GetBuyersResponse> LookUpApi::GetBuyers(const Call& call, const v1::GetBuyersRequest& request) {
  if (request.names().empty() || request.names_size() > kMostBuyers) return InvalidField("names", "takes 1 to 20");
  return app_.Run<v1::GetBuyersResponse>(
      call.Transaction(), [&](pg::Transaction& tx) -> absl::StatusOr<v1::GetBuyersResponse> {
        CustomerStore customers(tx, vault_, call.scope());
        Outbox outbox(tx, call.CauseAt(clock_()));
        v1::GetBuyersResponse response;
        for (int i = 0; i < request.names_size(); ++i) {
          ASSIGN_OR_RETURN(const std::string id,
                           ParseId(absl::StrCat("names[", i, "]"), request.names(i), "customers/*"));
          ASSIGN_OR_RETURN(const Customer customer, customers.Find(id));
          RETURN_IF_ERROR(CheckNotErased(customer));
          outbox.Record("customers/" + id,
                        {.before = "", .after = absl::StrCat(R"({"readBy":")", call.principal().service, R"("})")});
          *response.add_buyers() = ToBuyer(customer);
        }
        return response;
      });
}

absl::StatusOr<v1::GetDialNumberResponse> LookUpApi::GetDialNumber(const Call& call,
                                                                   const v1::GetDialNumberRequest& request) {
  ASSIGN_OR_RETURN(const std::string id, ParseId("name", request.name(), "customers/*"));
  return app_.Run<v1::GetDialNumberResponse>(
      call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<v1::GetDialNumberResponse> {
        ASSIGN_OR_RETURN(const Customer customer, CustomerStore(tx, vault_, call.scope()).Find(id));
        RETURN_IF_ERROR(CheckNotErased(customer));
        if (customer.do_not_call) return Refused("DO_NOT_CALL", "the customer asked not to be called");
        const auto& phones = customer.personal.phones;
        if (request.phone_index() < 0 || static_cast<size_t>(request.phone_index()) >= phones.size()) {
          return Refused("NO_PHONE", "the customer has no such phone");
        }
        v1::GetDialNumberResponse response;
        response.set_number(phones[request.phone_index()]);
        return response;
      });
}

}  // namespace lintel::customers
