#include "services/telephony/api/agents_api.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "platform/ids/ids.h"
#include "platform/ids/resource_name.h"
#include "platform/list/run.h"
#include "platform/status/status.h"
#include "platform/update/update.h"
#include "platform/wire/values.h"
#include "services/telephony/domain/sip_account.h"
#include "services/telephony/store/agent_store.h"

namespace lintel::telephony {
namespace {

constexpr char kMe[] = "agents/me";
constexpr int kMostQueues = 20;
constexpr size_t kLongestName = 60;
constexpr size_t kLongestReason = 40;
constexpr int kMostPeriods = 500;
constexpr int kAccountBytes = 8;
constexpr int kSecretBytes = 16;

const ListSpec kAgents{
    .fields = {{"display_name", {.column = "display_name", .sortable = true}},
               {"operator", {.column = "operator_id", .type = FieldType::kId, .pattern = "operators/*"}}},
    .default_order = "display_name"};

absl::StatusOr<AgentRecord> Parse(const v1::Agent& from) {
  AgentRecord agent{.id = NewId(), .display_name = from.display_name()};
  RETURN_IF_ERROR(CheckLength("agent.display_name", from.display_name(), 0, kLongestName));
  ASSIGN_OR_RETURN(agent.operator_id, ParseId("agent.operator", from.operator_(), "operators/*"));
  if (from.queues_size() > kMostQueues) return InvalidField("agent.queues", "names more than 20 queues");
  for (const std::string& queue : from.queues()) {
    ASSIGN_OR_RETURN(std::string id, ParseId("agent.queues", queue, "queues/*"));
    agent.queue_ids.push_back(std::move(id));
  }
  return agent;
}

bool IsReason(const std::string& text) {
  return !text.empty() && text.size() <= kLongestReason && std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '-' || c == '_';
  });
}

absl::Status NotOwn() {
  return WithReason(absl::StatusCode::kPermissionDenied, "RIGHT_MISSING", "another's agent",
                    {{"right", "agent.supervise"}});
}

bool IsOwn(const Call& call, const AgentRecord& agent) {
  return "operators/" + agent.operator_id == call.principal().operator_name;
}

std::string NameOf(const AgentRecord& agent) { return "agents/" + agent.id; }

}  // namespace

void AgentsApi::Register(Server& server) {
  const std::string prefix = "lintel.telephony.v1.AgentsService/";
  server.Handle(prefix + "CreateAgent", this, &AgentsApi::CreateAgent);
  server.Handle(prefix + "UpdateAgent", this, &AgentsApi::UpdateAgent);
  server.Handle(prefix + "GetAgent", this, &AgentsApi::GetAgent);
  server.Handle(prefix + "ListAgents", this, &AgentsApi::ListAgents);
  server.Handle(prefix + "SignOn", this, &AgentsApi::SignOn);
  server.Handle(prefix + "SignOff", this, &AgentsApi::SignOff);
  server.Handle(prefix + "SetState", this, &AgentsApi::SetState);
  server.Handle(prefix + "ListAgentHistory", this, &AgentsApi::ListAgentHistory);
}

v1::Agent AgentsApi::Describe(const AgentRecord& agent) const {
  const Agent now = parts_.exchange.AgentNow(NameOf(agent));
  v1::Agent to;
  to.set_name(NameOf(agent));
  to.set_operator_("operators/" + agent.operator_id);
  to.set_display_name(agent.display_name);
  for (const std::string& id : agent.queue_ids) to.add_queues("queues/" + id);
  to.set_state(static_cast<v1::AgentState>(static_cast<int>(now.state) + 1));
  to.set_reason(now.reason);
  if (now.since != Time::zero()) {
    const auto age = std::chrono::steady_clock::now().time_since_epoch() - now.since;
    *to.mutable_state_time() =
        ToProto(parts_.commands.Now() - std::chrono::duration_cast<std::chrono::microseconds>(age));
  }
  if (!now.call.empty()) to.set_call("calls/" + now.call);
  to.set_etag(std::to_string(agent.version));
  return to;
}

