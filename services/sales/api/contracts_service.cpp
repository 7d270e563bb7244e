#include "services/sales/api/contracts_service.h"

#include <algorithm>

#include "platform/ids/ids.h"
#include "platform/ids/resource_name.h"
#include "platform/status/status.h"
#include "services/sales/store/deal_store.h"

namespace lintel::sales {
namespace {

constexpr char kService[] = "lintel.sales.v1.ContractsService/";
constexpr int kMostAttachments = 20;
constexpr int64_t kLongestRange = 1'000'000;

struct ContractOrder {
  std::string subscription_id;
  std::optional<Date> sign_date;
  std::vector<std::string> attachments;
};

absl::StatusOr<ContractOrder> ParseContract(const v1::Contract& contract) {
  ContractOrder order;
  ASSIGN_OR_RETURN(order.subscription_id, ParseId("contract.subscription", contract.subscription(), "subscriptions/*"));
  if (contract.has_sign_date()) {
    ASSIGN_OR_RETURN(order.sign_date, ToDate("contract.sign_date", contract.sign_date()));
  }
  if (contract.attachments_size() > kMostAttachments) return InvalidField("contract.attachments", "at most 20");
  for (const std::string& file : contract.attachments()) {
    RETURN_IF_ERROR(ParseId("contract.attachments", file, "files/*").status());
    order.attachments.push_back(file);
  }
  return order;
}

absl::StatusOr<NumberRange> ParseRange(const v1::ContractNumberRange& message) {
  NumberRange range{.id = NewId(),
                    .prefix = message.prefix(),
                    .first = message.first(),
                    .last = message.last(),
                    .digits = message.digits(),
                    .next = message.first()};
  ASSIGN_OR_RETURN(range.project_id, ParseId("contract_number_range.project", message.project(), "projects/*"));
  RETURN_IF_ERROR(CheckLength("contract_number_range.prefix", range.prefix, 0, 20));
  if (range.first < 1) return InvalidField("contract_number_range.first", "must be at least 1");
  if (range.last < range.first || range.last - range.first >= kLongestRange) {
    return InvalidField("contract_number_range.last", "must not be below first, and at most a million numbers on");
  }
  if (range.digits < 1 || range.digits > 12 || std::to_string(range.last).size() > static_cast<size_t>(range.digits)) {
    return InvalidField("contract_number_range.digits", "must be 1 to 12 and enough for last");
  }
  return range;
}

// The signed document: what was subscribed, under its number.
v1::Contract Agree(const v1::Contract& asked, const v1::Subscription& subscribed, Date sign_date) {
  v1::Contract agreed;
  agreed.set_subscription(asked.subscription());
  agreed.set_room(subscribed.room());
  *agreed.mutable_buyers() = subscribed.buyers();
  *agreed.mutable_price() = subscribed.price();
  *agreed.mutable_sign_date() = ToProto(sign_date);
  agreed.set_deal(subscribed.deal());
  agreed.set_consultant(subscribed.consultant());
  agreed.set_account(subscribed.account());
  agreed.set_room_label(subscribed.room_label());
  *agreed.mutable_attachments() = asked.attachments();
  return agreed;
}

}  // namespace

void ContractsService::Register(Server& server) {
  const std::string prefix = kService;
  server.Handle(prefix + "CreateContract", this, &ContractsService::CreateContract);
  server.Handle(prefix + "GetContract", this, &ContractsService::GetContract);
  server.Handle(prefix + "ListContracts", this, &ContractsService::ListContracts);
  server.HandleStream(prefix + "DownloadContractAttachment", this, &ContractsService::DownloadContractAttachment);
  server.Handle(prefix + "CreateContractNumberRange", this, &ContractsService::CreateContractNumberRange);
  server.Handle(prefix + "ListContractNumberRanges", this, &ContractsService::ListContractNumberRanges);
  server.Handle(prefix + "ListContractNumbers", this, &ContractsService::ListContractNumbers);
}

absl::StatusOr<v1::Contract> ContractsService::CreateContract(const Call& call,
                                                              const v1::CreateContractRequest& request) {
  ASSIGN_OR_RETURN(const ContractOrder order, ParseContract(request.contract()));
  RETURN_IF_ERROR(peers_.TakeFiles(call.OnBehalf(), order.attachments));
  using Data = finance::v1::RecordContractResponse;
  const auto create = [&](pg::Transaction& tx) -> absl::StatusOr<ProcessStart<Data>> {
    const Instant now = commands_.Now();
    SubscriptionStore subscriptions(tx, call.scope());
    ASSIGN_OR_RETURN(Subscription subscription, subscriptions.FindForUpdate(order.subscription_id));
    RETURN_IF_ERROR(CheckActive(subscription));
    ASSIGN_OR_RETURN(const Date today, DateIn(now, subscription.time_zone));
    const Date sign_date = order.sign_date.value_or(today);
    if (sign_date > today) return InvalidField("contract.sign_date", "must not be in the future");
    const std::string id = NewId();
    ASSIGN_OR_RETURN(const std::string number, NumberStore(tx, call.scope()).Draw(subscription.project_id, id, now));
    ContractStore(tx, call.scope())
        .Insert({.id = id,
                 .project_id = subscription.project_id,
                 .room_id = subscription.room_id,
                 .deal_id = subscription.deal_id,
                 .subscription_id = subscription.id,
                 .consultant_id = subscription.consultant_id,
                 .operator_name = subscription.operator_name,
                 .team = subscription.team,
                 .customer_ids = subscription.customer_ids,
                 .number = number,
                 .state = "PENDING",
                 .price = subscription.price,
                 .sign_date = sign_date,
                 .room_label = subscription.room_label,
                 .snapshot = ToSnapshot(Agree(request.contract(), ToProto(subscription), sign_date)),
                 .create_time = now});
    subscription.busy = "sign";
    subscriptions.Save(subscription, now);
    return ProcessStart<Data>{.document_id = id};
  };
  return processes_.Run<v1::Contract, Data>(call, request, kSign, create);
}

absl::StatusOr<v1::Contract> ContractsService::GetContract(const Call& call, const v1::GetContractRequest& request) {
  ASSIGN_OR_RETURN(const std::string id, ParseId("name", request.name(), "contracts/*"));
  return commands_.database().Run<v1::Contract>(
      call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<v1::Contract> {
        ASSIGN_OR_RETURN(const Contract contract, ContractStore(tx, call.scope()).Find(id));
        return ToProto(contract);
      });
}

absl::StatusOr<v1::ListContractsResponse> ContractsService::ListContracts(const Call& call,
                                                                          const v1::ListContractsRequest& request) {
  ASSIGN_OR_RETURN(const List list, MakeList(ContractStore::Spec(), ListRequestOf(request)));
  using Response = v1::ListContractsResponse;
  return commands_.database().Run<Response>(call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<Response> {
    const Listed page = ContractStore(tx, call.scope()).List(list);
    Response response;
    for (const pqxx::row& row : page.rows()) *response.add_contracts() = ToProto(ContractStore::ToContract(row));
    response.set_next_page_token(page.next_page_token());
    return response;
  });
}

absl::Status ContractsService::DownloadContractAttachment(const Call& call,
                                                          const v1::DownloadContractAttachmentRequest& request,
                                                          rpc::Writer<google::api::HttpBody>& writer) {
  ASSIGN_OR_RETURN(const std::vector<std::string> ids, ParseName("name", request.name(), "contracts/*/attachments/*"));
  const std::string file = "files/" + ids[1];
  RETURN_IF_ERROR(commands_.database().Execute(call.Transaction(), [&](pg::Transaction& tx) -> absl::Status {
    ASSIGN_OR_RETURN(const Contract contract, ContractStore(tx, call.scope()).Find(ids[0]));
    const auto papers = ToProto(contract).attachments();
    if (std::find(papers.begin(), papers.end(), file) == papers.end()) return Missing("file", ids[1]);
    Outbox(tx, call.CauseAt(commands_.Now())).Record(request.name(), {.after = R"({"read":true})"});
    return absl::OkStatus();
  }));
  call.SetReplyMetadata("x-lintel-filename", "contract-" + ids[1]);
  return peers_.ReadFile(call.OnBehalf(), file,
                         [&](const google::api::HttpBody& chunk) { return writer.Write(chunk); });
}

absl::StatusOr<v1::ContractNumberRange> ContractsService::CreateContractNumberRange(
    const Call& call, const v1::CreateContractNumberRangeRequest& request) {
  ASSIGN_OR_RETURN(const NumberRange range, ParseRange(request.contract_number_range()));
  if (!call.scope().MayUseProject(range.project_id)) return Missing("project", range.project_id);
  return commands_.Run<v1::ContractNumberRange>(
      call, request, [&](pg::Transaction& tx) -> absl::StatusOr<v1::ContractNumberRange> {
        RETURN_IF_ERROR(NumberStore(tx, call.scope()).InsertRange(range, commands_.Now()));
        v1::ContractNumberRange reply = ToProto(range);
        Outbox(tx, call.CauseAt(commands_.Now())).Record(reply.name(), {.after = AuditJson(reply)});
        return reply;
      });
}

absl::StatusOr<v1::ListContractNumberRangesResponse> ContractsService::ListContractNumberRanges(
    const Call& call, const v1::ListContractNumberRangesRequest& request) {
  ASSIGN_OR_RETURN(const List list, MakeList(NumberStore::RangeSpec(), ListRequestOf(request)));
  using Response = v1::ListContractNumberRangesResponse;
  return commands_.database().Run<Response>(call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<Response> {
    const Listed page = NumberStore(tx, call.scope()).ListRanges(list);
    Response response;
    for (const pqxx::row& row : page.rows()) {
      *response.add_contract_number_ranges() = ToProto(NumberStore::ToRange(row));
    }
    response.set_next_page_token(page.next_page_token());
    return response;
  });
}

absl::StatusOr<v1::ListContractNumbersResponse> ContractsService::ListContractNumbers(
    const Call& call, const v1::ListContractNumbersRequest& request) {
  ASSIGN_OR_RETURN(const std::string id, ParseId("parent", request.parent(), "contractNumberRanges/*"));
  ASSIGN_OR_RETURN(const List list, MakeList(NumberStore::NumberSpec(), ListRequestOf(request, request.parent())));
  using Response = v1::ListContractNumbersResponse;
  return commands_.database().Run<Response>(call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<Response> {
    NumberStore numbers(tx, call.scope());
    RETURN_IF_ERROR(numbers.FindRange(id).status());
    const Listed page = numbers.ListNumbers(id, list);
    Response response;
    for (const pqxx::row& row : page.rows()) {
      v1::ContractNumber& number = *response.add_numbers();
      number.set_number(row["number"].as<std::string>());
      number.set_state(row["state"].as<std::string>());
      number.set_contract("contracts/" + row["contract_id"].as<std::string>());
      *number.mutable_time() = ToProto(pg::ToInstant(row["changed_time"]));
    }
    response.set_next_page_token(page.next_page_token());
    return response;
  });
}

}  // namespace lintel::sales
