// What a refusal says to the reader, in their language. Each service has a reasons.json; platform's own are always
// there:
//   {"ROOM_HELD": {"zh": "房间已被{team}保留。", "en": "The room is held by {team}."}}
#pragma once

#include <map>
#include <span>
#include <string>

#include "absl/status/status.h"
#include "platform/migrate/embedded.h"

namespace lintel {

std::span<const EmbeddedFile> PlatformReasons();

class Reasons {
 public:
  // Platform's reasons and the service's. Ends the process when a file is malformed or a text is missing in a language:
  // a binary with half a catalogue must not start.
  explicit Reasons(std::span<const EmbeddedFile> service_files);

  // The text for `status`, in zh or en by `accept_language` (zh unless it asks for English first). A status whose
  // reason is unknown gets the text of its code.
  std::string Text(const absl::Status& status, const std::string& accept_language) const;

  bool Knows(const std::string& reason) const { return texts_.contains(reason); }

 private:
  struct Texts {
    std::string zh;
    std::string en;
  };
  std::map<std::string, Texts> texts_;
};

// "zh" or "en".
std::string LanguageOf(const std::string& accept_language);

}  // namespace lintel
