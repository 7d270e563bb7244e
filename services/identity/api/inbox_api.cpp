#include "services/identity/api/inbox_api.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "platform/ids/ids.h"
#include "platform/ids/resource_name.h"
#include "platform/status/status.h"
#include "platform/text/text.h"
#include "services/identity/api/convert.h"
#include "services/identity/api/events.h"
#include "services/identity/store/notice_store.h"
#include "services/identity/store/operator_store.h"

namespace lintel::identity {
namespace {

constexpr int kMostRecipients = 1000;

absl::Status CheckNotice(const v1::SendNoticeRequest& request) {
  RETURN_IF_ERROR(CheckText("key", request.key(), {.least = 1, .most = 200}));
  RETURN_IF_ERROR(CheckText("kind", request.kind(), {.least = 1, .most = 60}));
  RETURN_IF_ERROR(CheckText("title_zh", request.title_zh(), {.least = 1, .most = 200}));
  RETURN_IF_ERROR(CheckText("title_en", request.title_en(), {.most = 200}));
  RETURN_IF_ERROR(CheckText("body_zh", request.body_zh(), {.most = 2000, .lines = true}));
  RETURN_IF_ERROR(CheckText("body_en", request.body_en(), {.most = 2000, .lines = true}));
  RETURN_IF_ERROR(CheckText("subject", request.subject(), {.most = 200}));
  if (request.operators_size() > kMostRecipients) return InvalidField("operators", "takes at most 1000");
  return absl::OkStatus();
}

absl::StatusOr<std::set<std::string>> Recipients(pg::Transaction& tx, const v1::SendNoticeRequest& request,
                                                 Instant now) {
  std::vector<std::string> named;
  for (int i = 0; i < request.operators_size(); ++i) {
    ASSIGN_OR_RETURN(std::string id, ParseId(absl::StrCat("operators[", i, "]"), request.operators(i), "operators/*"));
    named.push_back(std::move(id));
  }
  OperatorStore operators(tx, now);
  named = operators.Existing(named);
  std::set<std::string> recipients(named.begin(), named.end());
  if (request.holders_of_right().empty()) return recipients;
  std::string team;
  if (!request.team().empty()) {
    ASSIGN_OR_RETURN(team, ParseId("team", request.team(), "teams/*"));
  }
  for (const std::string& id : operators.HoldersOf(request.holders_of_right(), team)) recipients.insert(id);
  return recipients;
}

Notice ToNotice(const v1::SendNoticeRequest& request, const std::string& source, const std::string& operator_id,
                Instant now) {
  return {.id = NewId(),
          .operator_id = operator_id,
          .source = source,
          .key = request.key(),
          .kind = request.kind(),
          .task = request.task(),
          .title_zh = request.title_zh(),
          .title_en = request.title_en(),
          .body_zh = request.body_zh(),
          .body_en = request.body_en(),
          .subject = request.subject(),
          .created_time = now};
}

}  // namespace

void InboxApi::Register(Server& server) {
  const std::string service = "lintel.identity.v1.InboxService/";
  server.Handle(service + "ListNotices", this, &InboxApi::ListNotices);
  server.Handle(service + "MarkNoticeRead", this, &InboxApi::MarkNoticeRead);
  server.Handle(service + "MarkAllNoticesRead", this, &InboxApi::MarkAllNoticesRead);
  server.Handle(service + "CompleteTask", this, &InboxApi::CompleteTask);
  server.Handle("lintel.identity.v1.IdentityService/SendNotice", this, &InboxApi::SendNotice);
}

absl::StatusOr<v1::ListNoticesResponse> InboxApi::ListNotices(const Call& call, const v1::ListNoticesRequest& request) {
  ASSIGN_OR_RETURN(const std::string own, OwnId(call));
  ASSIGN_OR_RETURN(const List list, MakeList(NoticeStore::Spec(), ListRequestOf(request, own)));
  return commands_.database().Run<v1::ListNoticesResponse>(
      call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<v1::ListNoticesResponse> {
        NoticeStore notices(tx, own);
        const auto page = notices.ListNotices(list);
        v1::ListNoticesResponse response;
        for (const Notice& notice : page.notices) *response.add_notices() = ToProto(notice, WantsEnglish(call));
        response.set_next_page_token(page.next_page_token);
        const auto counts = notices.Count();
        response.set_unread(counts.unread);
        response.set_open_tasks(counts.open_tasks);
        return response;
      });
}

absl::StatusOr<v1::Notice> InboxApi::MarkNoticeRead(const Call& call, const v1::MarkNoticeReadRequest& request) {
  ASSIGN_OR_RETURN(const std::string own, OwnId(call));
  ASSIGN_OR_RETURN(const std::string id, ParseId("name", request.name(), "notices/*"));
  return commands_.Run<v1::Notice>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<v1::Notice> {
    NoticeStore notices(tx, own);
    ASSIGN_OR_RETURN(Notice notice, notices.FindForUpdate(id));
    notices.MarkRead(id, commands_.Now());
    if (!notice.read_time) notice.read_time = commands_.Now();
    return ToProto(notice, WantsEnglish(call));
  });
}

