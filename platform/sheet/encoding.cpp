#include "platform/sheet/encoding.h"

#include <unicode/ucnv.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <memory>
#include <string_view>

namespace lintel::sheet {
namespace {

constexpr int kSureSignOfUtf8 = 3;  // GBK text hardly ever begins with this many well-formed three-byte sequences.

struct Utf8Prefix {
  size_t length = 0;
  int long_sequences = 0;
};

Utf8Prefix ValidUtf8Prefix(std::string_view bytes) {
  Utf8Prefix prefix;
  const auto length = static_cast<int32_t>(bytes.size());
  int32_t at = 0;
  while (at < length) {
    const int32_t start = at;
    UChar32 c = 0;
    U8_NEXT(bytes.data(), at, length, c);
    if (c < 0) break;
    if (at - start >= 3) ++prefix.long_sequences;
    prefix.length = static_cast<size_t>(at);
  }
  return prefix;
}

// Everything that `encoding` can read of `bytes`, stopping at the first byte it cannot.
DecodedText Convert(const char* encoding, std::string_view bytes) {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> converter{ucnv_open(encoding, &error), &ucnv_close};
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &error);
  if (U_FAILURE(error)) return {.complete = false};

  DecodedText decoded;
  const char* source = bytes.data();
  const char* const end = source + bytes.size();
  do {
    UChar chunk[4096];
    UChar* target = chunk;
    error = U_ZERO_ERROR;
    ucnv_toUnicode(converter.get(), &target, chunk + std::size(chunk), &source, end, nullptr, /*flush=*/true, &error);
    icu::UnicodeString(false, chunk, static_cast<int32_t>(target - chunk)).toUTF8String(decoded.text);
  } while (error == U_BUFFER_OVERFLOW_ERROR);
  decoded.complete = U_SUCCESS(error);
  return decoded;
}

}  // namespace

DecodedText DecodeText(const std::string& bytes) {
  const std::string_view all = bytes;
  if (all.starts_with("\xFF\xFE")) return Convert("UTF-16LE", all.substr(2));
  if (all.starts_with("\xFE\xFF")) return Convert("UTF-16BE", all.substr(2));
  const bool marked = all.starts_with("\xEF\xBB\xBF");
  const std::string_view body = marked ? all.substr(3) : all;
  const Utf8Prefix prefix = ValidUtf8Prefix(body);
  if (prefix.length == body.size()) return {.text = std::string(body)};
  if (marked || prefix.long_sequences >= kSureSignOfUtf8) {
    return {.text = std::string(body.substr(0, prefix.length)), .complete = false};
  }
  return Convert("gb18030", body);
}

}  // namespace lintel::sheet
