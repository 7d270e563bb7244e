// Datagrams as binding requests: nothing is believed without the password.
#include <cstdlib>
#include <span>

#include "telephony/media/ice/stun.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace lintel::media;
  const auto bytes = std::as_bytes(std::span(data, size));
  const auto request = ParseBindingRequest(bytes);
  if (!request.has_value()) return 0;
  if (IntegrityHolds(bytes, *request, "a password the fuzzer does not know")) std::abort();
  std::array<std::byte, kLongestStun> answer;
  const size_t written = WriteBindingResponse(*request, sockaddr_in{}, "password", answer);
  if (written > answer.size()) std::abort();
  return 0;
}
