#include "telephony/speech/synthesiser.h"

#include <chrono>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>

#include "platform/ids/ids.h"
#include "platform/status/status.h"
#include "telephony/speech/compose.h"

namespace lintel::speech {
namespace {

constexpr std::chrono::milliseconds kSpeakLimit{5000};
constexpr size_t kMostInMemory = 500;
constexpr size_t kLongestText = 4000;

// FNV-1a twice with different seeds: file names of a cache, not a matter of trust.
std::string KeyOf(const std::string& text) {
  std::string key;
  for (uint64_t hash : {14695981039346656037ull, 10995116282110ull}) {
    for (const char c : text) hash = (hash ^ static_cast<uint8_t>(c)) * 1099511628211ull;
    char hex[17];
    std::snprintf(hex, sizeof hex, "%016llx", static_cast<unsigned long long>(hash));
    key += hex;
  }
  return key;
}

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return absl::NotFoundError(path);
  std::stringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

Samples ToSamples(const std::string& bytes) {
  Samples samples(bytes.size() / sizeof(int16_t));
  std::memcpy(samples.data(), bytes.data(), samples.size() * sizeof(int16_t));
  return samples;
}

// Complete or not at all: another process may be reading the same cache.
void WriteFile(const std::string& path, const std::string& bytes) {
  const std::string temporary = path + "." + NewId();
  std::ofstream(temporary, std::ios::binary) << bytes;
  std::error_code ignored;
  std::filesystem::rename(temporary, path, ignored);
}

}  // namespace

Synthesiser::Synthesiser(std::string helper_program, std::string cache_folder)
    : helper_(std::move(helper_program)), cache_folder_(std::move(cache_folder)) {
  std::error_code ignored;
  std::filesystem::create_directories(cache_folder_, ignored);
}

std::string Synthesiser::FileOf(const std::string& key) const { return cache_folder_ + "/" + key + ".s16"; }

absl::StatusOr<SharedSamples> Synthesiser::Speak(const std::string& text, Language language) {
  if (text.size() > kLongestText) return InvalidField("text", "is longer than 4000 bytes");
  const std::string request = ToTag(language) + "\n" + ForSynthesiser(text, language);
  const std::string key = KeyOf(request);
  {
    std::lock_guard lock(mutex_);
    if (const auto found = memory_.find(key); found != memory_.end()) return found->second;
  }
  auto bytes = ReadFile(FileOf(key));
  if (!bytes.ok()) {
    ASSIGN_OR_RETURN(bytes, helper_.Call(request, kSpeakLimit));
    if (bytes->empty())
      return WithReason(absl::StatusCode::kUnavailable, "SPEECH_FAILED", "the synthesiser said nothing");
    WriteFile(FileOf(key), *bytes);
  }
  auto samples = std::make_shared<const Samples>(ToSamples(*bytes));
  std::lock_guard lock(mutex_);
  if (memory_.size() >= kMostInMemory) memory_.clear();
  memory_[key] = samples;
  return samples;
}

std::string Recordings::PathOf(const std::string& name, Language language) const {
  return folder_ + "/" + ToTag(language) + "/" + name + ".wav";
}

bool Recordings::Has(const std::string& name, Language language) const {
  if (name.empty() || name.find("..") != std::string::npos) return false;
  std::error_code ignored;
  return std::filesystem::is_regular_file(PathOf(name, language), ignored);
}

absl::StatusOr<SharedSamples> Recordings::Load(const std::string& name, Language language) const {
  if (!Has(name, language)) return Missing("prompt", name);
  ASSIGN_OR_RETURN(const std::string bytes, ReadFile(PathOf(name, language)));
  ASSIGN_OR_RETURN(Samples samples, DecodeWav(bytes));
  return std::make_shared<const Samples>(std::move(samples));
}

absl::StatusOr<std::vector<SharedSamples>> Voice::Render(const Spoken& parts, Language language) {
  const auto has = [&](const std::string& name) { return recordings_.Has(name, language); };
  std::vector<SharedSamples> audio;
  for (const Fragment& fragment : Compose(parts, language, has)) {
    ASSIGN_OR_RETURN(SharedSamples samples, fragment.recording.empty()
                                                ? synthesiser_.Speak(fragment.text, language)
                                                : recordings_.Load(fragment.recording, language));
    audio.push_back(std::move(samples));
  }
  return audio;
}

}  // namespace lintel::speech
