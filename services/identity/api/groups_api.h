// Administration of groups, departments and teams.
#pragma once

#include "lintel/identity/v1/operators.pb.h"
#include "platform/command/command.h"
#include "platform/server/server.h"
#include "services/identity/domain/rights.h"

namespace lintel::identity {

class GroupsApi {
 public:
  GroupsApi(Commands& commands, const RightCatalogue& catalogue) : commands_(commands), catalogue_(catalogue) {}
  void Register(Server& server);

  absl::StatusOr<v1::ListRightsResponse> ListRights(const Call& call, const v1::ListRightsRequest& request);
  absl::StatusOr<v1::ListOperatorGroupsResponse> ListOperatorGroups(const Call& call,
                                                                    const v1::ListOperatorGroupsRequest& request);
  absl::StatusOr<v1::OperatorGroup> GetOperatorGroup(const Call& call, const v1::GetOperatorGroupRequest& request);
  absl::StatusOr<v1::OperatorGroup> CreateOperatorGroup(const Call& call,
                                                        const v1::CreateOperatorGroupRequest& request);
  absl::StatusOr<v1::OperatorGroup> UpdateOperatorGroup(const Call& call,
                                                        const v1::UpdateOperatorGroupRequest& request);
  absl::StatusOr<v1::OperatorGroup> RetireOperatorGroup(const Call& call,
                                                        const v1::RetireOperatorGroupRequest& request);

 private:
  Commands& commands_;
  const RightCatalogue& catalogue_;
};

class PlacesApi {
 public:
  explicit PlacesApi(Commands& commands) : commands_(commands) {}
  void Register(Server& server);

  absl::StatusOr<v1::ListDepartmentsResponse> ListDepartments(const Call& call,
                                                              const v1::ListDepartmentsRequest& request);
  absl::StatusOr<v1::Department> CreateDepartment(const Call& call, const v1::CreateDepartmentRequest& request);
  absl::StatusOr<v1::Department> UpdateDepartment(const Call& call, const v1::UpdateDepartmentRequest& request);
  absl::StatusOr<v1::ListTeamsResponse> ListTeams(const Call& call, const v1::ListTeamsRequest& request);
  absl::StatusOr<v1::Team> CreateTeam(const Call& call, const v1::CreateTeamRequest& request);
  absl::StatusOr<v1::Team> UpdateTeam(const Call& call, const v1::UpdateTeamRequest& request);

 private:
  Commands& commands_;
};

}  // namespace lintel::identity
