// One HTTP request and the means to answer it, without naming the library below.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"

namespace lintel::gateway {

// Names in any case; a name may occur more than once.
class Headers {
 public:
  void Add(std::string name, std::string value) { fields_.emplace_back(std::move(name), std::move(value)); }
  void Set(const std::string& name, std::string value);
  // The first value; empty when absent.
  std::string_view Get(std::string_view name) const;
  bool Has(std::string_view name) const;
  const std::vector<std::pair<std::string, std::string>>& fields() const { return fields_; }

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
};

struct Request {
  std::string verb;   // "GET"
  std::string path;   // Still percent-encoded, begins with a slash.
  std::string query;  // Without the question mark.
  Headers headers;
  std::string remote;  // Address of the peer, without port.
  bool tls = false;
  std::optional<uint64_t> content_length;  // Absent: no body, or one in chunks.
  bool has_body = false;
  int malformed = 0;  // Not 0: what came is no HTTP request; answer with this status.
};

struct Response {
  int status = 200;
  Headers headers;
  std::string body;
  std::shared_ptr<const std::string> shared_body;  // Instead of `body`: files served from memory.

  size_t size() const { return shared_body ? shared_body->size() : body.size(); }
};

// Bytes both ways once a connection was taken over. One read and one write at a time. Callbacks run on its own strand.
class Duplex {
 public:
  virtual ~Duplex() = default;
  // Empty bytes: the peer has closed, or nothing came within `patience`.
  virtual void Read(std::chrono::milliseconds patience, std::function<void(std::string)> got) = 0;
  virtual void Write(std::string bytes, std::function<void(bool)> sent) = 0;
  virtual void Close() = 0;  // Threads: any.
};

// Threads: any method from any thread; callbacks run on the connection's strand and must not block. The answer is
// either Send, or BeginStream, SendChunk one after another, and EndStream or Abort.
class Exchange {
 public:
  virtual ~Exchange() = default;
  virtual const Request& request() const = 0;

  // The whole body; BODY_TOO_LARGE beyond `limit`, CANCELLED when the client went away or was too slow.
  virtual void ReadBody(size_t limit, std::function<void(absl::StatusOr<std::string>)> got) = 0;
  // The next piece, empty at the end. `limit` is over all pieces.
  virtual void ReadChunk(size_t limit, std::function<void(absl::StatusOr<std::string>)> got) = 0;

  virtual void Send(Response response) = 0;

  // `head.body` is not sent. With a length that many bytes must follow.
  virtual void BeginStream(Response head, std::optional<uint64_t> length) = 0;
  // False: the client has gone, or took longer than Patience::write.
  virtual void SendChunk(std::string bytes, std::function<void(bool)> sent) = 0;
  virtual void EndStream() = 0;
  // Cuts the connection, so that the client sees that something is missing.
  virtual void Abort() = 0;
  // Called at most once, when the client closes before its answer is complete; null: nobody wants to know any more. For
  // requests whose body has been read.
  virtual void OnClosed(std::function<void()> closed) = 0;

  // Takes the connection out of HTTP (after an Upgrade request), with bytes that came early. No answer was sent.
  virtual std::unique_ptr<Duplex> TakeOver(std::string* early) = 0;
};

using Handler = std::function<void(std::shared_ptr<Exchange>)>;

bool SameHeaderName(std::string_view one, std::string_view other);

}  // namespace lintel::gateway
