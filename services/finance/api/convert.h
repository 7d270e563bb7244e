// Proto to domain and back.
#pragma once

#include "lintel/finance/v1/events.pb.h"
#include "lintel/finance/v1/finance.pb.h"
#include "lintel/finance/v1/hold_money.pb.h"
#include "platform/wire/values.h"
#include "services/finance/store/account_store.h"
#include "services/finance/store/plan_store.h"
#include "services/finance/store/receipt_store.h"

namespace lintel::finance {

using lintel::ToProto;  // Beside this service's own.

v1::PaymentPlan ToProto(const StoredPlan& plan);
// Checked with CheckPlan; without id.
absl::StatusOr<StoredPlan> ParsePlan(const v1::PaymentPlan& plan);
v1::ScheduleItem ToProto(const ScheduleItem& item);

v1::Account ToProto(const Account& account, const std::vector<Receivable>& receivables);
// `today` in the project's zone, for overdue days.
v1::Receivable ToProto(const Account& account, const Receivable& receivable, Date today);
v1::Receipt ToProto(const Receipt& receipt);
v1::HoldAccount ToProto(const HoldAccount& account);
v1::Allocation ToProto(const Allocation& allocation);
std::string NumberText(int64_t number);  // "SJ-000001"

v1::ReceivablesChanged ReceivablesEvent(const Account& account, const std::vector<Receivable>& receivables, Date today);
v1::ReceiptBooked BookedEvent(const std::string& deal_id, const Receipt& receipt);

std::string ProjectName(const std::string& project_id);
std::string RoomNameOf(const std::string& project_id, const std::string& room_id);

}  // namespace lintel::finance
