// lintel-speech: espeak-ng as a helper process. A request is a language tag, a newline and the text; the reply is
// 16-bit little-endian samples at 8 kHz, empty when nothing could be spoken.
#include <espeak-ng/speak_lib.h>
#include <speex/speex_resampler.h>

#include <string>
#include <vector>

#include "platform/helper/serve.h"

namespace {

constexpr int kRate = 8000;
constexpr int kResampleQuality = 5;
constexpr int kVolume = 60;  // Percent; at 100 the peaks clip when they are companded
constexpr int kWordsPerMinute = 165;

std::vector<short> spoken;  // espeak-ng has one global state, and so has this process

int Collect(short* samples, int count, espeak_EVENT*) {
  if (samples != nullptr) spoken.insert(spoken.end(), samples, samples + count);
  return 0;
}

std::string Resample(const std::vector<short>& samples, int rate) {
  int error = 0;
  SpeexResamplerState* resampler = speex_resampler_init(1, rate, kRate, kResampleQuality, &error);
  if (resampler == nullptr) return "";
  std::vector<short> out(samples.size() * kRate / rate + kRate);
  auto in_count = static_cast<spx_uint32_t>(samples.size());
  auto out_count = static_cast<spx_uint32_t>(out.size());
  speex_resampler_process_int(resampler, 0, samples.data(), &in_count, out.data(), &out_count);
  speex_resampler_destroy(resampler);
  return {reinterpret_cast<const char*>(out.data()), out_count * sizeof(short)};
}

}  // namespace

int main() {
  const int rate = espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, 0, nullptr, 0);
  if (rate <= 0) return 1;
  espeak_SetSynthCallback(&Collect);
  return lintel::ServeHelper([rate](std::string request) -> std::string {
    const size_t newline = request.find('\n');
    if (newline == std::string::npos) return "";
    // The voice cmn of espeak-ng 1.51 reads pinyin as English; cmn-latn-pinyin has the right tones.
    const bool chinese = request.compare(0, newline, "zh-CN") == 0;
    if (espeak_SetVoiceByName(chinese ? "cmn-latn-pinyin" : "en-us") != EE_OK) return "";
    espeak_SetParameter(espeakVOLUME, kVolume, 0);
    espeak_SetParameter(espeakRATE, kWordsPerMinute, 0);
    const std::string text = request.substr(newline + 1);
    spoken.clear();
    if (espeak_Synth(text.c_str(), text.size() + 1, 0, POS_CHARACTER, 0, espeakCHARS_UTF8, nullptr, nullptr) != EE_OK)
      return "";
    espeak_Synchronize();
    return spoken.empty() ? "" : Resample(spoken, rate);
  });
}
