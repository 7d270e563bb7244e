// The bytes of a CSV file as UTF-8 text.
#pragma once

#include <string>

namespace lintel::sheet {

struct DecodedText {
  std::string text;      // Valid UTF-8, without a byte order mark; on failure, what came before the bad byte.
  bool complete = true;  // False: a byte fits no encoding we know.
};

// A byte order mark decides (UTF-8, UTF-16); else valid UTF-8 is UTF-8; else GB18030, which contains GBK. Text that is
// UTF-8 for a while and then is not, is damaged UTF-8 and never guessed to be GBK.
DecodedText DecodeText(const std::string& bytes);

}  // namespace lintel::sheet
