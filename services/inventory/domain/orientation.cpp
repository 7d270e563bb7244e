#include "services/inventory/domain/orientation.h"

#include <map>

namespace lintel::inventory {
namespace {

const std::map<std::string, std::string>& Words() {
  static const std::map<std::string, std::string> words{
      {"东", "east"},          {"南", "south"},        {"西", "west"},         {"北", "north"},
      {"东南", "south-east"},  {"东北", "north-east"}, {"西南", "south-west"}, {"西北", "north-west"},
      {"南北", "south-north"}, {"东西", "east-west"}};
  return words;
}

// Takes `part` off either end of `text`.
void Strip(std::string& text, const std::string& part) {
  if (text.rfind(part, 0) == 0) text.erase(0, part.size());
  if (text.size() >= part.size() && text.compare(text.size() - part.size(), part.size(), part) == 0)
    text.erase(text.size() - part.size());
}

}  // namespace

std::string ToOrientation(const std::string& text) {
  std::string word = text;
  for (const char* extra : {"朝向", "朝", "向", "通透", "通"}) Strip(word, extra);
  const auto known = Words().find(word);
  return known == Words().end() ? text : known->second;
}

}  // namespace lintel::inventory
