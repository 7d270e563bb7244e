#include "gateway/pages/static_files.h"

#include <openssl/sha.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "gateway/call/compress.h"
#include "gateway/limits.h"
#include "gateway/text/conditional.h"
#include "gateway/text/url.h"

namespace lintel::gateway {
namespace {

constexpr char kIndex[] = "/index.html";
constexpr uintmax_t kLargestFile = 32 << 20;

std::string TypeOf(const std::string& name) {
  static const std::map<std::string, std::string> kTypes{{".html", "text/html; charset=utf-8"},
                                                         {".js", "text/javascript; charset=utf-8"},
                                                         {".mjs", "text/javascript; charset=utf-8"},
                                                         {".css", "text/css; charset=utf-8"},
                                                         {".json", "application/json"},
                                                         {".webmanifest", "application/json"},
                                                         {".svg", "image/svg+xml"},
                                                         {".png", "image/png"},
                                                         {".ico", "image/x-icon"},
                                                         {".webp", "image/webp"},
                                                         {".woff2", "font/woff2"},
                                                         {".wav", "audio/wav"},
                                                         {".mp3", "audio/mpeg"},
                                                         {".txt", "text/plain; charset=utf-8"}};
  const auto found = kTypes.find(std::filesystem::path(name).extension().string());
  return found == kTypes.end() ? "application/octet-stream" : found->second;
}

std::string Digest(const std::string& bytes) {
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest);
  std::string hex;
  for (int i = 0; i < 12; ++i) {
    static constexpr char kHex[] = "0123456789abcdef";
    hex += kHex[digest[i] >> 4];
    hex += kHex[digest[i] & 15];
  }
  return hex;
}

std::shared_ptr<const std::string> Smaller(const std::string& bytes, Coding coding) {
  auto compressed = std::make_shared<const std::string>(Compress(bytes, coding, true));
  return compressed->size() < bytes.size() ? compressed : nullptr;
}

std::string Contents(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << stream.rdbuf();
  return bytes.str();
}

// Nothing is read from disk by a request's path, but whoever tries to climb out is not shown the console's door either.
bool Climbs(const std::string& path) {
  return (path + "/").find("/../") != std::string::npos || path.find('\\') != std::string::npos;
}

// A host name that may stand in a header of ours.
bool IsHost(std::string_view host) {
  return !host.empty() &&
         host.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]") ==
             std::string_view::npos;
}

}  // namespace

std::string PagePolicy(const Request& request) {
  const std::string_view host = request.headers.Get("Host");
  const std::string sockets = IsHost(host) ? (request.tls ? " wss://" : " ws://") + std::string(host) : "";
  return "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
         "font-src 'self' data:; "
         "media-src 'self' blob: mediastream:; worker-src 'self' blob:; connect-src 'self'" +
         sockets +
         "; object-src 'none'; base-uri 'none'; form-action 'self'; frame-src 'self' blob:; frame-ancestors 'none'";
}

void StaticFiles::Add(const std::string& name, std::string bytes) {
  File file{.type = TypeOf(name),
            .immutable = name.starts_with("/assets/"),
            .plain = std::make_shared<const std::string>(std::move(bytes))};
  file.etag = Digest(*file.plain);
  if (IsCompressible(file.type) && file.plain->size() >= limits::kSmallestCompressed) {
    file.gzip = Smaller(*file.plain, Coding::kGzip);
    file.brotli = Smaller(*file.plain, Coding::kBrotli);
  }
  files_[name] = std::move(file);
}

absl::Status StaticFiles::Load(const std::string& root) {
  if (root.empty()) return absl::OkStatus();
  std::error_code error;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root, error)) {
    if (!entry.is_regular_file() || entry.file_size() > kLargestFile) continue;
    Add("/" + std::filesystem::relative(entry.path(), root).generic_string(), Contents(entry.path()));
  }
  if (error || !files_.contains(kIndex))
    return absl::NotFoundError("there is no console in " + root + ": index.html is missing");
  return absl::OkStatus();
}

std::optional<Response> StaticFiles::Find(const Request& request) const {
  const auto path = PercentDecode(request.path);
  if (!path || Climbs(*path)) return std::nullopt;
  const bool page = path->find('.', path->rfind('/')) == std::string::npos;
  auto found = Named(*path, request);
  return found || !page ? found : Named(kIndex, request);
}

std::optional<Response> StaticFiles::Named(const std::string& name, const Request& request) const {
  const auto found = files_.find(name);
  if (found == files_.end()) return std::nullopt;
  return Serve(found->second, request);
}

Response StaticFiles::Serve(const File& file, const Request& request) {
  Response response;
  response.headers.Add("Content-Type", file.type);
  // Weak: the same whatever the coding.
  response.headers.Add("ETag", "W/\"" + file.etag + "\"");
  response.headers.Add("Vary", "Accept-Encoding");
  response.headers.Add("Cache-Control", file.immutable ? "public, max-age=31536000, immutable" : "no-cache");
  response.headers.Add("Content-Security-Policy", PagePolicy(request));
  response.headers.Add("Permissions-Policy", "microphone=(self), camera=(), geolocation=()");
  if (EtagMatches(request.headers.Get("If-None-Match"), file.etag)) {
    response.status = 304;
    return response;
  }
  const Coding coding = ChooseCoding(request.headers.Get("Accept-Encoding"));
  response.shared_body = coding == Coding::kBrotli ? file.brotli : coding == Coding::kGzip ? file.gzip : nullptr;
  if (response.shared_body) response.headers.Add("Content-Encoding", CodingName(coding));
  if (!response.shared_body) response.shared_body = file.plain;
  return response;
}

}  // namespace lintel::gateway
