#include "services/finance/api/receivable_list.h"

#include "platform/status/status.h"

namespace lintel::finance {
namespace {

constexpr char kSelect[] = R"sql(
  SELECT v.id, v.account_id, v.sequence, v.kind, v.due_date, v.amount_minor, v.paid_minor, v.cancelled, v.manual, v.note,
         a.project_id, a.room_id, a.contract_id, a.customer_ids, a.customer_ids[1] AS customer_id, a.time_zone,
         v.amount_minor - v.paid_minor AS outstanding_minor,
         CASE WHEN v.cancelled THEN 'CANCELLED' WHEN v.paid_minor = v.amount_minor THEN 'PAID'
              WHEN v.paid_minor > 0 THEN 'PARTLY_PAID' ELSE 'OPEN' END AS state
    FROM receivables v JOIN accounts a ON a.tenant_id = v.tenant_id AND a.id = v.account_id
   WHERE v.tenant_id = $1::bigint AND ($2::boolean OR a.project_id = ANY($3::uuid[])))sql";

const ListSpec& Receivables() {
  static const ListSpec spec{
      .fields = {{"subscription", {.column = "account_id", .type = FieldType::kId, .pattern = "subscriptions/*"}},
                 {"contract", {.column = "contract_id", .type = FieldType::kId, .pattern = "contracts/*"}},
                 {"project", {.column = "project_id", .type = FieldType::kId, .pattern = "projects/*"}},
                 {"customer", {.column = "customer_ids", .type = FieldType::kIdSet, .pattern = "customers/*"}},
                 {"due_date", {.column = "due_date", .type = FieldType::kDate, .sortable = true}},
                 {"sequence", {.column = "sequence", .type = FieldType::kInteger, .sortable = true}},
                 {"amount", {.column = "amount_minor", .type = FieldType::kMoney, .sortable = true}},
                 {"outstanding", {.column = "outstanding_minor", .type = FieldType::kMoney, .sortable = true}},
                 {"kind", {.column = "kind"}},
                 {"state", {.column = "state"}}},
      .default_order = "due_date, sequence"};
  return spec;
}

}  // namespace

absl::StatusOr<List> ParseReceivableQuery(const v1::ListReceivablesRequest& request) {
  return MakeList(Receivables(), ListRequestOf(request));
}

absl::StatusOr<v1::ListReceivablesResponse> FindReceivables(pg::Transaction& tx, const Scope& scope, const List& list,
                                                            Instant now) {
  const Listed page = RunList(
      tx, kSelect,
      {std::to_string(scope.tenant), scope.all_projects ? "true" : "false", pg::ArrayOf(scope.project_ids)}, list);
  v1::ListReceivablesResponse response;
  for (const auto& row : page.rows()) {
    const Account account{.id = row["account_id"].as<std::string>(),
                          .project_id = row["project_id"].as<std::string>(),
                          .room_id = row["room_id"].as<std::string>(),
                          .customer_ids = {row["customer_id"].as<std::string>()},
                          .contract_id = pg::ToOptionalText(row["contract_id"])};
    const Receivable receivable{.id = row["id"].as<std::string>(),
                                .account_id = account.id,
                                .sequence = row["sequence"].as<int>(),
                                .kind = row["kind"].as<std::string>(),
                                .due_date = pg::ToDate(row["due_date"]),
                                .amount = Fen(row["amount_minor"].as<int64_t>()),
                                .paid = Fen(row["paid_minor"].as<int64_t>()),
                                .cancelled = row["cancelled"].as<bool>(),
                                .manual = row["manual"].as<bool>(),
                                .note = row["note"].as<std::string>()};
    ASSIGN_OR_RETURN(const Date today, DateIn(now, row["time_zone"].as<std::string>()));
    *response.add_receivables() = ToProto(account, receivable, today);
  }
  response.set_next_page_token(page.next_page_token());
  return response;
}

}  // namespace lintel::finance
