// Golden texts: how values sound in Mandarin and English (IVR-07).
#include <gtest/gtest.h>

#include "telephony/speech/compose.h"
#include "telephony/speech/words.h"

namespace lintel::speech {
namespace {

struct Golden {
  SpokenKind kind;
  const char* value;
  const char* chinese;
  const char* english;
};

constexpr Golden kGolden[] = {
    {SpokenKind::kNumber, "0", "零", "zero"},
    {SpokenKind::kNumber, "10", "十", "ten"},
    {SpokenKind::kNumber, "12", "十二", "twelve"},
    {SpokenKind::kNumber, "20", "二十", "twenty"},
    {SpokenKind::kNumber, "101", "一百零一", "one hundred one"},
    {SpokenKind::kNumber, "110", "一百一十", "one hundred ten"},
    {SpokenKind::kNumber, "200", "二百", "two hundred"},
    {SpokenKind::kNumber, "1001", "一千零一", "one thousand one"},
    {SpokenKind::kNumber, "1010", "一千零一十", "one thousand ten"},
    {SpokenKind::kNumber, "2000", "两千", "two thousand"},
    {SpokenKind::kNumber, "12000", "一万二千", "twelve thousand"},
    {SpokenKind::kNumber, "20000", "两万", "twenty thousand"},
    {SpokenKind::kNumber, "100000", "十万", "one hundred thousand"},
    {SpokenKind::kNumber, "110000", "十一万", "one hundred ten thousand"},
    {SpokenKind::kNumber, "1280000", "一百二十八万", "one million two hundred eighty thousand"},
    {SpokenKind::kNumber, "1000010", "一百万零一十", "one million ten"},
    {SpokenKind::kNumber, "100110000", "一亿零一十一万", "one hundred million one hundred ten thousand"},
    {SpokenKind::kNumber, "200000002", "两亿零二", "two hundred million two"},
    {SpokenKind::kNumber, "-3.50", "负三点五", "minus three point five"},
    {SpokenKind::kNumber, "118.66", "一百一十八点六六", "one hundred eighteen point six six"},
    {SpokenKind::kMoney, "128000000", "一百二十八万元", "one million two hundred eighty thousand yuan"},
    {SpokenKind::kMoney, "596508210", "五百九十六万五千零八十二元一角",
     "five million nine hundred sixty five thousand eighty two yuan and ten fen"},
    {SpokenKind::kMoney, "200", "两元", "two yuan"},
    {SpokenKind::kMoney, "1200", "十二元", "twelve yuan"},
    {SpokenKind::kMoney, "305", "三元零五分", "three yuan and five fen"},
    {SpokenKind::kMoney, "352", "三元五角二分", "three yuan and fifty two fen"},
    {SpokenKind::kMoney, "2", "两分", "two fen"},
    {SpokenKind::kMoney, "0", "零元", "zero yuan"},
    {SpokenKind::kMoney, "-500", "负五元", "minus five yuan"},
    {SpokenKind::kDate, "2026-11-23", "二零二六年十一月二十三日", "November twenty third, twenty twenty six"},
    {SpokenKind::kDate, "2005-01-01", "二零零五年一月一日", "January first, two thousand five"},
    {SpokenKind::kDate, "1905-10-30", "一九零五年十月三十日", "October thirtieth, nineteen oh five"},
    {SpokenKind::kTime, "18:05", "十八点零五分", "six oh five p m"},
    {SpokenKind::kTime, "02:00", "两点整", "two a m"},
    {SpokenKind::kTime, "00:30", "零点三十分", "twelve thirty a m"},
    {SpokenKind::kTime, "12:00", "十二点整", "noon"},
    {SpokenKind::kPhone, "13800138000", "幺三八，零零幺三，八零零零",
     "one three eight, zero zero one three, eight zero zero zero"},
    {SpokenKind::kPhone, "+8613800138000", "幺三八，零零幺三，八零零零",
     "one three eight, zero zero one three, eight zero zero zero"},
    {SpokenKind::kPhone, "+8675512345678", "零七五五，幺二三四，五六七八",
     "zero seven five five, one two three four, five six seven eight"},
    {SpokenKind::kPhone, "02012345678", "零二零，幺二三四，五六七八",
     "zero two zero, one two three four, five six seven eight"},
    {SpokenKind::kPhone, "95588", "九五五八八", "nine five five eight eight"},
    {SpokenKind::kRoom, "1203", "幺二零三", "one two zero three"},
    {SpokenKind::kRoom, "A-0805", "A杠零八零五", "A dash zero eight zero five"},
    {SpokenKind::kRoom, "2栋1203", "二栋幺二零三", "2栋1203"},
    {SpokenKind::kDigits, "0042", "零零四二", "zero zero four two"},
    {SpokenKind::kArea, "11866", "一百一十八点六六平方米", "one hundred eighteen point six six square meters"},
    {SpokenKind::kArea, "9000", "九十平方米", "ninety square meters"},
    {SpokenKind::kArea, "100", "一平方米", "one square meter"},
};

TEST(Words, ValuesSoundAsPeopleSayThem_IVR07) {
  for (const Golden& golden : kGolden) {
    EXPECT_EQ(Join(ToWords(golden.kind, golden.value, Language::kChinese), Language::kChinese), golden.chinese)
        << golden.value;
    EXPECT_EQ(Join(ToWords(golden.kind, golden.value, Language::kEnglish), Language::kEnglish), golden.english)
        << golden.value;
  }
}

TEST(Words, AValueThatIsNotOfItsKindIsReadAsItStands) {
  for (const Language language : {Language::kChinese, Language::kEnglish}) {
    EXPECT_EQ(ToWords(SpokenKind::kMoney, "dear", language), Words{"dear"});
    EXPECT_EQ(ToWords(SpokenKind::kDate, "2026-02-30", language), Words{"2026-02-30"});
    EXPECT_EQ(ToWords(SpokenKind::kTime, "24:00", language), Words{"24:00"});
    EXPECT_EQ(ToWords(SpokenKind::kNumber, "9999999999999999", language), Words{"9999999999999999"});
  }
}

TEST(Normalise, DigitsInSentencesBecomeHanzi_IVR07) {
  EXPECT_EQ(Normalise("请按1", Language::kChinese), "请按一");
  EXPECT_EQ(Normalise("24小时服务，首付30%", Language::kChinese), "二十四小时服务，首付百分之三十");
  EXPECT_EQ(Normalise("2026年11月", Language::kChinese), "二零二六年十一月");
  EXPECT_EQ(Normalise("1203房", Language::kChinese), "幺二零三房");
  EXPECT_EQ(Normalise("按#号键或*键", Language::kChinese), "按井号键或星号键");
  EXPECT_EQ(Normalise("press 1", Language::kEnglish), "press 1");
}

TEST(ForSynthesiser, PolyphonesComeAsPinyin_IVR07) {
  EXPECT_EQ(ForSynthesiser("重庆银行", Language::kChinese), " chong2 qing4  yin2 hang2 ");
  EXPECT_EQ(ForSynthesiser("重要", Language::kChinese), "重要");
}

TEST(Compose, RecordedPromptsComeFirstAndNeighbouringTextsAreOneSentence) {
  const Spoken parts = {{SpokenKind::kPrompt, "welcome", "欢迎"},
                        {SpokenKind::kPrompt, "missing", "请按1。"},
                        {SpokenKind::kRoom, "1203", ""},
                        {SpokenKind::kText, "房", ""}};
  const auto only_welcome = [](const std::string& name) { return name == "welcome"; };
  EXPECT_EQ(Compose(parts, Language::kChinese, only_welcome),
            (std::vector<Fragment>{{.recording = "welcome"}, {.text = "请按一。幺二零三房"}}));
}

TEST(Compose, AValueIsPlayedFromRecordingsOnlyWhenAllItsWordsAreThere) {
  const Spoken parts = {{SpokenKind::kMoney, "1200", ""}};
  const auto all = [](const std::string&) { return true; };
  EXPECT_EQ(Compose(parts, Language::kChinese, all),
            (std::vector<Fragment>{{.recording = "words/十"}, {.recording = "words/二"}, {.recording = "words/元"}}));
  const auto most = [](const std::string& name) { return name != "words/元"; };
  EXPECT_EQ(Compose(parts, Language::kChinese, most), (std::vector<Fragment>{{.text = "十二元"}}));
}

}  // namespace
}  // namespace lintel::speech
