// Any text as a description: it is refused, or answered by a description that we read ourselves.
#include <cstdlib>
#include <string>

#include "telephony/media/sdp/sdp.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace lintel::media;
  const auto offer = ParseSdp(std::string(reinterpret_cast<const char*>(data), size));
  if (!offer.ok()) return 0;
  const auto remote = ChooseAudio(*offer);
  if (!remote.ok()) return 0;
  const LocalAudio local{.address = "192.0.2.1",
                         .port = 4000,
                         .secure = remote->secure,
                         .ice_ufrag = "ufrag",
                         .ice_pwd = "password",
                         .fingerprint = remote->fingerprint};
  const auto answer = ParseSdp(WriteAnswer(local, *offer, *remote));
  if (!answer.ok() || answer->media.size() != offer->media.size()) std::abort();
  return 0;
}
