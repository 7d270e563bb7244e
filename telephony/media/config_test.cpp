#include "telephony/media/config.h"

#include <gtest/gtest.h>

namespace lintel::media {
namespace {

using namespace std::chrono_literals;

std::map<std::string, std::string> Good() {
  return {{"LINTEL_MEDIA_NAME", "media-1"},       {"LINTEL_MEDIA_SIP", "127.0.0.3:5080"},
          {"LINTEL_MEDIA_RTP_HOST", "127.0.0.3"}, {"LINTEL_MEDIA_RTP_PORTS", "20000-20999"},
          {"LINTEL_KAMAILIO", "127.0.0.2:5060"},  {"LINTEL_TELEPHONY_ADDR", "127.0.0.1:9000"},
          {"LINTEL_SERVICE_KEY", "00"},           {"LINTEL_HOME", "/nowhere"}};
}

TEST(Config, ReadsItsVariablesAndItsDefaults) {
  const auto config = ReadConfig(Environment(Good()));
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_EQ(config->sip_host, "127.0.0.3");
  EXPECT_EQ(config->sip_port, 5080);
  EXPECT_EQ(config->trusted_hosts, std::vector<std::string>{"127.0.0.2"});
  EXPECT_EQ(config->prompts, "/nowhere/prompts");
  EXPECT_EQ(config->drain_limit, 15s);
}

TEST(Config, NamesTheVariableThatIsWrong) {
  const std::map<std::string, std::vector<std::string>> wrong = {
      {"LINTEL_MEDIA_SIP", {"127.0.0.3", "127.0.0.3:0", "127.0.0.3:70000", ":5"}},
      {"LINTEL_KAMAILIO", {"host"}},
      {"LINTEL_MEDIA_RTP_PORTS", {"20000", "20000-20001", "80-90", "5-4", "a-b", "20000-70000"}}};
  for (const auto& [name, values] : wrong) {
    for (const std::string& value : values) {
      auto variables = Good();
      variables[name] = value;
      const auto config = ReadConfig(Environment(variables));
      EXPECT_FALSE(config.ok()) << name << "=" << value;
      EXPECT_NE(std::string(config.status().message()).find(name), std::string::npos) << value;
    }
  }
}

TEST(Config, NamesEveryVariableThatIsMissing) {
  const auto config = ReadConfig(Environment(std::map<std::string, std::string>{}));
  for (const auto& [name, value] : Good()) {
    EXPECT_NE(std::string(config.status().message()).find(name), std::string::npos) << name;
  }
}

}  // namespace
}  // namespace lintel::media
