#include "gateway/http/transport.h"

#include <boost/beast/ssl/ssl_stream.hpp>

namespace lintel::gateway {
namespace {

class Plain : public Transport {
 public:
  explicit Plain(beast::tcp_stream stream) : stream_(std::move(stream)) {}
  void Handshake(std::function<void(error_code)> done) override {
    asio::post(stream_.get_executor(), [done = std::move(done)] { done({}); });
  }
  void ReadSome(asio::mutable_buffer into, Done done) override { stream_.async_read_some(into, std::move(done)); }
  void WriteAll(const std::vector<asio::const_buffer>& bytes, Done done) override {
    asio::async_write(stream_, bytes, std::move(done));
  }
  beast::tcp_stream& tcp() override { return stream_; }
  bool tls() const override { return false; }

 private:
  beast::tcp_stream stream_;
};

class Tls : public Transport {
 public:
  Tls(beast::tcp_stream stream, asio::ssl::context& context) : stream_(std::move(stream), context) {}
  void Handshake(std::function<void(error_code)> done) override {
    stream_.async_handshake(asio::ssl::stream_base::server, std::move(done));
  }
  void ReadSome(asio::mutable_buffer into, Done done) override { stream_.async_read_some(into, std::move(done)); }
  void WriteAll(const std::vector<asio::const_buffer>& bytes, Done done) override {
    asio::async_write(stream_, bytes, std::move(done));
  }
  beast::tcp_stream& tcp() override { return stream_.next_layer(); }
  bool tls() const override { return true; }

 private:
  beast::ssl_stream<beast::tcp_stream> stream_;
};

}  // namespace

std::unique_ptr<Transport> PlainTransport(beast::tcp_stream stream) {
  return std::make_unique<Plain>(std::move(stream));
}

std::unique_ptr<Transport> TlsTransport(beast::tcp_stream stream, asio::ssl::context& context) {
  return std::make_unique<Tls>(std::move(stream), context);
}

}  // namespace lintel::gateway
