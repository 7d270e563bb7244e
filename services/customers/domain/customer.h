// A customer as the rules see it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "platform/clock/clock.h"
#include "services/customers/domain/vault.h"

namespace lintel::customers {

struct Customer {
  std::string id;
  std::string display_name;
  PrivateData personal;
  std::string id_kind;
  std::string gender;
  std::string language = "zh-CN";
  std::string source;
  std::string level;
  std::vector<std::string> tags;
  std::vector<std::string> project_ids;
  std::optional<std::string> owner_id;
  std::optional<std::string> owner_team;
  Instant protection_end_time;
  bool do_not_call = false;
  bool in_contract = false;
  bool erased = false;
  Instant last_contact_time;
  Instant created_time;
  Instant updated_time;
  int64_t version = 1;
  std::string wrapped_key;
};

inline constexpr size_t kMostPhones = 8;
inline constexpr size_t kMostTags = 20;
inline constexpr size_t kMostProjects = 20;

// FAILED_PRECONDITION CUSTOMER_ERASED.
absl::Status CheckNotErased(const Customer& customer);

// FAILED_PRECONDITION CUSTOMER_IN_CONTRACT while a signed contract obliges to keep the data.
absl::Status CheckErasable(const Customer& customer);

// The same person with everything personal gone; the row stays for those who refer to it.
Customer Erased(Customer customer, Instant now);

}  // namespace lintel::customers
