#include "services/telephony/api/flows_api.h"

#include <charconv>

#include "platform/ids/ids.h"
#include "platform/ids/resource_name.h"
#include "platform/list/run.h"
#include "platform/status/status.h"
#include "platform/wire/values.h"
#include "services/telephony/store/routing_store.h"
#include "telephony/flow/graph.h"

namespace lintel::telephony {
namespace {

const ListSpec kFlows{.fields = {{"display_name", {.column = "display_name", .sortable = true}}},
                      .default_order = "display_name"};
constexpr size_t kLongestName = 60;
constexpr size_t kLongestNote = 200;

v1::VoiceFlow ToProto(const FlowRecord& from) {
  v1::VoiceFlow to;
  to.set_name("voiceFlows/" + from.id);
  to.set_display_name(from.display_name);
  to.set_current_version(from.current_version);
  return to;
}

v1::VoiceFlowVersion ToProto(const FlowVersionRecord& from) {
  v1::VoiceFlowVersion to;
  to.set_name("voiceFlows/" + from.flow_id + "/versions/" + std::to_string(from.version));
  to.set_graph_json(from.graph);
  to.set_note(from.note);
  to.set_author(from.author);
  *to.mutable_create_time() = lintel::ToProto(from.created_time);
  return to;
}

// "voiceFlows/{f}/versions/{n}".
absl::StatusOr<std::pair<std::string, int>> ParseVersionName(const std::string& name) {
  const size_t at = name.find("/versions/");
  if (at == std::string::npos) return InvalidField("name", "must be voiceFlows/*/versions/*");
  ASSIGN_OR_RETURN(std::string flow, ParseId("name", name.substr(0, at), "voiceFlows/*"));
  const std::string text = name.substr(at + 10);
  int version = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), version);
  if (error != std::errc() || end != text.data() + text.size() || version < 1)
    return InvalidField("name", "must end in a version's number");
  return std::pair(std::move(flow), version);
}

}  // namespace

void FlowsApi::Register(Server& server) {
  const std::string prefix = "lintel.telephony.v1.RoutingService/";
  server.Handle(prefix + "CreateVoiceFlow", this, &FlowsApi::CreateVoiceFlow);
  server.Handle(prefix + "GetVoiceFlow", this, &FlowsApi::GetVoiceFlow);
  server.Handle(prefix + "ListVoiceFlows", this, &FlowsApi::ListVoiceFlows);
  server.Handle(prefix + "CreateVoiceFlowVersion", this, &FlowsApi::CreateVoiceFlowVersion);
  server.Handle(prefix + "GetVoiceFlowVersion", this, &FlowsApi::GetVoiceFlowVersion);
  server.Handle(prefix + "ListVoiceFlowVersions", this, &FlowsApi::ListVoiceFlowVersions);
  server.Handle(prefix + "ExamineVoiceFlow", this, &FlowsApi::ExamineVoiceFlow);
}

absl::StatusOr<v1::VoiceFlow> FlowsApi::CreateVoiceFlow(const Call& call, const v1::CreateVoiceFlowRequest& request) {
  RETURN_IF_ERROR(CheckLength("voice_flow.display_name", request.voice_flow().display_name(), 1, kLongestName));
  const FlowRecord flow{.id = NewId(), .display_name = request.voice_flow().display_name()};
  return commands_.Run<v1::VoiceFlow>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<v1::VoiceFlow> {
    RETURN_IF_ERROR(RoutingStore(tx, call.scope()).Insert(flow));
    return ToProto(flow);
  });
}

absl::StatusOr<v1::VoiceFlow> FlowsApi::GetVoiceFlow(const Call& call, const v1::GetVoiceFlowRequest& request) {
  ASSIGN_OR_RETURN(const std::string id, ParseId("name", request.name(), "voiceFlows/*"));
  ASSIGN_OR_RETURN(const FlowRecord flow,
                   commands_.database().Run<FlowRecord>(call.ReadOnly(), [&](pg::Transaction& tx) {
                     return RoutingStore(tx, call.scope()).FindFlow(id);
                   }));
  return ToProto(flow);
}