absl::StatusOr<v1::MarkAllNoticesReadResponse> InboxApi::MarkAllNoticesRead(
    const Call& call, const v1::MarkAllNoticesReadRequest& request) {
  ASSIGN_OR_RETURN(const std::string own, OwnId(call));
  return commands_.Run<v1::MarkAllNoticesReadResponse>(
      call, request, [&](pg::Transaction& tx) -> absl::StatusOr<v1::MarkAllNoticesReadResponse> {
        v1::MarkAllNoticesReadResponse response;
        response.set_marked(NoticeStore(tx, own).MarkAllRead(commands_.Now()));
        return response;
      });
}

absl::StatusOr<v1::Notice> InboxApi::CompleteTask(const Call& call, const v1::CompleteTaskRequest& request) {
  ASSIGN_OR_RETURN(const std::string own, OwnId(call));
  ASSIGN_OR_RETURN(const std::string id, ParseId("name", request.name(), "notices/*"));
  return commands_.Run<v1::Notice>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<v1::Notice> {
    NoticeStore notices(tx, own);
    ASSIGN_OR_RETURN(Notice notice, notices.FindForUpdate(id));
    if (!notice.task) return Refused("NOT_A_TASK", "the notice is no task");
    notices.Complete(id, commands_.Now());
    if (!notice.read_time) notice.read_time = commands_.Now();
    if (!notice.done_time) notice.done_time = commands_.Now();
    return ToProto(notice, WantsEnglish(call));
  });
}

absl::StatusOr<v1::SendNoticeResponse> InboxApi::SendNotice(const Call& call, const v1::SendNoticeRequest& request) {
  RETURN_IF_ERROR(CheckNotice(request));
  return commands_.database().Run<v1::SendNoticeResponse>(
      call.Transaction(), [&](pg::Transaction& tx) -> absl::StatusOr<v1::SendNoticeResponse> {
        ASSIGN_OR_RETURN(const std::set<std::string> recipients, Recipients(tx, request, commands_.Now()));
        Outbox outbox(tx, call.CauseAt(commands_.Now()));
        v1::SendNoticeResponse response;
        for (const std::string& operator_id : recipients) {
          const Notice notice = ToNotice(request, call.principal().service, operator_id, commands_.Now());
          if (!NoticeStore(tx, operator_id).Insert(notice)) continue;
          v1::NoticeSent event;
          event.set_notice("notices/" + notice.id);
          event.set_operator_("operators/" + operator_id);
          event.set_kind(notice.kind);
          event.set_task(notice.task);
          outbox.Append(event, event.notice(), 1, {});
          response.set_sent(response.sent() + 1);
        }
        return response;
      });
}

}  // namespace lintel::identity
