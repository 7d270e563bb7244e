#include "services/inventory/api/projects_service.h"

#include <set>

#include "platform/ids/ids.h"
#include "platform/ids/resource_name.h"
#include "platform/list/run.h"
#include "platform/status/status.h"
#include "platform/update/update.h"
#include "services/inventory/api/publish_prices.h"
#include "services/inventory/api/room_change.h"

namespace lintel::inventory {
namespace {

constexpr char kService[] = "lintel.inventory.v1.ProjectsService/";

constexpr char kList[] = R"sql(
  SELECT id, display_name, time_zone, address, escrow_account, version, created_time, updated_time
    FROM projects WHERE tenant_id = $1::bigint AND ($2::boolean OR id = ANY($3::uuid[])))sql";

const ListSpec kProjects{
    .fields = {{"display_name", {.column = "display_name", .sortable = true}},
               {"create_time", {.column = "created_time", .type = FieldType::kInstant, .sortable = true}}},
    .default_order = "display_name"};

v1::ProjectChanged Changed(const Project& project) {
  v1::ProjectChanged event;
  event.set_project(ProjectName(project.id));
  event.set_display_name(project.display_name);
  event.set_time_zone(project.time_zone);
  return event;
}

v1::PermitChanged Changed(const Permit& permit) {
  v1::PermitChanged event;
  event.set_project(ProjectName(permit.project_id));
  event.set_permit(JoinName("projects/*/permits/*", {permit.project_id, permit.id}));
  event.set_number(permit.number);
  event.set_revoked(permit.revoked);
  return event;
}

// With their permits and counts of rooms: two questions, however many projects there are.
std::vector<v1::Project> Describe(ProjectStore& store, const std::vector<Project>& projects) {
  std::vector<std::string> ids;
  for (const Project& project : projects) ids.push_back(project.id);
  auto permits = store.PermitsOf(ids);
  auto counts = store.CountRooms(ids);
  std::vector<v1::Project> described;
  for (const Project& project : projects) {
    described.push_back(ToProto(project, permits[project.id], counts[project.id]));
  }
  return described;
}

v1::Project Describe(ProjectStore& store, const Project& project) { return Describe(store, std::vector{project})[0]; }

// A permit for a building in which no room stands would silently cover nothing.
absl::Status CheckBuildings(ProjectStore& store, const Permit& permit) {
  std::set<std::string> known;
  if (!permit.buildings.empty()) {
    for (const BuildingSummary& building : store.Buildings(permit.project_id)) known.insert(building.display_name);
  }
  for (size_t i = 0; i < permit.buildings.size(); ++i) {
    if (!known.contains(permit.buildings[i])) {
      return InvalidField(fmt::format("permit.buildings[{}]", i), "is no building of the project");
    }
  }
  return absl::OkStatus();
}

// The fields named by the mask, or all of them.
absl::StatusOr<Project> Merge(Project project, const v1::UpdateProjectRequest& request) {
  v1::Project merged = ToProto(project, {}, {});
  for (const std::string& path : request.update_mask().paths()) {
    if (path == "display_name")
      merged.set_display_name(request.project().display_name());
    else if (path == "time_zone")
      merged.set_time_zone(request.project().time_zone());
    else if (path == "address")
      merged.set_address(request.project().address());
    else if (path == "escrow_account")
      merged.set_escrow_account(request.project().escrow_account());
    else
      return InvalidField("update_mask", "does not know " + path);
  }
  ASSIGN_OR_RETURN(const Project parsed,
                   ParseProject(request.update_mask().paths().empty() ? request.project() : merged));
  project.display_name = parsed.display_name;
  project.time_zone = parsed.time_zone;
  project.address = parsed.address;
  project.escrow_account = parsed.escrow_account;
  return project;
}

}  // namespace

void ProjectsService::Register(Server& server) {
  const std::string prefix = kService;
  server.Handle(prefix + "CreateProject", this, &ProjectsService::CreateProject);
  server.Handle(prefix + "GetProject", this, &ProjectsService::GetProject);
  server.Handle(prefix + "ListProjects", this, &ProjectsService::ListProjects);
  server.Handle(prefix + "UpdateProject", this, &ProjectsService::UpdateProject);
  server.Handle(prefix + "CreatePermit", this, &ProjectsService::CreatePermit);
  server.Handle(prefix + "ListPermits", this, &ProjectsService::ListPermits);
  server.Handle(prefix + "RevokePermit", this, &ProjectsService::RevokePermit);
  server.Handle(prefix + "ListBuildings", this, &ProjectsService::ListBuildings);
  server.Handle(prefix + "ListPriceTables", this, &ProjectsService::ListPriceTables);
  server.Handle(prefix + "PublishPriceTable", this, &ProjectsService::PublishPriceTable);
}

