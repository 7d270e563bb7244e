#include "platform/ids/ids.h"
#include "platform/ids/resource_name.h"
#include "platform/status/status.h"
#include "platform/text/text.h"
#include "platform/update/update.h"
#include "services/identity/api/convert.h"
#include "services/identity/api/events.h"
#include "services/identity/api/groups_api.h"
#include "services/identity/store/place_store.h"

namespace lintel::identity {
namespace {

using Kind = PlaceStore::Kind;

void Announce(Outbox& outbox, const v1::Department& after, int64_t version, const std::string& before) {
  v1::DepartmentChanged event;
  event.set_department(after.name());
  event.set_retired(after.retired());
  outbox.Append(event, after.name(), version, {.before = before, .after = AuditJson(after)});
}

void Announce(Outbox& outbox, const v1::Team& after, int64_t version, const std::string& before) {
  v1::TeamChanged event;
  event.set_team(after.name());
  event.set_retired(after.retired());
  outbox.Append(event, after.name(), version, {.before = before, .after = AuditJson(after)});
}

absl::Status Take(const v1::Department& from, Place& to) {
  RETURN_IF_ERROR(CheckText("department.display_name", from.display_name(), {.least = 1, .most = 60}));
  to.display_name = Trimmed(from.display_name());
  to.retired = from.retired();
  return absl::OkStatus();
}

absl::Status Take(const v1::Team& from, Place& to) {
  RETURN_IF_ERROR(CheckText("team.display_name", from.display_name(), {.least = 1, .most = 60}));
  to.display_name = Trimmed(from.display_name());
  to.retired = from.retired();
  to.department_id.reset();
  if (from.department().empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(to.department_id, ParseId("team.department", from.department(), "departments/*"));
  return absl::OkStatus();
}

absl::Status CheckDepartment(pg::Transaction& tx, const Place& place) {
  if (!place.department_id) return absl::OkStatus();
  return PlaceStore(tx, Kind::kDepartment).Find(*place.department_id).status();
}

template <class Message>
using Convert = Message (*)(const Place&);

template <class Message, class Request>
absl::StatusOr<Message> Create(Commands& commands, const Call& call, const Request& request, Kind kind,
                               const Message& given, Convert<Message> convert) {
  Place place{.id = NewId()};
  RETURN_IF_ERROR(Take(given, place));
  return commands.Run<Message>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<Message> {
    RETURN_IF_ERROR(CheckDepartment(tx, place));
    RETURN_IF_ERROR(PlaceStore(tx, kind).Insert(place));
    Outbox outbox(tx, call.CauseAt(commands.Now()));
    Announce(outbox, convert(place), place.version, "");
    return convert(place);
  });
}

template <class Message, class Request>
absl::StatusOr<Message> Update(Commands& commands, const Call& call, const Request& request, Kind kind,
                               const std::string& id, const Message& given, std::initializer_list<const char*> writable,
                               Convert<Message> convert) {
  return commands.Run<Message>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<Message> {
    PlaceStore places(tx, kind);
    ASSIGN_OR_RETURN(const Place before, places.FindForUpdate(id));
    RETURN_IF_ERROR(CheckEtag(kind == Kind::kTeam ? "team" : "department", given.etag(), before.version));
    Message wanted = convert(before);
    RETURN_IF_ERROR(ApplyUpdate(request.update_mask(), writable, given, wanted));
    Place after = before;
    RETURN_IF_ERROR(Take(wanted, after));
    RETURN_IF_ERROR(CheckDepartment(tx, after));
    ++after.version;
    RETURN_IF_ERROR(places.Update(after));
    Outbox outbox(tx, call.CauseAt(commands.Now()));
    Announce(outbox, convert(after), after.version, AuditJson(convert(before)));
    return convert(after);
  });
}

}  // namespace

void PlacesApi::Register(Server& server) {
  const std::string service = "lintel.identity.v1.OperatorsService/";
  server.Handle(service + "ListDepartments", this, &PlacesApi::ListDepartments);
  server.Handle(service + "CreateDepartment", this, &PlacesApi::CreateDepartment);
  server.Handle(service + "UpdateDepartment", this, &PlacesApi::UpdateDepartment);
  server.Handle(service + "ListTeams", this, &PlacesApi::ListTeams);
  server.Handle(service + "CreateTeam", this, &PlacesApi::CreateTeam);
  server.Handle(service + "UpdateTeam", this, &PlacesApi::UpdateTeam);
}

absl::StatusOr<v1::ListDepartmentsResponse> PlacesApi::ListDepartments(const Call& call,
                                                                       const v1::ListDepartmentsRequest& request) {
  return commands_.database().Run<v1::ListDepartmentsResponse>(
      call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<v1::ListDepartmentsResponse> {
        v1::ListDepartmentsResponse response;
        for (const Place& place : PlaceStore(tx, Kind::kDepartment).List(request.show_retired())) {
          *response.add_departments() = ToDepartment(place);
        }
        return response;
      });
}

absl::StatusOr<v1::ListTeamsResponse> PlacesApi::ListTeams(const Call& call, const v1::ListTeamsRequest& request) {
  return commands_.database().Run<v1::ListTeamsResponse>(
      call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<v1::ListTeamsResponse> {
        v1::ListTeamsResponse response;
        for (const Place& place : PlaceStore(tx, Kind::kTeam).List(request.show_retired())) {
          *response.add_teams() = ToTeam(place);
        }
        return response;
      });
}

absl::StatusOr<v1::Department> PlacesApi::CreateDepartment(const Call& call,
                                                           const v1::CreateDepartmentRequest& request) {
  return Create<v1::Department>(commands_, call, request, Kind::kDepartment, request.department(), &ToDepartment);
}

absl::StatusOr<v1::Department> PlacesApi::UpdateDepartment(const Call& call,
                                                           const v1::UpdateDepartmentRequest& request) {
  ASSIGN_OR_RETURN(const std::string id, ParseId("department.name", request.department().name(), "departments/*"));
  return Update<v1::Department>(commands_, call, request, Kind::kDepartment, id, request.department(),
                                {"display_name", "retired"}, &ToDepartment);
}

absl::StatusOr<v1::Team> PlacesApi::CreateTeam(const Call& call, const v1::CreateTeamRequest& request) {
  return Create<v1::Team>(commands_, call, request, Kind::kTeam, request.team(), &ToTeam);
}

absl::StatusOr<v1::Team> PlacesApi::UpdateTeam(const Call& call, const v1::UpdateTeamRequest& request) {
  ASSIGN_OR_RETURN(const std::string id, ParseId("team.name", request.team().name(), "teams/*"));
  return Update<v1::Team>(commands_, call, request, Kind::kTeam, id, request.team(),
                          {"display_name", "department", "retired"}, &ToTeam);
}

}  // namespace lintel::identity
