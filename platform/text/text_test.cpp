#include "platform/text/text.h"

#include <gtest/gtest.h>

#include "platform/status/status.h"

namespace lintel {
namespace {

TEST(Text, CountsCharactersAndNotBytes) {
  EXPECT_EQ(CountCharacters("张三 abc"), 6);
  EXPECT_TRUE(CheckText("name", "张三丰", {.least = 3, .most = 3}).ok());
  EXPECT_EQ(FieldOf(CheckText("name", "张三丰儿", {.most = 3})), "name");
  EXPECT_EQ(FieldOf(CheckText("name", "张三", {.least = 3})), "name");
}

TEST(Text, IsTrimmedOfWideSpacesToo) {
  EXPECT_EQ(Trimmed(" \t　张 三　 \n"), "张 三");
  EXPECT_EQ(Trimmed("　　"), "");
  EXPECT_FALSE(CheckText("name", " 　 ", {.least = 1}).ok());
}

TEST(Text, RefusesBrokenUtf8AndControlCharacters) {
  for (const std::string& text :
       {std::string("\xC0\xAF"), std::string("\xED\xA0\x80"), std::string("\xE5\xBC"), std::string("\xF4\x90\x80\x80"),
        std::string("\xFF"), std::string("a\0b", 3), std::string("a\x7F"), std::string("a\nb")}) {
    EXPECT_FALSE(CheckText("name", text, {}).ok());
  }
  EXPECT_TRUE(CheckText("remark", "a\nb", {.lines = true}).ok());
}

}  // namespace
}  // namespace lintel
