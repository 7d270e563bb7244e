// From what is to be said to what can be played: recorded fragments first, the synthesiser for the rest.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "telephony/speech/language.h"
#include "telephony/speech/spoken.h"

namespace lintel::speech {

// One piece of audio, in order. Exactly one of the two is set.
struct Fragment {
  std::string recording;  // "welcome", or "words/百" for a word of a value
  std::string text;       // For the synthesiser, values already in words
  bool operator==(const Fragment&) const = default;
};

using HasRecording = std::function<bool(const std::string& name)>;

// Neighbouring texts become one sentence, so that the synthesiser's voice flows. A value is played from recordings
// only when every word of it was recorded: no mixing of voices within a number.
std::vector<Fragment> Compose(const Spoken& parts, Language language, const HasRecording& has_recording);

// A sentence with its digits and signs in words of the language: "请按1" -> "请按一", "2026年" -> "二零二六年".
std::string Normalise(const std::string& text, Language language);

// Chinese text as the synthesiser needs it: polyphones that it reads wrong replaced by pinyin with tones
// ("重庆" -> " chong2 qing4 "). English is left alone.
std::string ForSynthesiser(const std::string& text, Language language);

}  // namespace lintel::speech
