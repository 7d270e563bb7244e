// What the two languages share when they read a value; how each says it is its own (chinese.cpp, english.cpp).
#pragma once

#include "telephony/speech/parse.h"
#include "telephony/speech/words.h"

namespace lintel::speech {

struct Reader {
  Words (*decimal)(const Decimal&);
  Words (*money)(int64_t fen);
  Words (*area)(int64_t hundredths);
  Words (*date)(const CivilDate&);
  Words (*time)(const CivilTime&);
  Words (*room)(const std::string&);  // Also for plain digits.
  Words (*spell)(const std::string& digits);
  const char* plus;  // What the + of a phone number is called.
};

// The value as it stands when it is not of its kind.
Words Read(const Reader& reader, SpokenKind kind, const std::string& value);

void Append(Words& words, const Words& more);

}  // namespace lintel::speech
