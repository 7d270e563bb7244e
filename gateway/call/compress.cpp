#include "gateway/call/compress.h"

#include <brotli/encode.h>
#include <zlib.h>

#include <stdexcept>

#include "gateway/http/exchange.h"

namespace lintel::gateway {
namespace {

constexpr int kQuickGzip = 5;
constexpr int kThoroughGzip = 9;
constexpr int kQuickBrotli = 4;
constexpr int kThoroughBrotli = 9;
constexpr int kGzipWindow = 15 + 16;  // zlib: 16 asks for the gzip wrapper.

bool Accepts(std::string_view header, std::string_view coding) {
  while (!header.empty()) {
    const size_t comma = header.find(',');
    std::string_view one = header.substr(0, comma);
    header.remove_prefix(comma == std::string_view::npos ? header.size() : comma + 1);
    while (one.starts_with(' ')) one.remove_prefix(1);
    const std::string_view name = one.substr(0, one.find_first_of("; "));
    if (!SameHeaderName(name, coding)) continue;
    const size_t q = one.find("q=0");
    return q == std::string_view::npos ||
           (q + 3 < one.size() && one[q + 3] == '.' && one.find_first_of("123456789", q + 4) != std::string_view::npos);
  }
  return false;
}

std::string Gzip(const std::string& bytes, int level) {
  z_stream stream{};
  if (deflateInit2(&stream, level, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY) != Z_OK) throw std::bad_alloc();
  std::string out(deflateBound(&stream, bytes.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int result = deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  if (result != Z_STREAM_END) throw std::runtime_error("gzip did not finish");
  return out;
}

std::string Brotli(const std::string& bytes, int quality) {
  std::string out(BrotliEncoderMaxCompressedSize(bytes.size()), '\0');
  size_t size = out.size();
  if (BrotliEncoderCompress(quality, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, bytes.size(),
                            reinterpret_cast<const uint8_t*>(bytes.data()), &size,
                            reinterpret_cast<uint8_t*>(out.data())) != BROTLI_TRUE) {
    throw std::runtime_error("brotli did not finish");
  }
  out.resize(size);
  return out;
}

}  // namespace

Coding ChooseCoding(std::string_view accept_encoding) {
  if (Accepts(accept_encoding, "br")) return Coding::kBrotli;
  return Accepts(accept_encoding, "gzip") ? Coding::kGzip : Coding::kNone;
}

const char* CodingName(Coding coding) {
  return coding == Coding::kBrotli ? "br" : coding == Coding::kGzip ? "gzip" : "";
}

std::string Compress(const std::string& bytes, Coding coding, bool thorough) {
  if (coding == Coding::kGzip) return Gzip(bytes, thorough ? kThoroughGzip : kQuickGzip);
  if (coding == Coding::kBrotli) return Brotli(bytes, thorough ? kThoroughBrotli : kQuickBrotli);
  return bytes;
}

bool IsCompressible(std::string_view content_type) {
  for (const std::string_view kind :
       {"text/", "application/json", "application/javascript", "application/problem+json", "image/svg+xml"}) {
    if (content_type.starts_with(kind)) return true;
  }
  return false;
}

}  // namespace lintel::gateway
