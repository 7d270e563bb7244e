#include "platform/i18n/reasons.h"

#include <gtest/gtest.h>

#include <array>

#include "platform/status/status.h"

namespace lintel {
namespace {

constexpr std::array<EmbeddedFile, 1> kFiles{
    {EmbeddedFile{"reasons.json", R"({"ROOM_HELD": {"zh": "已被{team}保留", "en": "Held by {team}"}})"}}};

TEST(Reasons, SpeakTheReadersLanguageChineseFirst) {
  const Reasons reasons(kFiles);
  const absl::Status status = Refused("ROOM_HELD", "internal text", {{"team", "一组"}});
  EXPECT_EQ(reasons.Text(status, ""), "已被一组保留");
  EXPECT_EQ(reasons.Text(status, "en-GB,zh;q=0.5"), "Held by 一组");
}

TEST(Reasons, AnErrorOfOursShowsNoInnerText) {
  const Reasons reasons(kFiles);
  EXPECT_EQ(reasons.Text(absl::InternalError("relation \"rooms\" does not exist"), "en").find("rooms"),
            std::string::npos);
}

TEST(Reasons, AHalfCatalogueDoesNotLoad) {
  constexpr std::array<EmbeddedFile, 1> half{{EmbeddedFile{"reasons.json", R"({"X": {"zh": "只有中文"}})"}}};
  EXPECT_ANY_THROW(Reasons{half});
}

}  // namespace
}  // namespace lintel
