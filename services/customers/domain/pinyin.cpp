#include "services/customers/domain/pinyin.h"

#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <map>
#include <memory>
#include <mutex>
#include <stdexcept>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"

namespace lintel::customers {
namespace {

// Making a transliterator takes tens of milliseconds and using one is not for two threads: one, shared under a lock.
class Transliterator {
 public:
  Transliterator() {
    UErrorCode error = U_ZERO_ERROR;
    transliterator_.reset(
        icu::Transliterator::createInstance("Han-Latin/Names; Latin-ASCII; Lower", UTRANS_FORWARD, error));
    if (U_FAILURE(error)) throw std::runtime_error("ICU has no transliterator for names");
  }
  std::string Run(const std::string& text) {
    icu::UnicodeString unicode = icu::UnicodeString::fromUTF8(text);
    const std::lock_guard lock(mutex_);
    transliterator_->transliterate(unicode);
    std::string latin;
    unicode.toUTF8String(latin);
    return latin;
  }

 private:
  std::mutex mutex_;
  std::unique_ptr<icu::Transliterator> transliterator_;
};

Transliterator& Shared() {
  static Transliterator shared;
  return shared;
}

// The other reading of a surname, by its first character.
const std::map<std::string, std::pair<std::string, std::string>>& Doubles() {
  static const std::map<std::string, std::pair<std::string, std::string>> doubles{
      {"盖", {"ge", "gai"}},  {"朴", {"pu", "piao"}}, {"单", {"shan", "dan"}}, {"曾", {"zeng", "ceng"}},
      {"解", {"xie", "jie"}}, {"区", {"ou", "qu"}},   {"仇", {"qiu", "chou"}}, {"查", {"zha", "cha"}},
      {"覃", {"qin", "tan"}}, {"乐", {"le", "yue"}},  {"缪", {"miao", "mou"}}, {"翟", {"zhai", "di"}}};
  return doubles;
}

}  // namespace

std::vector<Reading> ReadingsOf(const std::string& name) {
  const std::string latin = Shared().Run(name);
  Reading first;
  for (const absl::string_view word : absl::StrSplit(latin, absl::ByAnyChar(" \t'-·."), absl::SkipEmpty())) {
    if (absl::ascii_isalnum(word[0])) first.emplace_back(word);
  }
  if (first.empty()) return {};
  std::vector<Reading> readings{first};
  const auto twice = Doubles().find(name.substr(0, 3));
  if (twice != Doubles().end()) {
    Reading other = first;
    other[0] = first[0] == twice->second.first ? twice->second.second : twice->second.first;
    readings.push_back(std::move(other));
  }
  return readings;
}

}  // namespace lintel::customers
