// What reporting and analytics share of their RPCs: an engine's answers as messages and bytes.
#pragma once

#include <google/api/httpbody.pb.h>

#include "lintel/reporting/v1/definition.pb.h"
#include "platform/client/channel.h"
#include "platform/report/document.h"
#include "platform/report/engine.h"
#include "platform/server/call.h"

namespace lintel::report {

reporting::v1::Definition ToProto(const Definition& definition, const std::string& name, const std::string& language);

// Names from `customers`, at most 1000 a call; when it is away, what was learnt so far.
NameResolver NamesFrom(Channel& customers, const Call& call);

// Reads the request's map fields into an Ask.
template <class Request>
Ask AskFrom(const Request& request) {
  Ask ask{.parameters = {request.parameters().begin(), request.parameters().end()}};
  if (request.has_detail()) {
    ask.detail_column = request.detail().column();
    ask.detail_key = {request.detail().key().begin(), request.detail().key().end()};
    if (ask.detail_column.empty()) ask.detail_column = "-";  // No column has this name: it is refused as a field.
  }
  return ask;
}

// Runs and renders; sets the answer's file name. `document` draws a definition that names a template, as PDF.
using DocumentRenderer = std::function<absl::StatusOr<std::string>(const Definition&, const Table&)>;
absl::StatusOr<google::api::HttpBody> RunForCall(const Engine& engine, const Call& call, const std::string& name,
                                                 const std::string& format, const Ask& ask, const std::string& font,
                                                 const DocumentRenderer& document = nullptr);

}  // namespace lintel::report
