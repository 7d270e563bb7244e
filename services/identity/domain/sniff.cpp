#include "services/identity/domain/sniff.h"

#include <algorithm>
#include <utility>

#include "platform/text/text.h"

namespace lintel::identity {
namespace {

using namespace std::string_literals;

constexpr size_t kLongestFilename = 200;

bool LooksLikeText(const std::string& bytes) {
  if (bytes.empty()) return false;
  return std::none_of(bytes.begin(), bytes.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == 0x7F || (byte < 0x20 && c != '\n' && c != '\r' && c != '\t');
  });
}

std::string ZipType(const std::string& bytes) {
  if (bytes.find("xl/") != std::string::npos)
    return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  if (bytes.find("word/") != std::string::npos) {
    return "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
  }
  return "application/zip";
}

}  // namespace

std::string SniffType(const std::string& bytes) {
  static const std::pair<std::string, const char*> kMagic[] = {{"\x89PNG\r\n\x1a\n"s, "image/png"},
                                                               {"\xFF\xD8\xFF"s, "image/jpeg"},
                                                               {"GIF8"s, "image/gif"},
                                                               {"%PDF-"s, "application/pdf"},
                                                               {"\xD0\xCF\x11\xE0"s, "application/vnd.ms-excel"},
                                                               {"OggS"s, "audio/ogg"},
                                                               {"MZ"s, "application/x-msdownload"},
                                                               {"\x7F"
                                                                "ELF"s,
                                                                "application/x-executable"}};
  for (const auto& [magic, type] : kMagic) {
    if (bytes.compare(0, magic.size(), magic) == 0) return type;
  }
  if (bytes.compare(0, 4, "PK\x03\x04") == 0) return ZipType(bytes);
  if (bytes.compare(0, 4, "RIFF") == 0 && bytes.compare(8, 4, "WAVE") == 0) return "audio/wav";
  return LooksLikeText(bytes) ? "text/plain" : "application/octet-stream";
}

std::string SafeFilename(const std::string& filename) {
  std::string name = filename.substr(filename.find_last_of("/\\") + 1);
  if (CountCharacters(name) < 0) return "";
  name.erase(std::remove_if(name.begin(), name.end(),
                            [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }),
             name.end());
  if (name == "." || name == "..") return "";
  size_t end = std::min(name.size(), kLongestFilename);
  while (end > 0 && end < name.size() && (static_cast<unsigned char>(name[end]) & 0xC0) == 0x80) --end;
  return name.substr(0, end);
}

}  // namespace lintel::identity
