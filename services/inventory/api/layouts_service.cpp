#include "services/inventory/api/layouts_service.h"

#include "lintel/identity/v1/identity.pb.h"
#include "platform/ids/ids.h"
#include "platform/ids/resource_name.h"
#include "platform/status/status.h"
#include "platform/update/update.h"
#include "platform/wire/values.h"
#include "services/inventory/api/convert.h"

namespace lintel::inventory {
namespace {

constexpr char kService[] = "lintel.inventory.v1.LayoutsService/";
constexpr char kIdentity[] = "lintel.identity.v1.IdentityService/";
constexpr char kLayoutPattern[] = "projects/*/layouts/*";

// What a client may write, checked; without id and project.
absl::StatusOr<Layout> ParseLayout(const v1::Layout& layout) {
  RETURN_IF_ERROR(CheckLength("layout.code", layout.code(), 1, kLongestLayoutCode));
  RETURN_IF_ERROR(CheckLength("layout.display_name", layout.display_name(), 0, 40));
  if (layout.bedrooms() < 0 || layout.bedrooms() > 20) return InvalidField("layout.bedrooms", "must be 0 to 20");
  if (!layout.picture().empty()) RETURN_IF_ERROR(ParseId("layout.picture", layout.picture(), "files/*").status());
  return Layout{.code = layout.code(),
                .display_name = layout.display_name(),
                .bedrooms = layout.bedrooms(),
                .picture = layout.picture()};
}

absl::StatusOr<Layout> Merge(Layout layout, const v1::UpdateLayoutRequest& request) {
  const std::string& code = request.layout().code();
  if (!code.empty() && code != layout.code) return InvalidField("layout.code", "cannot be changed");
  v1::Layout wanted = ToProto(layout);
  RETURN_IF_ERROR(
      ApplyUpdate(request.update_mask(), {"display_name", "bedrooms", "picture"}, request.layout(), wanted));
  ASSIGN_OR_RETURN(const Layout parsed, ParseLayout(wanted));
  layout.display_name = parsed.display_name;
  layout.bedrooms = parsed.bedrooms;
  layout.picture = parsed.picture;
  return layout;
}

}  // namespace

v1::Layout ToProto(const Layout& layout) {
  v1::Layout message;
  message.set_name(JoinName(kLayoutPattern, {layout.project_id, layout.id}));
  message.set_code(layout.code);
  message.set_display_name(layout.display_name);
  message.set_bedrooms(layout.bedrooms);
  message.set_room_count(layout.room_count);
  message.set_picture(layout.picture);
  message.set_retired(layout.retired);
  message.set_etag(std::to_string(layout.version));
  return message;
}

void LayoutsService::Register(Server& server) {
  const std::string prefix = kService;
  server.Handle(prefix + "ListLayouts", this, &LayoutsService::ListLayouts);
  server.Handle(prefix + "GetLayout", this, &LayoutsService::GetLayout);
  server.Handle(prefix + "CreateLayout", this, &LayoutsService::CreateLayout);
  server.Handle(prefix + "UpdateLayout", this, &LayoutsService::UpdateLayout);
  server.Handle(prefix + "RetireLayout", this, &LayoutsService::RetireLayout);
  server.Handle(prefix + "RestoreLayout", this, &LayoutsService::RestoreLayout);
  server.HandleStream(prefix + "DownloadLayoutPicture", this, &LayoutsService::DownloadLayoutPicture);
}

absl::StatusOr<v1::ListLayoutsResponse> LayoutsService::ListLayouts(const Call& call,
                                                                    const v1::ListLayoutsRequest& request) {
  ASSIGN_OR_RETURN(const std::string project_id, ParseId("parent", request.parent(), kProjectPattern));
  using Response = v1::ListLayoutsResponse;
  return commands_.database().Run<Response>(call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<Response> {
    RETURN_IF_ERROR(ProjectStore(tx, call.scope()).Find(project_id).status());
    Response response;
    for (const Layout& layout : LayoutStore(tx, call.scope()).List(project_id)) {
      *response.add_layouts() = ToProto(layout);
    }
    return response;
  });
}

absl::StatusOr<Layout> LayoutsService::Read(const Call& call, const std::string& project_id,
                                            const std::string& layout_id) {
  return commands_.database().Run<Layout>(
      call.ReadOnly(), [&](pg::Transaction& tx) { return LayoutStore(tx, call.scope()).Find(project_id, layout_id); });
}

absl::StatusOr<v1::Layout> LayoutsService::GetLayout(const Call& call, const v1::GetLayoutRequest& request) {
  ASSIGN_OR_RETURN(const std::vector<std::string> ids, ParseName("name", request.name(), kLayoutPattern));
  ASSIGN_OR_RETURN(const Layout layout, Read(call, ids[0], ids[1]));
  return ToProto(layout);
}

absl::Status LayoutsService::TakePicture(const Call& call, const std::string& picture) {
  identity::v1::TakeFilesRequest take;
  take.add_names(picture);
  ASSIGN_OR_RETURN(const auto taken, identity_.Call<identity::v1::TakeFilesResponse>(
                                         std::string(kIdentity) + "TakeFiles", take, call.OnBehalf()));
  const std::string& type = taken.files(0).content_type();
  if (type.rfind("image/", 0) == 0 || type == "application/pdf") return absl::OkStatus();
  return InvalidField("layout.picture", "must be an image or a PDF");
}

absl::StatusOr<v1::Layout> LayoutsService::CreateLayout(const Call& call, const v1::CreateLayoutRequest& request) {
  ASSIGN_OR_RETURN(const std::string project_id, ParseId("parent", request.parent(), kProjectPattern));
  ASSIGN_OR_RETURN(const Layout parsed, ParseLayout(request.layout()));
  if (!parsed.picture.empty()) RETURN_IF_ERROR(TakePicture(call, parsed.picture));
  return commands_.Run<v1::Layout>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<v1::Layout> {
    RETURN_IF_ERROR(ProjectStore(tx, call.scope()).FindForUpdate(project_id).status());
    Layout layout = parsed;
    layout.id = NewId();
    layout.project_id = project_id;
    LayoutStore layouts{tx, call.scope()};
    RETURN_IF_ERROR(layouts.Insert(layout));
    ASSIGN_OR_RETURN(layout, layouts.Find(project_id, layout.id));  // Rooms may have the code already.
    const v1::Layout made = ToProto(layout);
    Outbox(tx, call.CauseAt(commands_.Now())).Record(made.name(), {.after = AuditJson(made)});
    return made;
  });
}

