#include "services/telephony/api/calls_api.h"

#include "platform/ids/resource_name.h"
#include "platform/list/run.h"
#include "platform/outbox/outbox.h"
#include "platform/status/status.h"
#include "services/telephony/domain/byte_range.h"
#include "services/telephony/domain/peaks.h"
#include "services/telephony/store/call_store.h"

namespace lintel::telephony {
namespace {

const ListSpec kCalls{
    .fields = {{"start_time", {.column = "start_time", .type = FieldType::kInstant, .sortable = true}},
               {"talk_ms", {.column = "talk_ms", .type = FieldType::kInteger, .sortable = true}},
               {"queue", {.column = "queue_id", .type = FieldType::kId, .pattern = "queues/*"}},
               {"agent", {.column = "agent_id", .type = FieldType::kId, .pattern = "agents/*"}},
               {"customer", {.column = "customer_id", .type = FieldType::kId, .pattern = "customers/*"}},
               {"operator", {.column = "operator_id", .type = FieldType::kId, .pattern = "operators/*"}},
               {"called_number", {.column = "called_number"}},
               {"recorded", {.column = "recorded", .type = FieldType::kBoolean}}},
    .default_order = "start_time desc"};

}  // namespace

void CallsApi::Register(Server& server) {
  const std::string prefix = "lintel.telephony.v1.CallsService/";
  server.Handle(prefix + "ListCalls", this, &CallsApi::ListCalls);
  server.Handle(prefix + "GetCall", this, &CallsApi::GetCall);
  server.HandleStream(prefix + "DownloadRecording", this, &CallsApi::DownloadRecording);
  server.Handle(prefix + "GetRecordingPeaks", this, &CallsApi::GetRecordingPeaks);
}

absl::StatusOr<v1::ListCallsResponse> CallsApi::ListCalls(const Call& call, const v1::ListCallsRequest& request) {
  ASSIGN_OR_RETURN(const List list, MakeList(kCalls, ListRequestOf(request)));
  return app_.Run<v1::ListCallsResponse>(
      call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<v1::ListCallsResponse> {
        const Listed listed = RunList(tx, kSelectCalls, CallStore(tx, call.scope()).ListParameters(), list);
        v1::ListCallsResponse response;
        for (const auto& row : listed.rows()) *response.add_calls() = ToCall(row);
        response.set_next_page_token(listed.next_page_token());
        return response;
      });
}

absl::StatusOr<v1::PhoneCall> CallsApi::GetCall(const Call& call, const v1::GetCallRequest& request) {
  ASSIGN_OR_RETURN(const std::string id, ParseId("name", request.name(), "calls/*"));
  return app_.Run<v1::PhoneCall>(call.ReadOnly(),
                                 [&](pg::Transaction& tx) { return CallStore(tx, call.scope()).Find(id); });
}

absl::Status CallsApi::DownloadRecording(const Call& call, const v1::DownloadRecordingRequest& request,
                                         rpc::Writer<google::api::HttpBody>& writer) {
  ASSIGN_OR_RETURN(const std::string id, ParseId("name", request.name(), "calls/*/recording"));
  ASSIGN_OR_RETURN(
      const RecordingRow found,
      app_.Run<RecordingRow>(call.Transaction(), [&](pg::Transaction& tx) -> absl::StatusOr<RecordingRow> {
        ASSIGN_OR_RETURN(RecordingRow row, CallStore(tx, call.scope()).FindRecording(id));
        Outbox(tx, call.CauseAt(clock_())).Record("calls/" + id + "/recording", {.after = R"({"listened":true})"});
        return row;
      }));
  call.SetReplyMetadata("x-lintel-etag", found.blob.sha256);
  call.SetReplyMetadata("x-lintel-total-size", std::to_string(found.blob.size_bytes));
  call.SetReplyMetadata("x-lintel-filename", "call-" + id + ".wav");
  ASSIGN_OR_RETURN(const auto range, ParseRange(call.Metadata("x-lintel-range"), found.blob.size_bytes));
  if (range) call.SetReplyMetadata("x-lintel-range-start", std::to_string(range->start));
  return blobs_.Get(call.tenant(), found.blob, range ? range->start : 0, range ? range->length : -1,
                    [&](const std::string& piece) {
                      google::api::HttpBody body;
                      body.set_content_type("audio/wav");
                      body.set_data(piece);
                      return writer.Write(std::move(body));
                    });
}

absl::StatusOr<v1::RecordingPeaks> CallsApi::GetRecordingPeaks(const Call& call,
                                                               const v1::GetRecordingPeaksRequest& request) {
  ASSIGN_OR_RETURN(const std::string id, ParseId("name", request.name(), "calls/*/recording"));
  ASSIGN_OR_RETURN(const RecordingRow row, app_.Run<RecordingRow>(call.ReadOnly(), [&](pg::Transaction& tx) {
    return CallStore(tx, call.scope()).FindRecording(id);
  }));
  v1::RecordingPeaks peaks;
  peaks.set_channels(row.channels);
  peaks.set_interval_ms(kPeakIntervalMs);
  peaks.set_duration_ms(row.duration_ms);
  peaks.set_peaks(row.peaks);
  return peaks;
}

}  // namespace lintel::telephony
