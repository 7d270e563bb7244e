// Files served from memory: each hashed and compressed once when the gateway starts. The console from a folder, and the
// pages of the gateway's own.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "gateway/http/exchange.h"

namespace lintel::gateway {

class StaticFiles {
 public:
  // Reads everything below `root`. An empty root serves nothing. NOT_FOUND when it has no index.html.
  absl::Status Load(const std::string& root);

  // `name` begins with a slash and ends with the suffix that tells its type.
  void Add(const std::string& name, std::string bytes);

  // The file at the request's path, index.html for a page of the console (no dot in its last segment), or nothing;
  // never for a path that climbs (".."). Answers 304 to its own ETag.
  std::optional<Response> Find(const Request& request) const;
  // The file called `name`, whatever the request's path; nothing when there is none.
  std::optional<Response> Named(const std::string& name, const Request& request) const;

 private:
  struct File {
    std::string type;
    std::string etag;
    bool immutable = false;  // Its name holds a hash of its contents.
    std::shared_ptr<const std::string> plain;
    std::shared_ptr<const std::string> gzip;  // Null: compression gains nothing.
    std::shared_ptr<const std::string> brotli;
  };
  static Response Serve(const File& file, const Request& request);

  std::map<std::string, File> files_;
};

// What a page of ours may load and do: our own origin only, inline styles for the component library, media of the
// softphone, and its WebSocket.
std::string PagePolicy(const Request& request);

}  // namespace lintel::gateway
