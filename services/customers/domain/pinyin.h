// How Chinese names are read (ICU Han-Latin/Names), for finding people by typing letters.
#pragma once

#include <string>
#include <vector>

namespace lintel::customers {

// One way of reading: the syllables of each character, or the letters of a word that is Latin already, in lower case.
using Reading = std::vector<std::string>;

// 张三丰 -> {{"zhang", "san", "feng"}}. Surnames with two readings (盖 ge and gai, 朴 pu and piao) give both. Threads:
// any.
std::vector<Reading> ReadingsOf(const std::string& name);

}  // namespace lintel::customers
