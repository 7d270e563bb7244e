#include "telephony/media/worker/datagram_port.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace lintel::media {
namespace {

absl::Status Failed(const std::string& what) { return absl::UnavailableError(what + ": " + std::strerror(errno)); }

}  // namespace

PeerAddress ToPeer(const sockaddr_in& address) {
  return static_cast<PeerAddress>(ntohl(address.sin_addr.s_addr)) << 16 | ntohs(address.sin_port);
}

sockaddr_in ToSockaddr(PeerAddress peer) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(static_cast<uint32_t>(peer >> 16));
  address.sin_port = htons(static_cast<uint16_t>(peer));
  return address;
}

PeerAddress ToPeer(const std::string& address, uint16_t port) {
  sockaddr_in parsed{};
  if (inet_pton(AF_INET, address.c_str(), &parsed.sin_addr) != 1) return 0;
  parsed.sin_port = htons(port);
  return ToPeer(parsed);
}

absl::StatusOr<std::unique_ptr<UdpPort>> UdpPort::Open(const std::string& address, uint16_t port, int buffer_bytes) {
  sockaddr_in local = ToSockaddr(ToPeer(address, port));
  if (inet_pton(AF_INET, address.c_str(), &local.sin_addr) != 1) {
    return absl::InvalidArgumentError("\"" + address + "\" is not an IPv4 address");
  }
  const int descriptor = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (descriptor < 0) return Failed("no UDP socket");
  std::unique_ptr<UdpPort> opened(new UdpPort(descriptor));
  if (bind(descriptor, reinterpret_cast<const sockaddr*>(&local), sizeof(local)) != 0) {
    return Failed("UDP port " + std::to_string(port) + " of " + address);
  }
  // The kernel may grant less; that only shortens the burst that survives a late tick.
  setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &buffer_bytes, sizeof(buffer_bytes));
  setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &buffer_bytes, sizeof(buffer_bytes));
  socklen_t size = sizeof(local);
  getsockname(descriptor, reinterpret_cast<sockaddr*>(&local), &size);
  opened->port_ = ntohs(local.sin_port);
  return opened;
}

UdpPort::~UdpPort() { close(descriptor_); }

size_t UdpPort::Receive(std::span<Datagram> batch) {
  const size_t most = std::min(batch.size(), kDatagramBatch);
  std::array<mmsghdr, kDatagramBatch> headers;
  std::array<iovec, kDatagramBatch> vectors;
  std::array<sockaddr_in, kDatagramBatch> peers;
  for (size_t i = 0; i < most; ++i) {
    vectors[i] = {.iov_base = batch[i].bytes.data(), .iov_len = batch[i].bytes.size()};
    headers[i] = {};
    headers[i].msg_hdr.msg_name = &peers[i];
    headers[i].msg_hdr.msg_namelen = sizeof(peers[i]);
    headers[i].msg_hdr.msg_iov = &vectors[i];
    headers[i].msg_hdr.msg_iovlen = 1;
  }
  const int got = recvmmsg(descriptor_, headers.data(), static_cast<unsigned>(most), MSG_DONTWAIT, nullptr);
  for (int i = 0; i < got; ++i) {
    batch[i].peer = ToPeer(peers[i]);
    const bool cut = (headers[i].msg_hdr.msg_flags & MSG_TRUNC) != 0;
    batch[i].size = cut ? 0 : headers[i].msg_len;
  }
  return got > 0 ? static_cast<size_t>(got) : 0;
}

void UdpPort::Send(std::span<const Datagram> batch) {
  std::array<mmsghdr, kDatagramBatch> headers;
  std::array<iovec, kDatagramBatch> vectors;
  std::array<sockaddr_in, kDatagramBatch> peers;
  const size_t most = std::min(batch.size(), kDatagramBatch);
  for (size_t i = 0; i < most; ++i) {
    peers[i] = ToSockaddr(batch[i].peer);
    vectors[i] = {.iov_base = const_cast<std::byte*>(batch[i].bytes.data()), .iov_len = batch[i].size};
    headers[i] = {};
    headers[i].msg_hdr.msg_name = &peers[i];
    headers[i].msg_hdr.msg_namelen = sizeof(peers[i]);
    headers[i].msg_hdr.msg_iov = &vectors[i];
    headers[i].msg_hdr.msg_iovlen = 1;
  }
  size_t sent = 0;
  while (sent < most) {
    const int done = sendmmsg(descriptor_, headers.data() + sent, static_cast<unsigned>(most - sent), MSG_DONTWAIT);
    // One peer's error (ICMP unreachable) must not hold up the packets of the others.
    sent += done > 0 ? static_cast<size_t>(done) : 1;
  }
}

}  // namespace lintel::media
