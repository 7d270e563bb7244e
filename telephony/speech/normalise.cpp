#include <array>

#include "telephony/speech/compose.h"
#include "telephony/speech/words.h"

namespace lintel::speech {
namespace {

constexpr size_t kLongestQuantity = 6;  // Longer runs of digits are numbers of something: read one by one

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool StartsAt(const std::string& text, size_t at, const char* what) {
  return text.compare(at, std::string(what).size(), what) == 0;
}

std::string ReadRun(const std::string& run, const std::string& text, size_t after) {
  if (run.size() == 4 && StartsAt(text, after, "年")) {
    std::string year;
    for (const char c : run) year += Join(ChineseNumber(c - '0'), Language::kChinese);
    return year;
  }
  const bool names_a_place = StartsAt(text, after, "房") || StartsAt(text, after, "室");
  const bool spelt =
      (names_a_place && run.size() >= 3) || run.size() > kLongestQuantity || (run.size() > 1 && run[0] == '0');
  return Join(ChineseValue(spelt ? SpokenKind::kDigits : SpokenKind::kNumber, run), Language::kChinese);
}

// What the synthesiser reads wrong in Mandarin; the longest entry wins, so phrases stand before their parts.
struct Reading {
  const char* hanzi;
  const char* pinyin;
};
constexpr std::array kReadings = {
    Reading{"重庆", "chong2 qing4"}, Reading{"银行", "yin2 hang2"},  Reading{"长沙", "chang2 sha1"},
    Reading{"长春", "chang2 chun1"}, Reading{"厦门", "xia4 men2"},   Reading{"重新", "chong2 xin1"},
    Reading{"重复", "chong2 fu4"},   Reading{"还款", "huan2 kuan3"}, Reading{"调整", "tiao2 zheng3"},
    Reading{"调查", "diao4 cha2"},   Reading{"利率", "li4 lv4"},     Reading{"税率", "shui4 lv4"},
    Reading{"朝向", "chao2 xiang4"}, Reading{"朝南", "chao2 nan2"},  Reading{"朝北", "chao2 bei3"},
    Reading{"朝东", "chao2 dong1"},  Reading{"朝西", "chao2 xi1"},   Reading{"会计", "kuai4 ji4"},
    Reading{"应付", "ying4 fu4"},    Reading{"应收", "ying1 shou1"}, Reading{"差额", "cha1 e2"},
    Reading{"单元", "dan1 yuan2"},   Reading{"单价", "dan1 jia4"},   Reading{"转接", "zhuan3 jie1"},
    Reading{"号码", "hao4 ma3"},     Reading{"按键", "an4 jian4"},   Reading{"得到", "de2 dao4"},
    Reading{"首都", "shou3 du1"},    Reading{"都市", "du1 shi4"},    Reading{"参加", "can1 jia1"},
    Reading{"空调", "kong1 tiao2"},  Reading{"露台", "lu4 tai2"},    Reading{"处理", "chu3 li3"},
    Reading{"提供", "ti2 gong1"},    Reading{"便宜", "pian2 yi2"},   Reading{"音乐", "yin1 yue4"},
    Reading{"行业", "hang2 ye4"},    Reading{"幺", "yao1"},
};

}  // namespace

std::string Normalise(const std::string& text, Language language) {
  if (language == Language::kEnglish) return text;
  std::string said;
  for (size_t at = 0; at < text.size();) {
    size_t end = at;
    while (end < text.size() && IsDigit(text[end])) ++end;
    if (end == at) {
      if (text[at] == '#')
        said += StartsAt(text, at + 1, "号") ? "井" : "井号";
      else if (text[at] == '*')
        said += StartsAt(text, at + 1, "号") ? "星" : "星号";
      else
        said += text[at];
      ++at;
      continue;
    }
    const std::string run = text.substr(at, end - at);
    if (end < text.size() && text[end] == '%') {
      said += "百分之" + ReadRun(run, text, end);
      at = end + 1;
    } else {
      said += ReadRun(run, text, end);
      at = end;
    }
  }
  return said;
}

std::string ForSynthesiser(const std::string& text, Language language) {
  if (language == Language::kEnglish) return text;
  std::string said;
  for (size_t at = 0; at < text.size();) {
    const Reading* found = nullptr;
    for (const Reading& reading : kReadings) {
      if (StartsAt(text, at, reading.hanzi)) found = &reading;
    }
    if (found == nullptr) {
      said += text[at++];
    } else {
      said += std::string(" ") + found->pinyin + " ";
      at += std::string(found->hanzi).size();
    }
  }
  return said;
}

}  // namespace lintel::speech
