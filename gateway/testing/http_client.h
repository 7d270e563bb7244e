// A small blocking HTTP client that sends exactly the bytes a test wants and reads whole answers or lines of a stream.
#pragma once

#include <openssl/ssl.h>

#include <chrono>
#include <map>
#include <memory>
#include <string>

namespace lintel::gateway::testing {

struct Answer {
  int status = 0;
  std::multimap<std::string, std::string> headers;  // Names in lower case.
  std::string body;

  std::string Header(const std::string& name) const;
  // The value of a Set-Cookie with its attributes; empty: none.
  std::string SetCookie(const std::string& name) const;
  bool Says(const std::string& text) const { return body.find(text) != std::string::npos; }
};

struct HttpClientOptions {
  bool tls = false;              // Takes any certificate.
  int receive_buffer = 0;        // Of the socket, in bytes; 0: the system's.
  const char* source = nullptr;  // Address to come from; null: the system chooses.
};

class HttpClient {
 public:
  // Throws when it cannot connect.
  explicit HttpClient(int port, HttpClientOptions options = {});
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;

  // Raw bytes; false when the peer has closed.
  bool Send(const std::string& bytes);
  // One answer with its body; status 0 when the connection ended first.
  Answer Receive();
  // The head of an answer; the body is read with ReadUntil.
  Answer ReceiveHead();
  // What comes up to and with `mark`, empty when it does not come within ten seconds or the peer closed.
  std::string ReadUntil(const std::string& mark);
  // The same without taking it away.
  bool WaitFor(const std::string& mark);
  // Whether the peer closes within ten seconds; what came before it is dropped.
  bool Closes();
  // The same within `patience`.
  bool ClosesWithin(std::chrono::milliseconds patience);

  // One request. `headers`: lines with their line ends.
  Answer Ask(const std::string& verb, const std::string& target, const std::string& headers = "",
             const std::string& body = "");

 private:
  bool Fill();
  ssize_t Read(char* bytes, size_t size);
  const int port_;
  int socket_;
  std::unique_ptr<SSL, decltype(&SSL_free)> tls_{nullptr, SSL_free};
  std::string buffer_;
};

}  // namespace lintel::gateway::testing
