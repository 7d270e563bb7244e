// Handing over what a consultant has open when they leave (INV-04): holds and subscriptions. What is signed stays whose
// it was.
#pragma once

#include <string>

#include "absl/status/status.h"

namespace lintel::sales {

// For whom a document is made, or to whom it is given.
struct Seller {
  std::string consultant_id;  // Empty: no consultant.
  std::string operator_name;
  std::string team;
  std::string team_name;
};

absl::Status BusyDocument();

// ABORTED DOCUMENT_BUSY while a process works on it: nobody hands over what is half made.
template <class Document>
absl::Status CheckIdle(const Document& document) {
  return document.state == "ACTIVE" && document.busy.empty() ? absl::OkStatus() : BusyDocument();
}

// The seller's from now on. A team without a name of its own keeps the one the document had.
template <class Document>
void GiveTo(const Seller& seller, Document& document) {
  if (!seller.team_name.empty() || document.team != seller.team) document.team_name = seller.team_name;
  document.consultant_id = seller.consultant_id;
  document.operator_name = seller.operator_name;
  document.team = seller.team;
}

}  // namespace lintel::sales