absl::StatusOr<v1::Layout> LayoutsService::UpdateLayout(const Call& call, const v1::UpdateLayoutRequest& request) {
  ASSIGN_OR_RETURN(const std::vector<std::string> ids,
                   ParseName("layout.name", request.layout().name(), kLayoutPattern));
  ASSIGN_OR_RETURN(const Layout current, Read(call, ids[0], ids[1]));
  ASSIGN_OR_RETURN(const Layout wanted, Merge(current, request));
  if (!wanted.picture.empty() && wanted.picture != current.picture) {
    RETURN_IF_ERROR(TakePicture(call, wanted.picture));
  }
  return commands_.Run<v1::Layout>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<v1::Layout> {
    LayoutStore layouts{tx, call.scope()};
    ASSIGN_OR_RETURN(const Layout before, layouts.FindForUpdate(ids[0], ids[1]));
    RETURN_IF_ERROR(CheckEtag("layout", request.layout().etag(), before.version));
    ASSIGN_OR_RETURN(Layout after, Merge(before, request));
    layouts.Save(after);
    const v1::Layout made = ToProto(after);
    Outbox(tx, call.CauseAt(commands_.Now()))
        .Record(made.name(), {.before = AuditJson(ToProto(before)), .after = AuditJson(made)});
    return made;
  });
}

template <class Request>
absl::StatusOr<v1::Layout> LayoutsService::SetRetired(const Call& call, const Request& request, bool retired) {
  ASSIGN_OR_RETURN(const std::vector<std::string> ids, ParseName("name", request.name(), kLayoutPattern));
  return commands_.Run<v1::Layout>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<v1::Layout> {
    LayoutStore layouts{tx, call.scope()};
    ASSIGN_OR_RETURN(const Layout before, layouts.FindForUpdate(ids[0], ids[1]));
    RETURN_IF_ERROR(CheckEtag("layout", request.etag(), before.version));
    if (before.retired == retired) return ToProto(before);
    Layout after = before;
    after.retired = retired;
    layouts.Save(after);
    const v1::Layout made = ToProto(after);
    Outbox(tx, call.CauseAt(commands_.Now()))
        .Record(made.name(), {.before = AuditJson(ToProto(before)), .after = AuditJson(made)});
    return made;
  });
}

absl::StatusOr<v1::Layout> LayoutsService::RetireLayout(const Call& call, const v1::RetireLayoutRequest& request) {
  return SetRetired(call, request, true);
}

absl::StatusOr<v1::Layout> LayoutsService::RestoreLayout(const Call& call, const v1::RestoreLayoutRequest& request) {
  return SetRetired(call, request, false);
}

absl::Status LayoutsService::DownloadLayoutPicture(const Call& call, const v1::DownloadLayoutPictureRequest& request,
                                                   rpc::Writer<google::api::HttpBody>& writer) {
  ASSIGN_OR_RETURN(const std::vector<std::string> ids,
                   ParseName("name", request.name(), std::string(kLayoutPattern) + "/picture"));
  ASSIGN_OR_RETURN(const Layout layout, Read(call, ids[0], ids[1]));
  if (layout.picture.empty()) return Missing("file", request.name());
  call.SetReplyMetadata("x-lintel-filename", "layout-" + layout.id);
  identity::v1::ReadFileRequest read;
  read.set_name(layout.picture);
  return identity_.Stream<google::api::HttpBody>(
      std::string(kIdentity) + "ReadFile", read, call.OnBehalf(),
      [&](const google::api::HttpBody& chunk) { return writer.Write(chunk); });
}

}  // namespace lintel::inventory