absl::StatusOr<v1::Project> ProjectsService::CreateProject(const Call& call, const v1::CreateProjectRequest& request) {
  ASSIGN_OR_RETURN(Project project, ParseProject(request.project()));
  std::vector<Permit> permits;
  for (int i = 0; i < request.project().permits_size(); ++i) {
    ASSIGN_OR_RETURN(Permit permit, ParsePermit(fmt::format("project.permits[{}]", i), request.project().permits(i)));
    permits.push_back(std::move(permit));
  }
  return commands_.Run<v1::Project>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<v1::Project> {
    const Cause cause = call.CauseAt(commands_.Now());
    project.id = NewId();
    project.created_time = project.updated_time = cause.now;
    ProjectStore store{tx, call.scope()};
    RETURN_IF_ERROR(store.Insert(project));
    Outbox outbox{tx, cause};
    const v1::Project made = ToProto(project, permits, {});
    outbox.Append(Changed(project), made.name(), project.version, {.after = AuditJson(made)});
    for (Permit& permit : permits) {
      permit.project_id = project.id;
      RETURN_IF_ERROR(store.InsertPermit(permit));
      outbox.Append(Changed(permit), made.name(), project.version, {.after = AuditJson(ToProto(permit))});
    }
    return ToProto(project, permits, {});
  });
}

absl::StatusOr<v1::Project> ProjectsService::GetProject(const Call& call, const v1::GetProjectRequest& request) {
  ASSIGN_OR_RETURN(const std::string id, ParseId("name", request.name(), kProjectPattern));
  return commands_.database().Run<v1::Project>(call.ReadOnly(),
                                               [&](pg::Transaction& tx) -> absl::StatusOr<v1::Project> {
                                                 ProjectStore store{tx, call.scope()};
                                                 ASSIGN_OR_RETURN(const Project project, store.Find(id));
                                                 return Describe(store, project);
                                               });
}

absl::StatusOr<v1::ListProjectsResponse> ProjectsService::ListProjects(const Call& call,
                                                                       const v1::ListProjectsRequest& request) {
  ASSIGN_OR_RETURN(const List list, MakeList(kProjects, ListRequestOf(request)));
  using Response = v1::ListProjectsResponse;
  return commands_.database().Run<Response>(call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<Response> {
    const Scope& scope = call.scope();
    const Listed page = RunList(
        tx, kList,
        {std::to_string(scope.tenant), scope.all_projects ? "true" : "false", pg::ArrayOf(scope.project_ids)}, list);
    ProjectStore store{tx, scope};
    Response response;
    std::vector<Project> projects;
    for (const auto& row : page.rows()) projects.push_back(ToProject(row));
    for (v1::Project& project : Describe(store, projects)) *response.add_projects() = std::move(project);
    response.set_next_page_token(page.next_page_token());
    return response;
  });
}

absl::StatusOr<v1::Project> ProjectsService::UpdateProject(const Call& call, const v1::UpdateProjectRequest& request) {
  ASSIGN_OR_RETURN(const std::string id, ParseId("project.name", request.project().name(), kProjectPattern));
  return commands_.Run<v1::Project>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<v1::Project> {
    const Cause cause = call.CauseAt(commands_.Now());
    ProjectStore store{tx, call.scope()};
    ASSIGN_OR_RETURN(const Project before, store.FindForUpdate(id));
    RETURN_IF_ERROR(CheckEtag("project", request.project().etag(), before.version));
    ASSIGN_OR_RETURN(Project after, Merge(before, request));
    after.updated_time = cause.now;
    RETURN_IF_ERROR(store.Save(after));
    Outbox(tx, cause).Append(
        Changed(after), ProjectName(id), after.version,
        {.before = AuditJson(ToProto(before, {}, {})), .after = AuditJson(ToProto(after, {}, {}))});
    return Describe(store, after);
  });
}

absl::StatusOr<v1::Permit> ProjectsService::CreatePermit(const Call& call, const v1::CreatePermitRequest& request) {
  ASSIGN_OR_RETURN(const std::string project_id, ParseId("parent", request.parent(), kProjectPattern));
  ASSIGN_OR_RETURN(Permit permit, ParsePermit("permit", request.permit()));
  permit.project_id = project_id;
  return commands_.Run<v1::Permit>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<v1::Permit> {
    ProjectStore store{tx, call.scope()};
    ASSIGN_OR_RETURN(const Project project, store.FindForUpdate(project_id));
    RETURN_IF_ERROR(CheckBuildings(store, permit));
    RETURN_IF_ERROR(store.InsertPermit(permit));
    const v1::Permit made = ToProto(permit);
    Outbox(tx, call.CauseAt(commands_.Now()))
        .Append(Changed(permit), request.parent(), project.version, {.after = AuditJson(made)});
    return made;
  });
}

