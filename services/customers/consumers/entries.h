// Shared by the consumers: an entry for each customer that an event names.
#pragma once

#include <string>
#include <vector>

#include "lintel/event/v1/event.pb.h"
#include "lintel/type/money.pb.h"
#include "platform/ids/resource_name.h"
#include "platform/wire/values.h"
#include "services/customers/store/timeline_store.h"

namespace lintel::customers {

inline Instant TimeOf(const event::v1::Event& event) { return InstantOf(event.occurred_time()); }

// Names that are none are passed over: an event is a fact, and one bad field must not stop the source.
template <class Names>
std::vector<std::string> CustomerIds(const Names& names) {
  std::vector<std::string> ids;
  for (const std::string& name : names) {
    if (const auto id = ParseId("customer", name, "customers/*"); id.ok()) ids.push_back(*id);
  }
  return ids;
}

inline void AddEntries(pg::Transaction& tx, const event::v1::Event& event, const std::vector<std::string>& customer_ids,
                       Entry entry) {
  entry.occurred_time = TimeOf(event);
  for (const std::string& id : customer_ids) TimelineStore(tx, id).Add(event.tenant_id(), entry);
}

inline std::string MinorUnits(const type::Money& money) { return std::to_string(money.minor_units()); }

// Empties what one source told, for a rebuild.
inline constexpr char kForgetSource[] = "DELETE FROM timeline WHERE source = $1";

}  // namespace lintel::customers
