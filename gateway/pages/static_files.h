// The web console from memory: every file read, hashed and compressed once when the gateway starts.
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

  // The file at `path`, index.html for a page of the console (no dot in its last segment), or nothing. Answers 304 to
  // its own ETag. `host` goes into the page's content security policy.
  std::optional<Response> Find(const Request& request) const;

 private:
  struct File {
    std::string type;
    std::string etag;
    bool immutable = false;  // Its name holds a hash of its contents.
    std::shared_ptr<const std::string> plain;
    std::shared_ptr<const std::string> gzip;  // Null: compression gains nothing.
    std::shared_ptr<const std::string> brotli;
  };
  static File Read(const std::string& path, const std::string& name);

  std::map<std::string, File> files_;
};

// What a page of ours may load and do: our own origin only, inline styles for the component library, media of the
// softphone, and its WebSocket.
std::string PagePolicy(const Request& request);

}  // namespace lintel::gateway