absl::StatusOr<AgentRecord> AgentsApi::Load(const Call& call, pg::Transaction& tx, const std::string& name) const {
  AgentStore store(tx, call.scope());
  if (name == kMe) {
    ASSIGN_OR_RETURN(const std::string operator_id, ParseId("operator", call.principal().operator_name, "operators/*"));
    return store.FindByOperator(operator_id);
  }
  ASSIGN_OR_RETURN(const std::string id, ParseId("name", name, "agents/*"));
  ASSIGN_OR_RETURN(const AgentRecord agent, store.Find(id));
  if (!IsOwn(call, agent) && !call.principal().Has("agent.supervise")) return NotOwn();
  return agent;
}

absl::StatusOr<AgentRecord> AgentsApi::Known(const Call& call, const std::string& name) const {
  const auto snapshot = parts_.catalogue.Now();
  for (const auto& [known, agent] : snapshot->agents) {
    if (agent.tenant != call.tenant()) continue;
    const bool is_own = IsOwn(call, agent);
    if (name == kMe ? !is_own : known != name) continue;
    if (!is_own && !call.principal().Has("agent.supervise")) return NotOwn();
    return agent;
  }
  if (name == kMe) return Refused("NO_AGENT", "the operator is no agent");
  RETURN_IF_ERROR(ParseId("name", name, "agents/*").status());
  return Missing("agent", name);
}

absl::StatusOr<v1::Agent> AgentsApi::CreateAgent(const Call& call, const v1::CreateAgentRequest& request) {
  ASSIGN_OR_RETURN(const AgentRecord agent, Parse(request.agent()));
  auto made = parts_.commands.Run<v1::Agent>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<v1::Agent> {
    RETURN_IF_ERROR(AgentStore(tx, call.scope()).Insert(agent));
    return Describe({.id = agent.id,
                     .operator_id = agent.operator_id,
                     .display_name = agent.display_name,
                     .queue_ids = agent.queue_ids});
  });
  if (made.ok()) (void)parts_.catalogue.Read();
  return made;
}

absl::StatusOr<v1::Agent> AgentsApi::UpdateAgent(const Call& call, const v1::UpdateAgentRequest& request) {
  ASSIGN_OR_RETURN(const std::string id, ParseId("agent.name", request.agent().name(), "agents/*"));
  auto changed = parts_.commands.Run<v1::Agent>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<v1::Agent> {
    AgentStore store(tx, call.scope());
    ASSIGN_OR_RETURN(AgentRecord agent, store.Find(id));
    RETURN_IF_ERROR(CheckEtag("agent", request.agent().etag(), agent.version));
    v1::Agent target = Describe(agent);
    RETURN_IF_ERROR(ApplyUpdate(request.update_mask(), {"display_name", "queues"}, request.agent(), target));
    ASSIGN_OR_RETURN(const AgentRecord wanted, Parse(target));
    agent.display_name = wanted.display_name;
    agent.queue_ids = wanted.queue_ids;
    RETURN_IF_ERROR(store.Save(agent));
    return Describe(agent);
  });
  if (changed.ok()) (void)parts_.catalogue.Read();
  return changed;
}

absl::StatusOr<v1::Agent> AgentsApi::GetAgent(const Call& call, const v1::GetAgentRequest& request) {
  ASSIGN_OR_RETURN(const AgentRecord agent,
                   parts_.commands.database().Run<AgentRecord>(
                       call.ReadOnly(), [&](pg::Transaction& tx) { return Load(call, tx, request.name()); }));
  return Describe(agent);
}

absl::StatusOr<v1::ListAgentsResponse> AgentsApi::ListAgents(const Call& call, const v1::ListAgentsRequest& request) {
  ASSIGN_OR_RETURN(const List list, MakeList(kAgents, ListRequestOf(request)));
  return parts_.commands.database().Run<v1::ListAgentsResponse>(
      call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<v1::ListAgentsResponse> {
        const Listed listed = RunList(tx, kSelectAgents, {std::to_string(call.tenant())}, list);
        v1::ListAgentsResponse response;
        for (const auto& row : listed.rows()) *response.add_agents() = Describe(ToAgent(row));
        response.set_next_page_token(listed.next_page_token());
        return response;
      });
}

