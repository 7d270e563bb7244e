// Call records and recordings for people (proto/lintel/telephony/v1/calls.proto).
#pragma once

#include "google/api/httpbody.pb.h"
#include "lintel/telephony/v1/calls.pb.h"
#include "platform/blob/blob.h"
#include "platform/server/server.h"

namespace lintel::telephony {

class CallsApi {
 public:
  CallsApi(pg::Database& app, Blobs& blobs, Clock clock) : app_(app), blobs_(blobs), clock_(std::move(clock)) {}
  void Register(Server& server);

  absl::StatusOr<v1::ListCallsResponse> ListCalls(const Call& call, const v1::ListCallsRequest& request);
  absl::StatusOr<v1::PhoneCall> GetCall(const Call& call, const v1::GetCallRequest& request);
  absl::Status DownloadRecording(const Call& call, const v1::DownloadRecordingRequest& request,
                                 rpc::Writer<google::api::HttpBody>& writer);
  absl::StatusOr<v1::RecordingPeaks> GetRecordingPeaks(const Call& call, const v1::GetRecordingPeaksRequest& request);

 private:
  pg::Database& app_;
  Blobs& blobs_;
  const Clock clock_;
};

}  // namespace lintel::telephony
