#include "gateway/testing/http_client.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <stdexcept>

namespace lintel::gateway::testing {
namespace {

constexpr int kPatienceSeconds = 10;

std::string Lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

}  // namespace

std::string Answer::Header(const std::string& name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? "" : found->second;
}

std::string Answer::SetCookie(const std::string& name) const {
  const auto [first, last] = headers.equal_range("set-cookie");
  for (auto each = first; each != last; ++each) {
    if (each->second.starts_with(name + "=")) return each->second.substr(name.size() + 1);
  }
  return "";
}

HttpClient::HttpClient(int port, HttpClientOptions options) : port_(port), socket_(socket(AF_INET, SOCK_STREAM, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const timeval patience{.tv_sec = kPatienceSeconds, .tv_usec = 0};
  setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  if (options.receive_buffer > 0)
    setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &options.receive_buffer, sizeof options.receive_buffer);
  if (options.source != nullptr) {
    sockaddr_in source{};
    source.sin_family = AF_INET;
    inet_pton(AF_INET, options.source, &source.sin_addr);
    if (bind(socket_, reinterpret_cast<const sockaddr*>(&source), sizeof source) != 0)
      throw std::runtime_error("cannot bind");
  }
  if (connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    throw std::runtime_error("cannot connect");
  if (!options.tls) return;
  const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
  tls_.reset(SSL_new(context.get()));
  SSL_set_fd(tls_.get(), socket_);
  if (SSL_connect(tls_.get()) != 1) throw std::runtime_error("no TLS");
}

HttpClient::~HttpClient() {
  if (tls_) SSL_shutdown(tls_.get());
  close(socket_);
}

ssize_t HttpClient::Read(char* bytes, size_t size) {
  return tls_ ? SSL_read(tls_.get(), bytes, static_cast<int>(size)) : recv(socket_, bytes, size, 0);
}

bool HttpClient::Send(const std::string& bytes) {
  size_t sent = 0;
  while (sent < bytes.size()) {
    const ssize_t step = tls_ ? SSL_write(tls_.get(), bytes.data() + sent, static_cast<int>(bytes.size() - sent))
                              : send(socket_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
    if (step <= 0) return false;
    sent += static_cast<size_t>(step);
  }
  return true;
}

bool HttpClient::Fill() {
  char bytes[16 << 10];
  const ssize_t got = Read(bytes, sizeof bytes);
  if (got <= 0) return false;
  buffer_.append(bytes, static_cast<size_t>(got));
  return true;
}

bool HttpClient::WaitFor(const std::string& mark) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(kPatienceSeconds);
  while (buffer_.find(mark) == std::string::npos) {
    if (std::chrono::steady_clock::now() > deadline || !Fill()) return false;
  }
  return true;
}

std::string HttpClient::ReadUntil(const std::string& mark) {
  if (!WaitFor(mark)) return "";
  const size_t end = buffer_.find(mark) + mark.size();
  const std::string text = buffer_.substr(0, end);
  buffer_.erase(0, end);
  return text;
}

bool HttpClient::Closes() { return ClosesWithin(std::chrono::seconds(kPatienceSeconds)); }

bool HttpClient::ClosesWithin(std::chrono::milliseconds patience) {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  char bytes[16 << 10];
  while (true) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    pollfd readable{.fd = socket_, .events = POLLIN, .revents = 0};
    if (poll(&readable, 1, static_cast<int>(std::max<int64_t>(0, left.count()))) != 1) return false;
    const ssize_t got = recv(socket_, bytes, sizeof bytes, 0);
    if (got <= 0) return got == 0 || errno == ECONNRESET;
  }
}

Answer HttpClient::ReceiveHead() {
  Answer answer;
  const std::string head = ReadUntil("\r\n\r\n");
  if (head.size() < 12) return answer;
  answer.status = std::stoi(head.substr(9, 3));
  size_t at = head.find("\r\n") + 2;
  while (at + 2 < head.size()) {
    const size_t end = head.find("\r\n", at);
    const size_t colon = head.find(": ", at);
    if (colon < end)
      answer.headers.emplace(Lower(head.substr(at, colon - at)), head.substr(colon + 2, end - colon - 2));
    at = end + 2;
  }
  return answer;
}

Answer HttpClient::Receive() {
  Answer answer = ReceiveHead();
  if (answer.status == 100) answer = ReceiveHead();
  if (answer.Header("transfer-encoding") == "chunked") {
    while (true) {
      const std::string size = ReadUntil("\r\n");
      const size_t length = size.empty() ? 0 : std::stoul(size, nullptr, 16);
      while (buffer_.size() < length + 2 && Fill()) {
      }
      answer.body += buffer_.substr(0, length);
      buffer_.erase(0, length + 2);
      if (length == 0) return answer;
    }
  }
  const std::string length_text = answer.Header("content-length");
  const size_t length = length_text.empty() ? 0 : std::stoul(length_text);
  while (buffer_.size() < length && Fill()) {
  }
  answer.body = buffer_.substr(0, length);
  buffer_.erase(0, std::min(length, buffer_.size()));
  return answer;
}

Answer HttpClient::Ask(const std::string& verb, const std::string& target, const std::string& headers,
                       const std::string& body) {
  std::string request =
      verb + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port_) + "\r\n" + headers;
  if (!body.empty()) request += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  if (!body.empty() && Lower(headers).find("content-type") == std::string::npos)
    request += "Content-Type: application/json\r\n";
  Send(request + "\r\n" + body);
  return verb == "HEAD" ? ReceiveHead() : Receive();
}

}  // namespace lintel::gateway::testing