absl::StatusOr<v1::Permit> ProjectsService::RevokePermit(const Call& call, const v1::RevokePermitRequest& request) {
  ASSIGN_OR_RETURN(const std::vector<std::string> ids, ParseName("name", request.name(), "projects/*/permits/*"));
  if (request.reason().empty() || request.reason().size() > 600)
    return InvalidField("reason", "must be 1 to 200 characters");
  return commands_.Run<v1::Permit>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<v1::Permit> {
    ProjectStore store{tx, call.scope()};
    ASSIGN_OR_RETURN(const Project project, store.FindForUpdate(ids[0]));
    ASSIGN_OR_RETURN(const Permit before, store.FindPermit(ids[0], ids[1]));
    RETURN_IF_ERROR(CheckEtag("permit", request.etag(), before.version));
    if (before.revoked) return ToProto(before);
    const Permit permit = store.RevokePermit(before);
    Outbox(tx, call.CauseAt(commands_.Now()))
        .Append(Changed(permit), ProjectName(ids[0]), project.version,
                {.before = AuditJson(ToProto(before)), .after = AuditJson(request)});
    return ToProto(permit);
  });
}

template <class Response>
absl::StatusOr<Response> ProjectsService::ReadUnder(
    const Call& call, const std::string& parent,
    const std::function<void(ProjectStore&, const std::string&, Response&)>& read) {
  ASSIGN_OR_RETURN(const std::string id, ParseId("parent", parent, kProjectPattern));
  return commands_.database().Run<Response>(call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<Response> {
    ProjectStore store{tx, call.scope()};
    ASSIGN_OR_RETURN(const Project project, store.Find(id));
    Response response;
    read(store, project.id, response);
    return response;
  });
}

absl::StatusOr<v1::ListPermitsResponse> ProjectsService::ListPermits(const Call& call,
                                                                     const v1::ListPermitsRequest& request) {
  return ReadUnder<v1::ListPermitsResponse>(call, request.parent(),
                                            [](ProjectStore& store, const std::string& id, auto& response) {
                                              for (const Permit& permit : store.Permits(id))
                                                *response.add_permits() = ToProto(permit);
                                            });
}

absl::StatusOr<v1::ListBuildingsResponse> ProjectsService::ListBuildings(const Call& call,
                                                                         const v1::ListBuildingsRequest& request) {
  return ReadUnder<v1::ListBuildingsResponse>(call, request.parent(),
                                              [](ProjectStore& store, const std::string& id, auto& response) {
                                                for (const BuildingSummary& building : store.Buildings(id)) {
                                                  v1::Building& message = *response.add_buildings();
                                                  message.set_display_name(building.display_name);
                                                  for (const std::string& entrance : building.entrances)
                                                    message.add_entrances(entrance);
                                                  message.set_room_count(building.room_count);
                                                  message.set_lowest_floor(building.lowest_floor);
                                                  message.set_highest_floor(building.highest_floor);
                                                }
                                              });
}

absl::StatusOr<v1::ListPriceTablesResponse> ProjectsService::ListPriceTables(
    const Call& call, const v1::ListPriceTablesRequest& request) {
  return ReadUnder<v1::ListPriceTablesResponse>(call, request.parent(),
                                                [](ProjectStore& store, const std::string& id, auto& response) {
                                                  for (const PriceTable& table : store.PriceTables(id))
                                                    *response.add_price_tables() = ToProto(id, table);
                                                });
}

absl::StatusOr<v1::PriceTable> ProjectsService::PublishPriceTable(const Call& call,
                                                                  const v1::PublishPriceTableRequest& request) {
  ASSIGN_OR_RETURN(const std::string project_id, ParseId("parent", request.parent(), kProjectPattern));
  ASSIGN_OR_RETURN(const PricePublication publication, ParsePublication(project_id, request));
  return commands_.Run<v1::PriceTable>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<v1::PriceTable> {
    ProjectStore store{tx, call.scope()};
    ASSIGN_OR_RETURN(const Project project, store.FindForUpdate(project_id));
    ASSIGN_OR_RETURN(const PriceTable table,
                     PublishPrices(tx, call.CauseAt(commands_.Now()), call.scope(), publication));
    return ToProto(project.id, table);
  });
}

}  // namespace lintel::inventory
