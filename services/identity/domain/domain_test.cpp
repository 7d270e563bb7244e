// Identity's rules without a database.
#include <gtest/gtest.h>

#include "platform/ids/ids.h"
#include "platform/status/status.h"
#include "services/identity/domain/code_tables.h"
#include "services/identity/domain/lockout.h"
#include "services/identity/domain/operator.h"
#include "services/identity/domain/password.h"
#include "services/identity/domain/refresh_token.h"
#include "services/identity/domain/rights.h"
#include "services/identity/domain/settings.h"
#include "services/identity/domain/sniff.h"
#include "services/identity/embedded.h"

namespace lintel::identity {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

const Instant kNoon = *ParseRfc3339("2026-11-23T12:00:00Z");
constexpr HashCost kCheap{.passes = 1, .memory_bytes = 8192};

std::chrono::steady_clock::time_point Soon() { return std::chrono::steady_clock::now() + seconds(20); }

TEST(Rights, TheCatalogueKnowsTheDemoGroupsAndTheAdministratorHasEverythingAnybodyHas) {  // SYS-22
  const RightCatalogue catalogue(TextOf(Catalogues(), "rights.json"));
  ASSERT_EQ(catalogue.demo_groups().size(), 6u);
  const Grants& admin = catalogue.demo_groups()[0].grants;
  for (const DemoGroup& group : catalogue.demo_groups()) {
    EXPECT_TRUE(CheckGrantable(group.grants, admin).ok()) << group.group;
  }
  EXPECT_TRUE(catalogue.Knows("room.hold"));
  EXPECT_FALSE(catalogue.Knows("room.destroy"));
}

TEST(Rights, NobodyGivesWhatTheyDoNotHaveThatWide) {  // SYS-22
  const Grants giver{{"room.hold", Reach::kProject}};
  EXPECT_TRUE(CheckGrantable({{"room.hold", Reach::kProject}}, giver).ok());
  EXPECT_EQ(ReasonOf(CheckGrantable({{"room.hold", Reach::kTenant}}, giver)), "GROUP_TOO_STRONG");
  EXPECT_EQ(ReasonOf(CheckGrantable({{"receipt.book", Reach::kOwn}}, giver)), "GROUP_TOO_STRONG");
}

TEST(Rights, OfSeveralGroupsTheWidestReachCounts) {
  EXPECT_EQ(Widest({{{"a", Reach::kOwn}}, {{"a", Reach::kTenant}, {"b", Reach::kTeam}}}),
            (Grants{{"a", Reach::kTenant}, {"b", Reach::kTeam}}));
}

TEST(Password, HasEightCharactersAndIsNotTheNameOrOneCharacter) {  // SYS-23
  EXPECT_TRUE(CheckPassword("p", "longenou", "anna").ok());
  EXPECT_TRUE(CheckPassword("p", std::string(255, 'x') + "y", "anna").ok());
  for (const std::string& weak : {std::string("longeno"), std::string("annaanna"), std::string(12, 'z'),
                                  std::string(256, 'x') + "y", std::string()}) {
    EXPECT_EQ(FieldOf(CheckPassword("p", weak, "annaanna")), "p") << weak;
  }
}

TEST(Password, IsVerifiedAgainstItsOwnHashOnly) {  // NFR-01
  PasswordHasher hasher(kCheap);
  const std::string hash = *hasher.Hash("a good password", Soon());
  EXPECT_EQ(hash.rfind("$argon2id$", 0), 0u);
  EXPECT_TRUE(*hasher.Verify(hash, "a good password", Soon()));
  EXPECT_FALSE(*hasher.Verify(hash, "a bad password", Soon()));
  EXPECT_FALSE(*hasher.Verify("", "a good password", Soon()));
  EXPECT_FALSE(hasher.NeedsRehash(hash));
  EXPECT_TRUE(PasswordHasher({.passes = 2, .memory_bytes = 8192}).NeedsRehash(hash));
}

TEST(Password, WhoComesTooLateIsToldThatTheSystemIsBusy) {
  PasswordHasher nobody_may(kCheap, 0);
  const auto past = std::chrono::steady_clock::now();
  EXPECT_EQ(ReasonOf(nobody_may.Hash("a good password", past).status()), "OVERLOADED");
}

TEST(Lockout, FiveFailuresLockAndTheSixthIsNotLookedAt) {  // SYS-23
  const LockoutPolicy policy;
  std::optional<Attempts> attempts;
  for (int i = 1; i <= 5; ++i) {
    const Attempts now = CountAttempt(attempts, policy, kNoon);
    EXPECT_FALSE(IsRefused(now, policy, kNoon)) << i;
    attempts = AfterFailure(now, policy, kNoon);
  }
  ASSERT_TRUE(attempts->locked_until.has_value());
  EXPECT_TRUE(IsRefused(CountAttempt(attempts, policy, kNoon), policy, kNoon));
  const Instant last = kNoon + minutes(15) - seconds(1);
  EXPECT_TRUE(IsRefused(CountAttempt(attempts, policy, last), policy, last));
  const Instant after = kNoon + minutes(15);
  EXPECT_FALSE(IsRefused(CountAttempt(attempts, policy, after), policy, after));
  EXPECT_EQ(CountAttempt(attempts, policy, after).count, 1);
}

TEST(Lockout, GuessesInParallelAreCountedBeforeAnyOfThemIsAnswered) {
  const LockoutPolicy policy;
  std::optional<Attempts> attempts;
  int looked_at = 0;
  for (int i = 0; i < 20; ++i) {
    attempts = CountAttempt(attempts, policy, kNoon);
    looked_at += !IsRefused(*attempts, policy, kNoon);
  }
  EXPECT_EQ(looked_at, 5);
}

TEST(Lockout, FailuresLongAgoAreForgotten) {
  const Attempts old{.count = 4, .first_time = kNoon, .locked_until = std::nullopt};
  EXPECT_EQ(CountAttempt(old, {}, kNoon + minutes(15)).count, 5);
  EXPECT_EQ(CountAttempt(old, {}, kNoon + minutes(15) + seconds(1)).count, 1);
}

TEST(RefreshToken, ReadsBackAndRefusesEveryForgery) {  // NFR-01
  const RefreshTokens tokens("secret");
  const std::string text = tokens.Write({.tenant = 7, .session_id = NewId(), .generation = 3});
  ASSERT_TRUE(tokens.Read(text).has_value());
  EXPECT_EQ(tokens.Read(text)->generation, 3);
  for (size_t i = 0; i < text.size(); ++i) {
    std::string forged = text;
    forged[i] = forged[i] == '1' ? '2' : '1';
    EXPECT_FALSE(tokens.Read(forged).has_value()) << i;
  }
  EXPECT_FALSE(RefreshTokens("another").Read(text).has_value());
  EXPECT_FALSE(tokens.Read("").has_value());
  EXPECT_FALSE(tokens.Read(std::string(10000, '.')).has_value());
}

TEST(RefreshToken, TheOneBeforeIsGoodForTenSecondsAndThenATheft) {
  EXPECT_EQ(JudgeRotation(5, 5, kNoon, kNoon + minutes(60)), Rotation::kNext);
  EXPECT_EQ(JudgeRotation(4, 5, kNoon, kNoon + seconds(10)), Rotation::kRepeat);
  EXPECT_EQ(JudgeRotation(4, 5, kNoon, kNoon + seconds(11)), Rotation::kReuse);
  EXPECT_EQ(JudgeRotation(3, 5, kNoon, kNoon), Rotation::kReuse);
}

TEST(Settings, TakeOnlyValuesOfTheirTypeWithinTheirLimits) {
  const SettingCatalogue catalogue(TextOf(Catalogues(), "settings.json"));
  const auto minutes_locked = catalogue.FindSetting("sign_in.lock_minutes");
  ASSERT_TRUE(minutes_locked.ok());
  EXPECT_TRUE(CheckSettingValue(*minutes_locked, "1").ok());
  EXPECT_TRUE(CheckSettingValue(*minutes_locked, "1440").ok());
  for (const char* bad : {"0", "1441", "", "15x", "-1", "1.5", "99999999999999999999"}) {
    EXPECT_EQ(FieldOf(CheckSettingValue(*minutes_locked, bad)), "setting.value") << bad;
  }
  EXPECT_EQ(catalogue.FindSetting("nothing").status().code(), absl::StatusCode::kNotFound);
}

TEST(CodeTables, AreWholeInBothLanguages) {  // SYS-25
  for (const CodeTable& table : ReadCodeTables(TextOf(Catalogues(), "code_tables.json"))) {
    EXPECT_FALSE(table.zh.empty() || table.en.empty()) << table.table;
    for (const FirstCode& code : table.first_codes) {
      EXPECT_TRUE(CheckCode("code", code.code).ok()) << code.code;
      EXPECT_FALSE(code.zh.empty() || code.en.empty()) << code.code;
    }
  }
  EXPECT_FALSE(CheckCode("code", "Upper").ok());
  EXPECT_FALSE(CheckCode("code", std::string(41, 'a')).ok());
}

TEST(SignInName, IsLowerCaseAndPlain) {
  EXPECT_EQ(*CheckSignInName("n", " Anna.B-2 "), "anna.b-2");
  for (const char* bad : {"", "a", "an na", "安娜", "anna@b"}) EXPECT_FALSE(CheckSignInName("n", bad).ok()) << bad;
}

TEST(Sniff, GoesByTheBytesAndNotByTheName) {
  EXPECT_EQ(SniffType("%PDF-1.7"), "application/pdf");
  EXPECT_EQ(SniffType(std::string("PK\x03\x04") + "xl/workbook.xml"),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
  EXPECT_EQ(SniffType("房号,面积\r\n101,90"), "text/plain");
  EXPECT_EQ(SniffType(std::string("a\0b", 3)), "application/octet-stream");
  EXPECT_EQ(SniffType("MZ\x90"), "application/x-msdownload");
}

TEST(Sniff, AFilenameHasNoPathAndIsNotTooLong) {
  EXPECT_EQ(SafeFilename("../../etc/房间.csv"), "房间.csv");
  EXPECT_EQ(SafeFilename("C:\\rooms\n.xls"), "rooms.xls");
  EXPECT_EQ(SafeFilename(".."), "");
  std::string wide;
  for (int i = 0; i < 100; ++i) wide += "房";
  EXPECT_EQ(SafeFilename(wide).size(), 198u);
}

}  // namespace
}  // namespace lintel::identity
