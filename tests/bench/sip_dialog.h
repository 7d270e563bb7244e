// The caller's side of one call, as text: INVITE, ACK, BYE and the answers to what comes from the other side (RFC
// 3261). Only what a load generator needs; the INVITE is sent once, because it runs over loopback and counts what is
// lost.
#pragma once

#include <netinet/in.h>

#include <optional>
#include <string>
#include <vector>

namespace lintel::bench {

// A header's value from a message, the first one; "" when absent.
std::string Header(const std::string& message, const std::string& name);
// 200 from "SIP/2.0 200 OK"; 0 for a request.
int StatusOf(const std::string& message);

class SipDialog {
 public:
  SipDialog(int id, std::string local, std::string target, std::string number, int rtp_port);

  std::string Invite() const;
  std::string Ack() const;
  std::string Bye();
  // 200 for a request of the other side.
  static std::string Answer(const std::string& request);

  // Takes what a final answer teaches: remote tag, contact, route, and where audio goes. False when there is no SDP.
  bool Establish(const std::string& answer);
  const sockaddr_in& audio() const { return audio_; }
  const std::string& call_id() const { return call_id_; }

 private:
  std::string Request(const std::string& method, const std::string& uri, int sequence, const std::string& body) const;

  const std::string local_;  // 127.0.2.1:5070
  const std::string target_;
  const std::string number_;
  const int rtp_port_;
  const std::string call_id_;
  const std::string tag_;
  std::string remote_uri_;
  std::string to_;
  std::vector<std::string> routes_;
  sockaddr_in audio_{};
};

}  // namespace lintel::bench
