#include "tests/bench/sip_dialog.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <strings.h>
#include <unistd.h>

#include <cstdlib>

namespace lintel::bench {
namespace {

constexpr char kEnd[] = "\r\n";

// All values of a header, in order.
std::vector<std::string> Headers(const std::string& message, const std::string& name) {
  std::vector<std::string> values;
  size_t at = message.find(kEnd);
  while (at != std::string::npos) {
    at += 2;
    const size_t end = message.find(kEnd, at);
    if (end == std::string::npos || end == at) break;
    const std::string row = message.substr(at, end - at);
    if (row.size() > name.size() && row[name.size()] == ':' &&
        strncasecmp(row.c_str(), name.c_str(), name.size()) == 0) {
      const size_t start = row.find_first_not_of(' ', name.size() + 1);
      values.push_back(start == std::string::npos ? "" : row.substr(start));
    }
    at = end;
  }
  return values;
}

// What stands between < and >.
std::string Uri(const std::string& address) {
  const size_t open = address.find('<');
  if (open == std::string::npos) return address.substr(0, address.find(';'));
  return address.substr(open + 1, address.find('>', open) - open - 1);
}

// The rest of the first SDP line that begins with `prefix`.
std::string SdpLine(const std::string& message, const std::string& prefix) {
  const size_t at = message.find("\n" + prefix);
  if (at == std::string::npos) return "";
  const size_t start = at + 1 + prefix.size();
  return message.substr(start, message.find_first_of("\r\n", start) - start);
}

}  // namespace

std::string Header(const std::string& message, const std::string& name) {
  const std::vector<std::string> values = Headers(message, name);
  return values.empty() ? "" : values.front();
}

int StatusOf(const std::string& message) {
  if (message.compare(0, 8, "SIP/2.0 ") != 0) return 0;
  return static_cast<int>(std::strtol(message.c_str() + 8, nullptr, 10));
}

SipDialog::SipDialog(int id, std::string local, std::string target, std::string number, int rtp_port)
    : local_(std::move(local)),
      target_(std::move(target)),
      number_(std::move(number)),
      rtp_port_(rtp_port),
      call_id_(fmt::format("bench-{}-{}-{}", getpid(), id, rtp_port)),
      tag_(fmt::format("t{}", id)),
      remote_uri_(fmt::format("sip:{}@{}", number_, target_)),
      to_(fmt::format("<sip:{}@{}>", number_, target_)) {}

std::string SipDialog::Request(const std::string& method, const std::string& uri, int sequence,
                               const std::string& body) const {
  std::string text = fmt::format("{} {} SIP/2.0\r\n", method, uri);
  text += fmt::format("Via: SIP/2.0/UDP {};branch=z9hG4bK{}{}{}\r\n", local_, method, call_id_, sequence);
  for (const std::string& route : routes_) text += fmt::format("Route: {}\r\n", route);
  text += fmt::format("Max-Forwards: 70\r\nFrom: <sip:13800001001@{}>;tag={}\r\nTo: {}\r\n", local_, tag_, to_);
  text += fmt::format("Call-ID: {}\r\nCSeq: {} {}\r\nContact: <sip:bench@{}>\r\n", call_id_, sequence, method, local_);
  if (!body.empty()) text += "Content-Type: application/sdp\r\n";
  return text + fmt::format("Content-Length: {}\r\n\r\n{}", body.size(), body);
}

std::string SipDialog::Invite() const {
  const std::string host = local_.substr(0, local_.find(':'));
  return Request(
      "INVITE", remote_uri_, 1,
      fmt::format("v=0\r\no=- 1 1 IN IP4 {0}\r\ns=-\r\nc=IN IP4 {0}\r\nt=0 0\r\n"
                  "m=audio {1} RTP/AVP 0 101\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\n"
                  "a=fmtp:101 0-15\r\na=ptime:20\r\na=sendrecv\r\n",
                  host, rtp_port_));
}

std::string SipDialog::Ack() const { return Request("ACK", remote_uri_, 1, ""); }

std::string SipDialog::Bye() { return Request("BYE", remote_uri_, 2, ""); }

std::string SipDialog::Answer(const std::string& request) {
  std::string text = "SIP/2.0 200 OK\r\n";
  for (const char* name : {"Via", "From", "To", "Call-ID", "CSeq"}) {
    for (const std::string& value : Headers(request, name)) text += fmt::format("{}: {}\r\n", name, value);
  }
  return text + "Content-Length: 0\r\n\r\n";
}

bool SipDialog::Establish(const std::string& answer) {
  to_ = Header(answer, "To");
  remote_uri_ = Uri(Header(answer, "Contact"));
  routes_ = Headers(answer, "Record-Route");
  std::reverse(routes_.begin(), routes_.end());
  const std::string host = SdpLine(answer, "c=IN IP4 ");
  const std::string media = SdpLine(answer, "m=audio ");
  audio_.sin_family = AF_INET;
  audio_.sin_port = htons(static_cast<uint16_t>(std::strtol(media.c_str(), nullptr, 10)));
  return !media.empty() && inet_pton(AF_INET, host.c_str(), &audio_.sin_addr) == 1;
}

}  // namespace lintel::bench