absl::StatusOr<v1::SignOnResponse> AgentsApi::SignOn(const Call& call, const v1::SignOnRequest& request) {
  if (!parts_.exchange.owns()) return WithReason(absl::StatusCode::kUnavailable, "EXCHANGE_AWAY", "not the owner");
  const std::string secret = RandomHex(kSecretBytes);
  AgentSession session{.account = RandomHex(kAccountBytes), .domain = parts_.sip_domain};
  session.ha1 = Ha1(session.account, session.domain, secret);
  session.expire_time = parts_.wall_clock() + parts_.session_lifetime;
  std::string ended;
  ASSIGN_OR_RETURN(const AgentRecord agent,
                   parts_.commands.database().Run<AgentRecord>(
                       call.Transaction(), [&](pg::Transaction& tx) -> absl::StatusOr<AgentRecord> {
                         ASSIGN_OR_RETURN(const AgentRecord found, Load(call, tx, request.name()));
                         // The secret of a phone is for the one who answers it.
                         if (!IsOwn(call, found)) return InvalidField("name", "must be one's own agent");
                         AgentStore store(tx, call.scope());
                         session.agent_id = found.id;
                         ended = store.EndSession(found.id);
                         store.Save(session);
                         return found;
                       }));
  if (!ended.empty()) parts_.registrar.Forget(ended, parts_.sip_domain);
  RETURN_IF_ERROR(parts_.catalogue.Read());  // Signs the agent on at the floor
  v1::SignOnResponse response;
  response.set_account(session.account);
  response.set_domain(session.domain);
  response.set_secret(secret);
  response.set_web_socket_path("/sip");
  *response.mutable_expire_time() = ToProto(session.expire_time);
  response.set_agent(NameOf(agent));
  return response;
}

absl::StatusOr<v1::Agent> AgentsApi::SignOff(const Call& call, const v1::SignOffRequest& request) {
  std::string ended;
  ASSIGN_OR_RETURN(const AgentRecord agent,
                   parts_.commands.database().Run<AgentRecord>(
                       call.Transaction(), [&](pg::Transaction& tx) -> absl::StatusOr<AgentRecord> {
                         ASSIGN_OR_RETURN(const AgentRecord found, Load(call, tx, request.name()));
                         ended = AgentStore(tx, call.scope()).EndSession(found.id);
                         return found;
                       }));
  if (!ended.empty()) parts_.registrar.Forget(ended, parts_.sip_domain);
  parts_.exchange.Handle(AgentSignedOff{NameOf(agent)});
  (void)parts_.catalogue.Read();
  return Describe(agent);
}

absl::StatusOr<v1::Agent> AgentsApi::SetState(const Call& call, const v1::SetStateRequest& request) {
  const bool ready = request.state() == v1::READY;
  if (!ready && request.state() != v1::NOT_READY) return InvalidField("state", "must be READY or NOT_READY");
  if (!ready && !IsReason(request.reason()))
    return InvalidField("reason", "must be 1 to 40 characters a-z, 0-9, - and _");
  ASSIGN_OR_RETURN(const AgentRecord agent, Known(call, request.name()));
  const AgentState now = parts_.exchange.AgentNow(NameOf(agent)).state;
  if (now == AgentState::kOffline) return Refused("AGENT_OFFLINE", "the agent has not signed on");
  if (now == AgentState::kTalking || (ready && now == AgentState::kRinging))
    return Refused("AGENT_TALKING", "the agent is in a call");
  if (ready)
    parts_.exchange.Handle(AgentSetReady{NameOf(agent)});
  else
    parts_.exchange.Handle(AgentSetNotReady{NameOf(agent), request.reason()});
  return Describe(agent);
}

absl::StatusOr<v1::ListAgentHistoryResponse> AgentsApi::ListAgentHistory(const Call& call,
                                                                         const v1::ListAgentHistoryRequest& request) {
  ASSIGN_OR_RETURN(const std::string id, ParseId("parent", request.parent(), "agents/*"));
  return parts_.commands.database().Run<v1::ListAgentHistoryResponse>(
      call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<v1::ListAgentHistoryResponse> {
        v1::ListAgentHistoryResponse response;
        const int limit = request.page_size() <= 0 ? kMostPeriods : std::min(request.page_size(), kMostPeriods);
        for (const v1::AgentPeriod& period : AgentStore(tx, call.scope()).Periods(id, limit))
          *response.add_periods() = period;
        return response;
      });
}

}  // namespace lintel::telephony
