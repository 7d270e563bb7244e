// The media nodes' side (proto/lintel/telephony/v1/call_control.proto).
#pragma once

#include "google/api/httpbody.pb.h"
#include "platform/blob/blob.h"
#include "platform/server/server.h"
#include "services/telephony/app/actions.h"
#include "services/telephony/app/caller_lookup.h"
#include "services/telephony/app/exchange.h"

namespace lintel::telephony {

class CallControlApi {
 public:
  struct Parts {
    Exchange& exchange;
    Catalogue& catalogue;
    Nodes& nodes;
    CallBook& book;
    RecordKeeper& records;
    CallerLookUp& callers;
    Actions& actions;
    Blobs& blobs;
    pg::Database& app;
    Clock clock;
    Clock wall_clock;
  };
  explicit CallControlApi(Parts parts) : parts_(std::move(parts)) {}
  void Register(Server& server);

  absl::Status Attach(const Call& call, const v1::AttachRequest& request, rpc::Writer<v1::NodeCommand>& writer);
  absl::StatusOr<v1::ReportCallEventsResponse> ReportCallEvents(const Call& call,
                                                                const v1::ReportCallEventsRequest& request);
  absl::StatusOr<v1::RouteCallResponse> RouteCall(const Call& call, const v1::RouteCallRequest& request);
  absl::StatusOr<v1::RunActionResponse> RunAction(const Call& call, const v1::RunActionRequest& request);
  absl::StatusOr<v1::UploadRecordingResponse> UploadRecording(const Call& call,
                                                              rpc::Reader<google::api::HttpBody>& chunks);

 private:
  // The node is here, with calls that this owner may not know.
  std::shared_ptr<Nodes::Line> TakeOver(const v1::AttachRequest& request);
  void TellFloor(const std::string& node, const v1::CallEvent& event);
  const Parts parts_;
};

}  // namespace lintel::telephony
