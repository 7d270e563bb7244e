#include "gateway/http/server.h"

#include <fmt/format.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address.hpp>
#include <thread>

#include "gateway/http/connection.h"
#include "gateway/http/duplex.h"
#include "gateway/limits.h"
#include "platform/log/log.h"

namespace lintel::gateway {
namespace {

constexpr auto kConnectTime = std::chrono::seconds(2);
constexpr auto kAcceptPause = std::chrono::milliseconds(100);

class TransportDuplex : public Duplex {
 public:
  explicit TransportDuplex(std::unique_ptr<Transport> transport) : transport_(std::move(transport)) {}

  void Read(std::chrono::milliseconds patience, std::function<void(std::string)> got) override {
    asio::dispatch(transport_->tcp().get_executor(), [kept = transport_, patience, got = std::move(got)]() mutable {
      auto space = std::make_shared<std::string>(limits::kLargestSipMessage, '\0');
      kept->tcp().expires_after(patience);
      kept->ReadSome(asio::buffer(*space), [kept, space, got = std::move(got)](error_code error, size_t size) {
        space->resize(error ? 0 : size);
        got(std::move(*space));
      });
    });
  }
  void Write(std::string bytes, std::function<void(bool)> sent) override {
    auto kept_bytes = std::make_shared<std::string>(std::move(bytes));
    asio::dispatch(transport_->tcp().get_executor(), [kept = transport_, kept_bytes, sent = std::move(sent)]() mutable {
      kept->tcp().expires_after(limits::kWriteTime);
      kept->WriteAll({asio::buffer(*kept_bytes)},
                     [kept, kept_bytes, sent = std::move(sent)](error_code error, size_t) { sent(!error); });
    });
  }
  void Close() override {
    asio::post(transport_->tcp().get_executor(), [kept = transport_] { kept->tcp().close(); });
  }

 private:
  const std::shared_ptr<Transport> transport_;
};

}  // namespace

std::unique_ptr<Duplex> DuplexOver(std::unique_ptr<Transport> transport) {
  return std::make_unique<TransportDuplex>(std::move(transport));
}

struct HttpServer::Impl {
  explicit Impl(HttpOptions given) : options(std::move(given)) {}

  HttpOptions options;
  Connection::Shared shared;
  asio::io_context io;
  tcp::acceptor acceptor{asio::make_strand(io)};  // Closing it and asking it again never meet.
  std::unique_ptr<asio::ssl::context> tls;
  std::vector<std::thread> threads;
  std::atomic<bool> accepting{false};

  absl::Status Listen() {
    error_code error;
    const auto address = asio::ip::make_address(options.host, error);
    if (error) return absl::InvalidArgumentError("not an address to listen on: " + options.host);
    const tcp::endpoint endpoint(address, static_cast<uint16_t>(options.port));
    acceptor.open(endpoint.protocol(), error);
    if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error) acceptor.bind(endpoint, error);
    if (!error) acceptor.listen(1024, error);
    if (!error) return absl::OkStatus();
    return absl::UnavailableError(
        fmt::format("cannot listen on {}:{}: {}", options.host, options.port, error.message()));
  }

  absl::Status LoadCertificate() {
    if (options.certificate.empty()) return absl::OkStatus();
    tls = std::make_unique<asio::ssl::context>(asio::ssl::context::tls_server);
    error_code error;
    tls->set_options(
        asio::ssl::context::default_workarounds | asio::ssl::context::no_tlsv1 | asio::ssl::context::no_tlsv1_1, error);
    SSL_CTX_set_options(tls->native_handle(), SSL_OP_NO_RENEGOTIATION);
    if (!error) tls->use_certificate_chain_file(options.certificate, error);
    if (error)
      return absl::InvalidArgumentError("cannot use the certificate " + options.certificate + ": " + error.message());
    tls->use_private_key_file(options.key, asio::ssl::context::pem, error);
    if (error) return absl::InvalidArgumentError("cannot use the key " + options.key + ": " + error.message());
    return absl::OkStatus();
  }

