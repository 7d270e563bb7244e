// Ids that join what one request caused: ours for people to quote, and W3C Trace Context.
#pragma once

#include <string>
#include <string_view>

namespace lintel::gateway {

// The client's id when it is short and harmless ([A-Za-z0-9._-]), otherwise empty.
std::string AcceptRequestId(std::string_view header);

// Continues the client's trace with a span of our own; begins one when the header is absent or malformed.
// `trace_hex`: 32 random hex digits, `span_hex`: 16.
std::string ContinueTrace(std::string_view header, const std::string& trace_hex, const std::string& span_hex);

// "zh-CN" unless the header is a plausible Accept-Language.
std::string AcceptLanguage(std::string_view header);

}  // namespace lintel::gateway
