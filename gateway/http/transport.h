// A connected byte stream, plain or TLS, behind one interface: the code above is compiled once.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "gateway/http/asio.h"

namespace lintel::gateway {

class Transport {
 public:
  using Done = std::function<void(error_code, size_t)>;
  virtual ~Transport() = default;
  // TLS says hello; plain answers at once.
  virtual void Handshake(std::function<void(error_code)> done) = 0;
  virtual void ReadSome(asio::mutable_buffer into, Done done) = 0;
  virtual void WriteAll(const std::vector<asio::const_buffer>& bytes, Done done) = 0;
  // The TCP connection underneath: deadlines, addresses, closing.
  virtual beast::tcp_stream& tcp() = 0;
  virtual bool tls() const = 0;
};

std::unique_ptr<Transport> PlainTransport(beast::tcp_stream stream);
// `context` must outlive the transport.
std::unique_ptr<Transport> TlsTransport(beast::tcp_stream stream, asio::ssl::context& context);

}  // namespace lintel::gateway
