#include "platform/phone/phone.h"

#include <gtest/gtest.h>

#include "platform/status/status.h"

namespace lintel {
namespace {

std::string NumberOf(const std::string& text) { return ParsePhone("phones[0]", text)->number; }

TEST(Phone, OneNumberHasOneFormHoweverItIsWritten) {  // CUS-11
  for (const char* text : {"13800002046", "138 0000 2046", "138-0000-2046", "+86 13800002046", "008613800002046",
                           "013800002046", "１３８００００２０４６", "(+86)138-0000-2046"}) {
    EXPECT_EQ(NumberOf(text), "+8613800002046") << text;
    EXPECT_EQ(ParsePhone("p", text)->kind, Phone::Kind::kMobile) << text;
    EXPECT_FALSE(ParsePhone("p", text)->doubtful) << text;
  }
  EXPECT_EQ(NumberOf("0755-8888 6666"), "+8675588886666");
  EXPECT_EQ(ParsePhone("p", "0755-88886666")->kind, Phone::Kind::kFixedLine);
}

TEST(Phone, NewMobilePrefixesAreValidAndShortCodesStayShort) {
  EXPECT_FALSE(ParsePhone("p", "14900002046")->doubtful);
  EXPECT_FALSE(ParsePhone("p", "15400002046")->doubtful);
  EXPECT_EQ(*ParsePhone("p", "95588"), (Phone{.number = "95588", .kind = Phone::Kind::kShortCode, .region = "CN"}));
}

TEST(Phone, AForeignNumberKnowsItsRegion) {
  const Phone phone = *ParsePhone("p", "+852 5123 4567");
  EXPECT_EQ(phone.number, "+85251234567");
  EXPECT_EQ(phone.kind, Phone::Kind::kForeign);
  EXPECT_EQ(phone.region, "HK");
}

TEST(Phone, AnOddNumberIsKeptAndMarkedAsDoubtful) {
  const Phone phone = *ParsePhone("p", "138000020");
  EXPECT_TRUE(phone.doubtful);
  EXPECT_NE(phone.number.find("138000020"), std::string::npos);
}

TEST(Phone, RefusesWhatIsNoNumberAndWhatIsMasked) {
  for (const char* text : {"", "12", "no number", "138****2046", "123456789012345678901"}) {
    EXPECT_EQ(FieldOf(ParsePhone("phones[0]", text).status()), "phones[0]") << text;
  }
}

}  // namespace
}  // namespace lintel
