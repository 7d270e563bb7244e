// Projects, permits and price tables (proto/lintel/inventory/v1/projects.proto).
#pragma once

#include "platform/command/command.h"
#include "platform/server/server.h"
#include "services/inventory/api/convert.h"

namespace lintel::inventory {

class ProjectsService {
 public:
  explicit ProjectsService(Commands& commands) : commands_(commands) {}
  void Register(Server& server);

  absl::StatusOr<v1::Project> CreateProject(const Call& call, const v1::CreateProjectRequest& request);
  absl::StatusOr<v1::Project> GetProject(const Call& call, const v1::GetProjectRequest& request);
  absl::StatusOr<v1::ListProjectsResponse> ListProjects(const Call& call, const v1::ListProjectsRequest& request);
  absl::StatusOr<v1::Project> UpdateProject(const Call& call, const v1::UpdateProjectRequest& request);
  absl::StatusOr<v1::Permit> CreatePermit(const Call& call, const v1::CreatePermitRequest& request);
  absl::StatusOr<v1::ListPermitsResponse> ListPermits(const Call& call, const v1::ListPermitsRequest& request);
  absl::StatusOr<v1::Permit> RevokePermit(const Call& call, const v1::RevokePermitRequest& request);
  absl::StatusOr<v1::ListBuildingsResponse> ListBuildings(const Call& call, const v1::ListBuildingsRequest& request);
  absl::StatusOr<v1::ListPriceTablesResponse> ListPriceTables(const Call& call,
                                                              const v1::ListPriceTablesRequest& request);
  absl::StatusOr<v1::PriceTable> PublishPriceTable(const Call& call, const v1::PublishPriceTableRequest& request);

 private:
  // Reads children of a project the caller may see.
  template <class Response>
  absl::StatusOr<Response> ReadUnder(const Call& call, const std::string& parent,
                                     const std::function<void(ProjectStore&, const std::string&, Response&)>& read);
  Commands& commands_;
};

}  // namespace lintel::inventory
