// Inboxes of operators, and what other services ask of identity.
#pragma once

#include "lintel/identity/v1/identity.pb.h"
#include "lintel/identity/v1/inbox.pb.h"
#include "platform/command/command.h"
#include "platform/server/server.h"
#include "services/identity/domain/settings.h"

namespace lintel::identity {

class InboxApi {
 public:
  explicit InboxApi(Commands& commands) : commands_(commands) {}
  void Register(Server& server);

  absl::StatusOr<v1::ListNoticesResponse> ListNotices(const Call& call, const v1::ListNoticesRequest& request);
  absl::StatusOr<v1::Notice> MarkNoticeRead(const Call& call, const v1::MarkNoticeReadRequest& request);
  absl::StatusOr<v1::MarkAllNoticesReadResponse> MarkAllNoticesRead(const Call& call,
                                                                    const v1::MarkAllNoticesReadRequest& request);
  absl::StatusOr<v1::Notice> CompleteTask(const Call& call, const v1::CompleteTaskRequest& request);
  // Internal.
  absl::StatusOr<v1::SendNoticeResponse> SendNotice(const Call& call, const v1::SendNoticeRequest& request);

 private:
  Commands& commands_;
};

// The small questions of other services.
class LookUpApi {
 public:
  LookUpApi(pg::Database& app, pg::Database& job, const SettingCatalogue& settings)
      : app_(app), job_(job), settings_(settings) {}
  void Register(Server& server);

  absl::StatusOr<v1::GetDisplayNamesResponse> GetDisplayNames(const Call& call,
                                                              const v1::GetDisplayNamesRequest& request);
  absl::StatusOr<v1::ListTenantsResponse> ListTenants(const Call& call, const v1::ListTenantsRequest& request);
  absl::StatusOr<v1::GetSettingValuesResponse> GetSettingValues(const Call& call,
                                                                const v1::GetSettingValuesRequest& request);

 private:
  pg::Database& app_;
  pg::Database& job_;
  const SettingCatalogue& settings_;
};

}  // namespace lintel::identity