  void Accept() {
    acceptor.async_accept(asio::make_strand(io), [this](error_code error, auto socket) {
      if (!accepting) return;
      if (error) return AcceptLater(error);
      Take(beast::tcp_stream(std::move(socket)));
      Accept();
    });
  }

  // Out of descriptors or memory: asking again at once would only burn the processor.
  void AcceptLater(error_code error) {
    log::Warn("cannot accept", {{"error", error.message()}});
    auto timer = std::make_shared<asio::steady_timer>(acceptor.get_executor(), kAcceptPause);
    timer->async_wait([this, timer](error_code cancelled) {
      if (!cancelled && accepting) Accept();
    });
  }

  void Take(beast::tcp_stream stream) {
    error_code error;
    const auto peer = stream.socket().remote_endpoint(error);
    const std::string address = error ? "" : peer.address().to_string();
    if (!shared.counts.Enter(address, limits::kMostConnections, options.most_of_one_address)) return;  // Closes it.
    error_code ignored;
    stream.socket().set_option(tcp::no_delay(true), ignored);
    auto transport = tls ? TlsTransport(std::move(stream), *tls) : PlainTransport(std::move(stream));
    std::make_shared<Connection>(std::move(transport), address, shared)->Start();
  }
};

HttpServer::HttpServer(HttpOptions options, Handler handler) : impl_(std::make_unique<Impl>(std::move(options))) {
  impl_->shared.handler = std::move(handler);
  impl_->shared.patience = impl_->options.patience;
}

HttpServer::~HttpServer() { Stop(); }

absl::Status HttpServer::Start() {
  if (absl::Status status = impl_->LoadCertificate(); !status.ok()) return status;
  if (absl::Status status = impl_->Listen(); !status.ok()) return status;
  impl_->accepting = true;
  impl_->Accept();
  for (int i = 0; i < impl_->options.threads; ++i) impl_->threads.emplace_back([this] { impl_->io.run(); });
  return absl::OkStatus();
}

int HttpServer::port() const { return impl_->acceptor.local_endpoint().port(); }

int HttpServer::open_connections() const { return impl_->shared.counts.open(); }

void HttpServer::StopAccepting() {
  impl_->accepting = false;
  asio::post(impl_->acceptor.get_executor(), [this] {
    error_code ignored;
    impl_->acceptor.close(ignored);
  });
}

void HttpServer::Stop() {
  impl_->accepting = false;
  impl_->io.stop();
  for (std::thread& thread : impl_->threads) thread.join();
  impl_->threads.clear();
}

void HttpServer::Drain(std::chrono::milliseconds grace) { impl_->shared.counts.Drain(grace); }

void HttpServer::Connect(const std::string& host, int port, const std::string& source,
                         std::function<void(std::unique_ptr<Duplex>)> connected) {
  auto stream = std::make_shared<beast::tcp_stream>(asio::make_strand(impl_->io));
  error_code error;
  const auto address = asio::ip::make_address(host, error);
  if (!error) stream->socket().open(address.is_v6() ? tcp::v6() : tcp::v4(), error);
  if (!error && !source.empty()) stream->socket().bind({asio::ip::make_address(source, error), 0}, error);
  if (error) {
    log::Warn("tunnel cannot be opened", {{"host", host}, {"error", error.message()}});
    return connected(nullptr);
  }
  stream->expires_after(kConnectTime);
  stream->async_connect(tcp::endpoint(address, static_cast<uint16_t>(port)),
                        [stream, connected = std::move(connected)](error_code failed) {
                          if (failed) return connected(nullptr);
                          stream->expires_never();
                          connected(DuplexOver(PlainTransport(std::move(*stream))));
                        });
}

void HttpServer::After(std::chrono::milliseconds delay, std::function<void()> work) {
  auto timer = std::make_shared<asio::steady_timer>(impl_->io, delay);
  timer->async_wait([timer, work = std::move(work)](error_code error) {
    if (!error) work();
  });
}

}  // namespace lintel::gateway
