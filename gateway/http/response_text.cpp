#include "gateway/http/response_text.h"

#include <fmt/format.h>

#include <map>

namespace lintel::gateway {
namespace {

const char* Phrase(int status) {
  static const std::map<int, const char*> kPhrases{{101, "Switching Protocols"},
                                                   {200, "OK"},
                                                   {201, "Created"},
                                                   {204, "No Content"},
                                                   {206, "Partial Content"},
                                                   {302, "Found"},
                                                   {304, "Not Modified"},
                                                   {400, "Bad Request"},
                                                   {401, "Unauthorized"},
                                                   {403, "Forbidden"},
                                                   {404, "Not Found"},
                                                   {405, "Method Not Allowed"},
                                                   {408, "Request Timeout"},
                                                   {409, "Conflict"},
                                                   {413, "Content Too Large"},
                                                   {414, "URI Too Long"},
                                                   {415, "Unsupported Media Type"},
                                                   {416, "Range Not Satisfiable"},
                                                   {426, "Upgrade Required"},
                                                   {429, "Too Many Requests"},
                                                   {431, "Request Header Fields Too Large"},
                                                   {499, "Client Closed Request"},
                                                   {500, "Internal Server Error"},
                                                   {501, "Not Implemented"},
                                                   {503, "Service Unavailable"},
                                                   {504, "Gateway Timeout"}};
  const auto found = kPhrases.find(status);
  return found == kPhrases.end() ? "Status" : found->second;
}

bool HasLineBreak(const std::string& text) { return text.find_first_of(std::string("\r\n\0", 3)) != std::string::npos; }

}  // namespace

std::string ResponseHead(const Response& response, const Framing& framing) {
  std::string head = fmt::format("HTTP/1.1 {} {}\r\n", response.status, Phrase(response.status));
  for (const auto& [name, value] : response.headers.fields()) {
    if (!HasLineBreak(name) && !HasLineBreak(value)) head += name + ": " + value + "\r\n";
  }
  if (framing.length) head += fmt::format("Content-Length: {}\r\n", *framing.length);
  if (framing.chunked) head += "Transfer-Encoding: chunked\r\n";
  if (framing.close) head += "Connection: close\r\n";
  return head + "\r\n";
}

std::string Chunk(const std::string& bytes) { return fmt::format("{:x}\r\n{}\r\n", bytes.size(), bytes); }

}  // namespace lintel::gateway
