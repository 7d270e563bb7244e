// Customers as their callers see them, on real PostgreSQL.
#pragma once

#include <gtest/gtest.h>

#include "platform/ids/ids.h"
#include "platform/status/status.h"
#include "platform/testing/database.h"
#include "platform/testing/server.h"
#include "services/customers/api/contacts_api.h"
#include "services/customers/api/customers_api.h"
#include "services/customers/api/look_up_api.h"
#include "services/customers/embedded.h"

namespace lintel::customers {

inline const std::string kService = "lintel.customers.v1.CustomersService/";
inline constexpr char kCanary[] = "13912345678";
inline constexpr char kCanaryTail[] = "12345678";
inline constexpr char kCanaryId[] = "11010519491231002X";

class CustomersTest : public ::testing::Test {
 protected:
  CustomersTest() {
    customers_.Register(host_.server());
    contacts_.Register(host_.server());
    look_up_.Register(host_.server());
    host_.Start();
  }

  template <class Reply, class Request>
  absl::StatusOr<Reply> As(const Principal& who, const std::string& method, const Request& request) {
    return host_.channel().Call<Reply>(kService + method, request, host_.As(who));
  }
  template <class Reply, class Request>
  absl::StatusOr<Reply> AsService(const std::string& method, const Request& request, int64_t tenant = 1) {
    return host_.channel().Call<Reply>(kService + method, request, host_.AsService("sales", tenant));
  }
  absl::StatusOr<v1::Customer> Register(const Principal& who, const std::string& name, const std::string& phone,
                                        const std::string& request_id = "") {
    v1::CreateCustomerRequest request;
    request.mutable_customer()->set_display_name(name);
    if (!phone.empty()) request.mutable_customer()->add_phones(phone);
    request.set_request_id(request_id);
    return As<v1::Customer>(who, "CreateCustomer", request);
  }
  absl::StatusOr<v1::ListCustomersResponse> Find(const Principal& who, const std::string& query) {
    v1::ListCustomersRequest request;
    request.set_query(query);
    return As<v1::ListCustomersResponse>(who, "ListCustomers", request);
  }
  absl::StatusOr<v1::Customer> Get(const Principal& who, const std::string& name) {
    v1::GetCustomerRequest request;
    request.set_name(name);
    return As<v1::Customer>(who, "GetCustomer", request);
  }
  std::vector<v1::TimelineEntry> Timeline(const Principal& who, const std::string& name) {
    v1::ListTimelineRequest request;
    request.set_parent(name);
    const auto answer = As<v1::ListTimelineResponse>(who, "ListTimeline", request);
    return answer.ok() ? std::vector<v1::TimelineEntry>(answer->entries().begin(), answer->entries().end())
                       : std::vector<v1::TimelineEntry>();
  }
  static Principal Consultant(Principal like) {
    like.rights = {{"customer.read", auth::OWN}, {"customer.write", auth::OWN}, {"customer.phone.read", auth::OWN}};
    return like;
  }

  const Vault vault_{std::string(64, 'a')};
  testing::TestDatabase database_{"customers", Migrations()};
  Commands commands_{database_.app(), WallClock};
  Commands job_commands_{database_.job(), WallClock};
  CustomersApi customers_{commands_, job_commands_, vault_, [](const Call&) { return 30; }};
  ContactsApi contacts_{commands_, vault_};
  LookUpApi look_up_{database_.app(), vault_, WallClock};
  testing::TestServer host_{ReasonTexts()};
  const Principal manager_ = testing::OperatorWith({"customer.read", "customer.write", "customer.assign",
                                                    "customer.phone.read", "customer.id.read", "customer.erase"});
  const Principal agent_ = testing::OperatorWith({"customer.read", "customer.write"});
};

}  // namespace lintel::customers
