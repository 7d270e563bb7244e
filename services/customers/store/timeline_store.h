// Contacts, consents and the story of one customer. The caller has checked that its scope reaches the customer.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "platform/list/run.h"
#include "platform/pg/transaction.h"

namespace lintel::customers {

struct Visit {
  std::string id;
  std::string customer_id;
  std::string kind;
  std::optional<std::string> project_id;
  std::string sealed_note;
  Instant visit_time;
  std::optional<Instant> next_contact_time;
  std::string operator_name;
  Instant created_time;
};

struct Consent {
  std::string id;
  std::string purpose;
  std::string text_version;
  std::string channel;
  std::string operator_name;
  Instant grant_time;
  std::optional<Instant> withdraw_time;
};

struct Entry {
  std::string kind;
  std::string resource;
  Instant occurred_time;
  std::map<std::string, std::string> details;
  std::optional<std::string> visit_id;
  std::string sealed_note;  // Read only; of the visit.
  std::string operator_name;
  std::string source;  // The service that told it; empty for this one.
};

class TimelineStore {
 public:
  TimelineStore(pg::Transaction& tx, std::string customer_id) : tx_(tx), customer_id_(std::move(customer_id)) {}

  // Effects of events run as the job role and name the tenant themselves.
  void Add(int64_t tenant, const Entry& entry);
  struct Page {
    std::vector<Entry> entries;
    std::string next_page_token;
  };
  static const ListSpec& Spec();
  Page ListEntries(const List& list);

  void InsertVisit(const Visit& visit);
  // Whether the customer had been at this project before.
  bool HasVisited(const std::optional<std::string>& project_id);
  struct Visits {
    std::vector<Visit> visits;
    std::string next_page_token;
  };
  static const ListSpec& VisitSpec();
  Visits ListVisits(const List& list);
  // Notes go, times stay.
  void BlankNotes();

  void InsertConsent(const Consent& consent);
  std::vector<Consent> ListConsents();
  absl::StatusOr<Consent> FindConsentForUpdate(const std::string& id);
  void WithdrawConsent(const std::string& id, Instant time);

 private:
  pg::Transaction& tx_;
  const std::string customer_id_;
};

}  // namespace lintel::customers
