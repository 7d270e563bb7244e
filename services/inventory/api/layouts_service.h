// Layouts and their plans (proto/lintel/inventory/v1/layouts.proto).
#pragma once

#include "google/api/httpbody.pb.h"
#include "lintel/inventory/v1/layouts.pb.h"
#include "platform/client/channel.h"
#include "platform/command/command.h"
#include "platform/server/server.h"
#include "services/inventory/store/layout_store.h"

namespace lintel::inventory {

class LayoutsService {
 public:
  // `identity` keeps the uploaded plans.
  LayoutsService(Commands& commands, Channel& identity) : commands_(commands), identity_(identity) {}
  void Register(Server& server);

  absl::StatusOr<v1::ListLayoutsResponse> ListLayouts(const Call& call, const v1::ListLayoutsRequest& request);
  absl::StatusOr<v1::Layout> GetLayout(const Call& call, const v1::GetLayoutRequest& request);
  absl::StatusOr<v1::Layout> CreateLayout(const Call& call, const v1::CreateLayoutRequest& request);
  absl::StatusOr<v1::Layout> UpdateLayout(const Call& call, const v1::UpdateLayoutRequest& request);
  absl::StatusOr<v1::Layout> RetireLayout(const Call& call, const v1::RetireLayoutRequest& request);
  absl::StatusOr<v1::Layout> RestoreLayout(const Call& call, const v1::RestoreLayoutRequest& request);
  absl::Status DownloadLayoutPicture(const Call& call, const v1::DownloadLayoutPictureRequest& request,
                                     rpc::Writer<google::api::HttpBody>& writer);

 private:
  absl::StatusOr<Layout> Read(const Call& call, const std::string& project_id, const std::string& layout_id);
  // Takes the file over, so that it stays, and looks what it is.
  absl::Status TakePicture(const Call& call, const std::string& picture);
  template <class Request>
  absl::StatusOr<v1::Layout> SetRetired(const Call& call, const Request& request, bool retired);
  Commands& commands_;
  Channel& identity_;
};

v1::Layout ToProto(const Layout& layout);

}  // namespace lintel::inventory
