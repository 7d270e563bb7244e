// Rules that a request broke ("must be from 1 to 20"), in the reader's language. They are written in English where they
// are checked, and that text is what programs see (ErrorInfo's `rule`); rules.json has the Chinese of each:
//   {"en": "must be from {least} to {most}", "zh": "应在 {least} 到 {most} 之间"}
// A hole matches any text and is carried over as it stands; a hole named {rule} is itself a rule and is rendered too.
// Of the texts that fit, the one with the most words of its own wins.
#pragma once

#include <string>

namespace lintel {

// `rule` in `language` ("zh" or "en"). Unchanged in English, and wherever no text of rules.json fits.
// Throws at its first call when rules.json is malformed; Reasons makes that call before a process serves.
std::string RuleText(const std::string& rule, const std::string& language);

}  // namespace lintel
