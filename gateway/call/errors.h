// Refusals as HTTP: AIP-193 JSON, or RFC 9457 for those who ask. One place decides which status a code becomes.
#pragma once

#include <grpcpp/support/status.h>

#include <string>

#include "gateway/http/exchange.h"

namespace lintel::gateway {

// 400 for INVALID_ARGUMENT, 401, 403, 404, 409, 413, 416, 429, 499, 500, 501, 503, 504; `reason` tells apart what
// shares a code: one that ends in _TOO_LARGE is 413.
int HttpStatusOf(grpc::StatusCode code, const std::string& reason);

struct ErrorForm {
  bool problem = false;  // The client asked for application/problem+json.
  std::string instance;  // The request's path, for RFC 9457.
  std::string body;      // The request's field that the HTTP body is; empty: the body is all of it, or there is none.
};

// `status` carries a google.rpc.Status when it comes from a service or from ToGrpc. Field paths come out as
// the client wrote them: in lowerCamelCase, counted from the body. Adds Retry-After where the client may try again.
Response ErrorResponse(const grpc::Status& status, const ErrorForm& form);

// The reason of ErrorInfo; empty: none.
std::string ReasonOf(const grpc::Status& status);

// "FAILED_PRECONDITION"
std::string CodeName(grpc::StatusCode code);

}  // namespace lintel::gateway
