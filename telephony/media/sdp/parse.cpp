// Reading session descriptions.
#include <arpa/inet.h>

#include <algorithm>
#include <cctype>

#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "telephony/media/sdp/sdp.h"

namespace lintel::media {
namespace {

constexpr size_t kMostSections = 16;
constexpr size_t kMostFormats = 64;
constexpr size_t kLongestCredential = 256;  // RFC 8839 §5.4

using Words = std::vector<std::string>;

Words Split(const std::string& text, char separator) {
  return absl::StrSplit(text, absl::MaxSplits(separator, static_cast<int>(kMostFormats) + 4));
}

bool IsAddress(const std::string& text) {
  in_addr parsed;
  return inet_pton(AF_INET, text.c_str(), &parsed) == 1;
}

// "IN IP4 192.0.2.1" or with a multicast suffix, which is refused as an address.
absl::StatusOr<std::string> ParseConnection(const std::string& value) {
  const Words words = Split(value, ' ');
  if (words.size() != 3 || words[0] != "IN") return absl::InvalidArgumentError("malformed c= line");
  if (words[1] != "IP4" || !IsAddress(words[2])) return absl::InvalidArgumentError("c= is not an IPv4 address");
  return words[2];
}

absl::StatusOr<MediaSection> ParseMedia(const std::string& value) {
  const Words words = Split(value, ' ');
  if (words.size() < 4 || words.size() > kMostFormats + 3) return absl::InvalidArgumentError("malformed m= line");
  MediaSection section;
  uint32_t port = 0;
  const Words port_and_count = Split(words[1], '/');
  if (!absl::SimpleAtoi(port_and_count[0], &port) || port > 65535) {
    return absl::InvalidArgumentError("malformed port in m= line");
  }
  section.kind = words[0];
  section.port = static_cast<uint16_t>(port);
  section.protocol = words[2];
  section.formats.assign(words.begin() + 3, words.end());
  for (const std::string& format : section.formats) {
    section.mu_law |= format == "0";
    section.a_law |= format == "8";
  }
  return section;
}

void ParseRtpMap(const std::string& value, MediaSection& section) {
  const Words words = Split(value, ' ');
  uint32_t type = 0;
  if (words.size() < 2 || !absl::SimpleAtoi(words[0], &type) || type > 127) return;
  std::string name = words[1];
  std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
  if (name == "telephone-event/8000") section.event_type = static_cast<uint8_t>(type);
}

void ParseFingerprint(const std::string& value, std::string& fingerprint) {
  const Words words = Split(value, ' ');
  if (words.size() != 2 || words[1].size() != 95) return;
  std::string algorithm = words[0];
  std::string digest = words[1];
  std::transform(algorithm.begin(), algorithm.end(), algorithm.begin(),
                 [](unsigned char c) { return std::tolower(c); });
  std::transform(digest.begin(), digest.end(), digest.begin(), [](unsigned char c) { return std::toupper(c); });
  if (algorithm == "sha-256") fingerprint = digest;
}

std::optional<Direction> ParseDirection(const std::string& name) {
  if (name == "sendrecv") return Direction::kSendRecv;
  if (name == "sendonly") return Direction::kSendOnly;
  if (name == "recvonly") return Direction::kRecvOnly;
  if (name == "inactive") return Direction::kInactive;
  return std::nullopt;
}

void ParseAttribute(const std::string& text, MediaSection& section) {
  const size_t colon = text.find(':');
  const std::string name = text.substr(0, colon);
  const std::string value = colon == std::string::npos ? "" : text.substr(colon + 1);
  if (const std::optional<Direction> direction = ParseDirection(name)) section.direction = *direction;
  if (name == "rtpmap") ParseRtpMap(value, section);
  if (name == "fingerprint") ParseFingerprint(value, section.fingerprint);
  if (value.size() > kLongestCredential) return;
  if (name == "ice-ufrag") section.ice_ufrag = value;
  if (name == "ice-pwd") section.ice_pwd = value;
  if (name == "setup") section.setup = value;
  if (name == "mid") section.mid = value;
}

class Parser {
 public:
  absl::Status TakeLine(const std::string& line) {
    if (line.size() < 2 || line[1] != '=') return absl::InvalidArgumentError("a line is not <letter>=<value>");
    const std::string value = line.substr(2);
    switch (line[0]) {
      case 'c': {
        absl::StatusOr<std::string> address = ParseConnection(value);
        if (!address.ok()) return address.status();
        (result_.media.empty() ? result_.connection : result_.media.back().connection) = *address;
        return absl::OkStatus();
      }
      case 'm': {
        if (result_.media.size() == kMostSections) return absl::InvalidArgumentError("too many m= sections");
        absl::StatusOr<MediaSection> section = ParseMedia(value);
        if (!section.ok()) return section.status();
        InheritFromSession(*section);
        result_.media.push_back(*std::move(section));
        return absl::OkStatus();
      }
      case 'a':
        ParseAttribute(value, result_.media.empty() ? session_ : result_.media.back());
        return absl::OkStatus();
      default:
        return absl::OkStatus();
    }
  }

  SessionDescription Take() { return std::move(result_); }

 private:
  // Attributes above the first m= line hold for every section that does not say otherwise.
  void InheritFromSession(MediaSection& section) const {
    section.direction = session_.direction;
    section.ice_ufrag = session_.ice_ufrag;
    section.ice_pwd = session_.ice_pwd;
    section.fingerprint = session_.fingerprint;
    section.setup = session_.setup;
  }

  SessionDescription result_;
  MediaSection session_;
};

}  // namespace

absl::StatusOr<SessionDescription> ParseSdp(const std::string& text) {
  if (text.size() > kLongestSdp) return absl::InvalidArgumentError("the description is longer than 16 KiB");
  if (text.compare(0, 3, "v=0") != 0) return absl::InvalidArgumentError("the description does not begin with v=0");
  Parser parser;
  size_t begin = 0;
  while (begin < text.size()) {
    size_t end = text.find('\n', begin);
    if (end == std::string::npos) end = text.size();
    std::string line = text.substr(begin, end - begin);
    if (!line.empty() && line.back() == '\r') line.pop_back();
    begin = end + 1;
    if (line.empty()) continue;
    const absl::Status taken = parser.TakeLine(line);
    if (!taken.ok()) return taken;
  }
  return parser.Take();
}

}  // namespace lintel::media
