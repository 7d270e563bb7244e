// Where datagrams come from and go to: a UDP socket in the product, a queue in tests.
#pragma once

#include <netinet/in.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "absl/status/statusor.h"
#include "telephony/media/rtp/rtp_packet.h"

namespace lintel::media {

// Address and port as one number, for comparing and hashing: the address in the high bits.
using PeerAddress = uint64_t;
PeerAddress ToPeer(const sockaddr_in& address);
sockaddr_in ToSockaddr(PeerAddress peer);
// 0 when `address` is not IPv4 in dotted form.
PeerAddress ToPeer(const std::string& address, uint16_t port);

struct Datagram {
  PeerAddress peer = 0;
  size_t size = 0;
  std::array<std::byte, kLongestDatagram> bytes;

  std::span<std::byte> data() { return std::span(bytes).first(size); }
};

inline constexpr size_t kDatagramBatch = 64;

class DatagramPort {
 public:
  virtual ~DatagramPort() = default;
  // Fills the front of `batch` with what has arrived, without waiting; how many. Longer datagrams are dropped.
  virtual size_t Receive(std::span<Datagram> batch) = 0;
  // Sends all; what the network does not take is lost, as UDP may. At most kDatagramBatch at a time.
  virtual void Send(std::span<const Datagram> batch) = 0;
  virtual uint16_t port() const = 0;
};

// A non-blocking UDP socket. Threads: Send and Receive may run in different ones.
class UdpPort final : public DatagramPort {
 public:
  // `port` 0 takes any free one. `buffer_bytes` is asked of the kernel for both directions.
  static absl::StatusOr<std::unique_ptr<UdpPort>> Open(const std::string& address, uint16_t port, int buffer_bytes);
  ~UdpPort() override;
  UdpPort(const UdpPort&) = delete;
  UdpPort& operator=(const UdpPort&) = delete;

  size_t Receive(std::span<Datagram> batch) override;
  void Send(std::span<const Datagram> batch) override;
  uint16_t port() const override { return port_; }

 private:
  explicit UdpPort(int descriptor) : descriptor_(descriptor) {}
  const int descriptor_;
  uint16_t port_ = 0;
};

}  // namespace lintel::media
