#include "telephony/media/worker/port_pool.h"

#include <utility>

namespace lintel::media {
namespace {

constexpr int kSocketBuffer = 64 << 10;  // A second of audio and more.

}  // namespace

PortPool::PortPool(std::string address, uint16_t low, uint16_t high) : address_(std::move(address)) {
  for (uint32_t port = (low + 1u) & ~1u; port <= high; port += 2)
    free_.push_back({static_cast<uint16_t>(port), Time::min()});
}

absl::StatusOr<std::unique_ptr<UdpPort>> PortPool::Take(Time now) {
  // Another program may hold a port of the range: it goes to the back and the next one is tried.
  for (size_t tries = free_.size(); tries > 0; --tries) {
    const Free candidate = free_.front();
    if (candidate.since != Time::min() && now - candidate.since < kRest) break;
    free_.pop_front();
    auto opened = UdpPort::Open(address_, candidate.port, kSocketBuffer);
    if (opened.ok()) return opened;
    free_.push_back(candidate);
  }
  return absl::ResourceExhaustedError("every RTP port is in use or resting");
}

void PortPool::GiveBack(uint16_t port, Time now) { free_.push_back({port, now}); }

}  // namespace lintel::media
