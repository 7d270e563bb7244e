#include "services/telephony/api/routing_api.h"

#include <arpa/inet.h>

#include <algorithm>

#include "platform/ids/ids.h"
#include "platform/ids/resource_name.h"
#include "platform/list/run.h"
#include "platform/status/status.h"
#include "platform/update/update.h"
#include "platform/wire/values.h"
#include "services/telephony/store/routing_store.h"

namespace lintel::telephony {
namespace {

const ListSpec kByName{.fields = {{"display_name", {.column = "display_name", .sortable = true}}},
                       .default_order = "display_name"};
const ListSpec kByNumber{.fields = {{"number", {.column = "number", .sortable = true}}}, .default_order = "number"};

constexpr size_t kLongestName = 60;

absl::StatusOr<int> Between(const std::string& field, int value, int when_zero, int low, int high) {
  if (value == 0) return when_zero;
  if (value < low || value > high)
    return InvalidField(field, "must be " + std::to_string(low) + " to " + std::to_string(high));
  return value;
}

absl::StatusOr<QueueRecord> Parse(const v1::Queue& from) {
  QueueRecord queue{.id = NewId(), .display_name = from.display_name()};
  RETURN_IF_ERROR(CheckLength("queue.display_name", from.display_name(), 1, kLongestName));
  ASSIGN_OR_RETURN(queue.ring_limit_ms, Between("queue.ring_limit_ms", from.ring_limit_ms(), 20'000, 5'000, 60'000));
  ASSIGN_OR_RETURN(queue.max_wait_ms, Between("queue.max_wait_ms", from.max_wait_ms(), 600'000, 10'000, 3'600'000));
  ASSIGN_OR_RETURN(queue.wrap_up_ms, Between("queue.wrap_up_ms", from.wrap_up_ms(), 0, 0, 600'000));
  ASSIGN_OR_RETURN(queue.max_waiting, Between("queue.max_waiting", from.max_waiting(), 200, 1, 1000));
  return queue;
}

absl::StatusOr<TrunkRecord> Parse(const v1::Trunk& from) {
  RETURN_IF_ERROR(CheckLength("trunk.display_name", from.display_name(), 1, kLongestName));
  in_addr address{};
  if (inet_pton(AF_INET, from.address().c_str(), &address) != 1)
    return InvalidField("trunk.address", "must be an IPv4 address");
  return TrunkRecord{.id = NewId(), .display_name = from.display_name(), .address = from.address()};
}

absl::StatusOr<NumberRecord> Parse(const v1::Number& from) {
  const std::string& text = from.number();
  const bool digits =
      text.size() >= 2 && text.size() <= 20 &&
      std::all_of(text.begin() + (text[0] == '+' ? 1 : 0), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!digits) return InvalidField("number.number", "must be 2 to 20 digits, a + may come first");
  if (!from.language().empty() && from.language() != "zh-CN" && from.language() != "en")
    return InvalidField("number.language", "must be zh-CN or en");
  NumberRecord number{.id = NewId(), .number = text, .language = from.language(), .record = from.record()};
  ASSIGN_OR_RETURN(number.flow_id, ParseId("number.voice_flow", from.voice_flow(), "voiceFlows/*"));
  return number;
}

v1::Trunk ToProto(const TrunkRecord& from) {
  v1::Trunk to;
  to.set_name("trunks/" + from.id);
  to.set_display_name(from.display_name);
  to.set_address(from.address);
  return to;
}

v1::Number ToProto(const NumberRecord& from) {
  v1::Number to;
  to.set_name("numbers/" + from.id);
  to.set_number(from.number);
  to.set_voice_flow("voiceFlows/" + from.flow_id);
  to.set_language(from.language);
  to.set_record(from.record);
  return to;
}

}  // namespace

void RoutingApi::Register(Server& server) {
  const std::string prefix = "lintel.telephony.v1.RoutingService/";
  server.Handle(prefix + "CreateQueue", this, &RoutingApi::CreateQueue);
  server.Handle(prefix + "UpdateQueue", this, &RoutingApi::UpdateQueue);
  server.Handle(prefix + "GetQueue", this, &RoutingApi::GetQueue);
  server.Handle(prefix + "ListQueues", this, &RoutingApi::ListQueues);
  server.Handle(prefix + "CreateTrunk", this, &RoutingApi::CreateTrunk);
  server.Handle(prefix + "ListTrunks", this, &RoutingApi::ListTrunks);
  server.Handle(prefix + "CreateNumber", this, &RoutingApi::CreateNumber);
  server.Handle(prefix + "UpdateNumber", this, &RoutingApi::UpdateNumber);
  server.Handle(prefix + "ListNumbers", this, &RoutingApi::ListNumbers);
}

v1::Queue RoutingApi::Describe(const QueueRecord& queue) const {
  v1::Queue to;
  to.set_name("queues/" + queue.id);
  to.set_display_name(queue.display_name);
  to.set_ring_limit_ms(queue.ring_limit_ms);
  to.set_max_wait_ms(queue.max_wait_ms);
  to.set_wrap_up_ms(queue.wrap_up_ms);
  to.set_max_waiting(queue.max_waiting);
  const Exchange::QueueNow now = exchange_.QueueState(to.name());
  to.set_waiting(static_cast<int32_t>(now.waiting));
  to.set_ready_agents(static_cast<int32_t>(now.ready));
  to.set_etag(std::to_string(queue.version));
  return to;
}

absl::StatusOr<v1::Queue> RoutingApi::CreateQueue(const Call& call, const v1::CreateQueueRequest& request) {
  ASSIGN_OR_RETURN(const QueueRecord queue, Parse(request.queue()));
  auto made = commands_.Run<v1::Queue>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<v1::Queue> {
    RETURN_IF_ERROR(RoutingStore(tx, call.scope()).Insert(queue));
    return Describe(queue);
  });
  if (made.ok()) (void)catalogue_.Read();
  return made;
}

absl::StatusOr<v1::Queue> RoutingApi::UpdateQueue(const Call& call, const v1::UpdateQueueRequest& request) {
  ASSIGN_OR_RETURN(const std::string id, ParseId("queue.name", request.queue().name(), "queues/*"));
  auto changed = commands_.Run<v1::Queue>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<v1::Queue> {
    RoutingStore store(tx, call.scope());
    ASSIGN_OR_RETURN(const QueueRecord before, store.FindQueue(id));
    RETURN_IF_ERROR(CheckEtag("queue", request.queue().etag(), before.version));
    v1::Queue target = Describe(before);
    RETURN_IF_ERROR(ApplyUpdate(request.update_mask(),
                                {"display_name", "ring_limit_ms", "max_wait_ms", "wrap_up_ms", "max_waiting"},
                                request.queue(), target));
    ASSIGN_OR_RETURN(QueueRecord queue, Parse(target));
    queue.id = id;
    queue.version = before.version;
    RETURN_IF_ERROR(store.Save(queue));
    return Describe(queue);
  });
  if (changed.ok()) (void)catalogue_.Read();
  return changed;
}

absl::StatusOr<v1::Queue> RoutingApi::GetQueue(const Call& call, const v1::GetQueueRequest& request) {
  ASSIGN_OR_RETURN(const std::string id, ParseId("name", request.name(), "queues/*"));
  ASSIGN_OR_RETURN(const QueueRecord queue,
                   commands_.database().Run<QueueRecord>(call.ReadOnly(), [&](pg::Transaction& tx) {
                     return RoutingStore(tx, call.scope()).FindQueue(id);
                   }));
  return Describe(queue);
}

absl::StatusOr<v1::ListQueuesResponse> RoutingApi::ListQueues(const Call& call, const v1::ListQueuesRequest& request) {
  ASSIGN_OR_RETURN(const List list, MakeList(kByName, ListRequestOf(request)));
  return commands_.database().Run<v1::ListQueuesResponse>(
      call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<v1::ListQueuesResponse> {
        const Listed listed = RunList(tx, kSelectQueues, {std::to_string(call.tenant())}, list);
        v1::ListQueuesResponse response;
        for (const auto& row : listed.rows()) *response.add_queues() = Describe(ToQueue(row));
        response.set_next_page_token(listed.next_page_token());
        return response;
      });
}

absl::StatusOr<v1::Trunk> RoutingApi::CreateTrunk(const Call& call, const v1::CreateTrunkRequest& request) {
  ASSIGN_OR_RETURN(const TrunkRecord trunk, Parse(request.trunk()));
  auto made = commands_.Run<v1::Trunk>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<v1::Trunk> {
    RETURN_IF_ERROR(RoutingStore(tx, call.scope()).Insert(trunk));
    return ToProto(trunk);
  });
  if (made.ok()) {
    (void)catalogue_.Read();
    registrar_.ReadTrunks();
  }
  return made;
}

absl::StatusOr<v1::ListTrunksResponse> RoutingApi::ListTrunks(const Call& call, const v1::ListTrunksRequest& request) {
  ASSIGN_OR_RETURN(const List list, MakeList(kByName, ListRequestOf(request)));
  return commands_.database().Run<v1::ListTrunksResponse>(
      call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<v1::ListTrunksResponse> {
        const Listed listed = RunList(tx, kSelectTrunks, {std::to_string(call.tenant())}, list);
        v1::ListTrunksResponse response;
        for (const auto& row : listed.rows()) *response.add_trunks() = ToProto(ToTrunk(row));
        response.set_next_page_token(listed.next_page_token());
        return response;
      });
}

absl::StatusOr<v1::Number> RoutingApi::CreateNumber(const Call& call, const v1::CreateNumberRequest& request) {
  ASSIGN_OR_RETURN(const NumberRecord number, Parse(request.number()));
  auto made = commands_.Run<v1::Number>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<v1::Number> {
    RoutingStore store(tx, call.scope());
    ASSIGN_OR_RETURN(const FlowRecord flow, store.FindFlow(number.flow_id));
    if (flow.current_version == 0) return Refused("FLOW_UNPUBLISHED", "the flow has no version");
    RETURN_IF_ERROR(store.Insert(number));
    return ToProto(number);
  });
  if (made.ok()) (void)catalogue_.Read();
  return made;
}

absl::StatusOr<v1::Number> RoutingApi::UpdateNumber(const Call& call, const v1::UpdateNumberRequest& request) {
  ASSIGN_OR_RETURN(const std::string id, ParseId("number.name", request.number().name(), "numbers/*"));
  auto changed = commands_.Run<v1::Number>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<v1::Number> {
    RoutingStore store(tx, call.scope());
    ASSIGN_OR_RETURN(const NumberRecord before, store.FindNumber(id));
    v1::Number target = ToProto(before);
    RETURN_IF_ERROR(ApplyUpdate(request.update_mask(), {"voice_flow", "language", "record"}, request.number(), target));
    ASSIGN_OR_RETURN(NumberRecord number, Parse(target));
    number.id = id;
    ASSIGN_OR_RETURN(const FlowRecord flow, store.FindFlow(number.flow_id));
    if (flow.current_version == 0) return Refused("FLOW_UNPUBLISHED", "the flow has no version");
    RETURN_IF_ERROR(store.Save(number));
    return ToProto(number);
  });
  if (changed.ok()) (void)catalogue_.Read();
  return changed;
}

absl::StatusOr<v1::ListNumbersResponse> RoutingApi::ListNumbers(const Call& call,
                                                                const v1::ListNumbersRequest& request) {
  ASSIGN_OR_RETURN(const List list, MakeList(kByNumber, ListRequestOf(request)));
  return commands_.database().Run<v1::ListNumbersResponse>(
      call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<v1::ListNumbersResponse> {
        const Listed listed = RunList(tx, kSelectNumbers, {std::to_string(call.tenant())}, list);
        v1::ListNumbersResponse response;
        for (const auto& row : listed.rows()) *response.add_numbers() = ToProto(ToNumber(row));
        response.set_next_page_token(listed.next_page_token());
        return response;
      });
}

}  // namespace lintel::telephony
