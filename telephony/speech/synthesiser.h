// Speech for what has no recording, by espeak-ng in a helper process (it is neither thread safe nor to be trusted with
// our memory), kept in a cache of files so that each sentence is spoken once per installation.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "platform/helper/helper.h"
#include "telephony/speech/language.h"
#include "telephony/speech/spoken.h"

namespace lintel::speech {

using Samples = std::vector<int16_t>;  // 8 kHz, mono
using SharedSamples = std::shared_ptr<const Samples>;

class Synthesiser {
 public:
  // `helper_program`: lintel-speech; `cache_folder` is made when missing ("$LINTEL_HOME/speech").
  Synthesiser(std::string helper_program, std::string cache_folder);

  // Blocks for some 10 ms the first time a text is spoken; at most 5 s. UNAVAILABLE when the helper is broken.
  // Threads: any; not for an audio thread.
  absl::StatusOr<SharedSamples> Speak(const std::string& text, Language language);

 private:
  std::string FileOf(const std::string& key) const;

  Helper helper_;
  const std::string cache_folder_;
  std::mutex mutex_;                             // Guards the map.
  std::map<std::string, SharedSamples> memory_;  // At most kMostInMemory; emptied when full
};

// Recorded prompts that an administrator puts into a folder: <folder>/<zh-CN|en>/<name>.wav, 16-bit PCM mono at 8 or 16
// kHz or G.711, and words/<word>.wav beside them. Read when asked for, so a new file counts at once.
class Recordings {
 public:
  explicit Recordings(std::string folder) : folder_(std::move(folder)) {}

  bool Has(const std::string& name, Language language) const;
  // NOT_FOUND without the file, INVALID_ARGUMENT for one that is not such a WAV file.
  absl::StatusOr<SharedSamples> Load(const std::string& name, Language language) const;

 private:
  std::string PathOf(const std::string& name, Language language) const;
  const std::string folder_;
};

// What `parts` sound like: recordings first, speech for the rest.
class Voice {
 public:
  // Both must outlive it.
  Voice(const Recordings& recordings, Synthesiser& synthesiser) : recordings_(recordings), synthesiser_(synthesiser) {}

  // In order. Blocks like Synthesiser::Speak.
  absl::StatusOr<std::vector<SharedSamples>> Render(const Spoken& parts, Language language);

 private:
  const Recordings& recordings_;
  Synthesiser& synthesiser_;
};

// 16-bit PCM mono WAV at 8 or 16 kHz, or mono A-law / mu-law at 8 kHz, as 8 kHz samples. INVALID_ARGUMENT otherwise.
absl::StatusOr<Samples> DecodeWav(const std::string& bytes);

}  // namespace lintel::speech