absl::StatusOr<v1::ListVoiceFlowsResponse> FlowsApi::ListVoiceFlows(const Call& call,
                                                                    const v1::ListVoiceFlowsRequest& request) {
  ASSIGN_OR_RETURN(const List list, MakeList(kFlows, ListRequestOf(request)));
  return commands_.database().Run<v1::ListVoiceFlowsResponse>(
      call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<v1::ListVoiceFlowsResponse> {
        const Listed listed = RunList(tx, kSelectFlows, {std::to_string(call.tenant())}, list);
        v1::ListVoiceFlowsResponse response;
        for (const auto& row : listed.rows()) *response.add_voice_flows() = ToProto(ToFlow(row));
        response.set_next_page_token(listed.next_page_token());
        return response;
      });
}

absl::StatusOr<v1::VoiceFlowVersion> FlowsApi::CreateVoiceFlowVersion(
    const Call& call, const v1::CreateVoiceFlowVersionRequest& request) {
  ASSIGN_OR_RETURN(const std::string id, ParseId("parent", request.parent(), "voiceFlows/*"));
  RETURN_IF_ERROR(CheckLength("version.note", request.version().note(), 0, kLongestNote));
  if (const auto graph = flow::ParseGraph(request.version().graph_json()); !graph.ok()) return graph.status();
  auto made = commands_.Run<v1::VoiceFlowVersion>(
      call, request, [&](pg::Transaction& tx) -> absl::StatusOr<v1::VoiceFlowVersion> {
        ASSIGN_OR_RETURN(const FlowVersionRecord version, RoutingStore(tx, call.scope())
                                                              .Publish({.flow_id = id,
                                                                        .graph = request.version().graph_json(),
                                                                        .note = request.version().note(),
                                                                        .author = call.principal().Actor(),
                                                                        .created_time = commands_.Now()}));
        return ToProto(version);
      });
  if (made.ok()) (void)catalogue_.Read();
  return made;
}

absl::StatusOr<v1::VoiceFlowVersion> FlowsApi::GetVoiceFlowVersion(const Call& call,
                                                                   const v1::GetVoiceFlowVersionRequest& request) {
  ASSIGN_OR_RETURN(const auto name, ParseVersionName(request.name()));
  ASSIGN_OR_RETURN(const FlowVersionRecord version,
                   commands_.database().Run<FlowVersionRecord>(call.ReadOnly(), [&](pg::Transaction& tx) {
                     return RoutingStore(tx, call.scope()).FindVersion(name.first, name.second);
                   }));
  return ToProto(version);
}

absl::StatusOr<v1::ListVoiceFlowVersionsResponse> FlowsApi::ListVoiceFlowVersions(
    const Call& call, const v1::ListVoiceFlowVersionsRequest& request) {
  ASSIGN_OR_RETURN(const std::string id, ParseId("parent", request.parent(), "voiceFlows/*"));
  return commands_.database().Run<v1::ListVoiceFlowVersionsResponse>(
      call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<v1::ListVoiceFlowVersionsResponse> {
        v1::ListVoiceFlowVersionsResponse response;
        for (const FlowVersionRecord& version : RoutingStore(tx, call.scope()).Versions(id))
          *response.add_versions() = ToProto(version);
        return response;
      });
}

absl::StatusOr<v1::ExamineVoiceFlowResponse> FlowsApi::ExamineVoiceFlow(const Call& call,
                                                                        const v1::ExamineVoiceFlowRequest& request) {
  v1::ExamineVoiceFlowResponse response;
  for (const flow::Problem& problem : flow::Examine(request.graph_json())) {
    v1::FlowProblem& to = *response.add_problems();
    to.set_node(problem.node);
    to.set_field(problem.field);
    to.set_reason(problem.reason);
    to.set_message(reasons_.Text(WithReason(absl::StatusCode::kInvalidArgument, problem.reason, problem.message,
                                            {{"node", problem.node}, {"field", problem.field}}),
                                 call.language()));
    to.set_detail(problem.message);
  }
  return response;
}

}  // namespace lintel::telephony
