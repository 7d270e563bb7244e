#include "services/sales/domain/reconciliation.h"

#include <gtest/gtest.h>

namespace lintel::sales {
namespace {

const Deal kHeld{.id = "d1", .document = "holds/h1", .stage = "HELD"};
const Deal kSubscribed{.id = "d2",
                       .document = "subscriptions/s2",
                       .stage = "SUBSCRIBED",
                       .account = "subscriptions/s2",
                       .price = Yuan(100)};
const std::map<std::string, OpenClaim> kClaims = {{"d1", {"HELD", "holds/h1"}},
                                                  {"d2", {"SUBSCRIBED", "subscriptions/s2"}}};
const std::map<std::string, OpenAccount> kAccounts = {{"subscriptions/s2", {Yuan(100)}}};

std::string Found(const std::vector<Difference>& differences) {
  std::string text;
  for (const Difference& one : differences) text += one.subject + " " + one.what + ", ";
  return text;
}

TEST(Compare, FindsNothingWhereAllAgree) {
  EXPECT_EQ(Found(Compare({kHeld, kSubscribed}, kClaims, kAccounts, {})), "");
}

TEST(Compare, FindsWhatIsMissing) {
  EXPECT_EQ(Found(Compare({kHeld, kSubscribed}, {}, {}, {})),
            "holds/h1 CLAIM_MISSING, subscriptions/s2 CLAIM_MISSING, subscriptions/s2 ACCOUNT_MISSING, ");
}

TEST(Compare, FindsWhatNobodyKnows) {
  EXPECT_EQ(Found(Compare({}, kClaims, kAccounts, {})),
            "claims/d1 CLAIM_STRAY, claims/d2 CLAIM_STRAY, subscriptions/s2 ACCOUNT_STRAY, ");
}

TEST(Compare, FindsAnotherStageAndAnotherPrice) {
  Deal moved = kHeld;
  moved.stage = "SUBSCRIBED";
  Deal dearer = kSubscribed;
  dearer.price = Yuan(101);
  EXPECT_EQ(Found(Compare({moved, dearer}, kClaims, kAccounts, {})),
            "holds/h1 CLAIM_STAGE, subscriptions/s2 ACCOUNT_PRICE, ");
}

TEST(Compare, SaysNothingOfWhatIsInFlight) {
  EXPECT_EQ(Found(Compare({}, kClaims, kAccounts, {"d1", "d2", "subscriptions/s2"})), "");
  EXPECT_EQ(Found(Compare({kHeld}, {}, {}, {"d1"})), "");
}

TEST(Compare, AClosedAccountIsOneThatIsGone) {
  EXPECT_EQ(Found(Compare({}, {}, {{"subscriptions/s2", {Yuan(100), /*closed=*/true}}}, {})), "");
  EXPECT_EQ(Found(Compare({kSubscribed}, kClaims, {{"subscriptions/s2", {Yuan(100), true}}}, {})),
            "subscriptions/s2 ACCOUNT_MISSING, claims/d1 CLAIM_STRAY, ");
}

TEST(Compare, AHoldsFeeHasAnAccountAsLongAsTheHoldStands) {  // CFG-01
  Deal paid = kHeld;
  paid.account = paid.document;
  paid.price = Yuan(5000);
  const std::map<std::string, OpenClaim> claims = {{"d1", {"HELD", "holds/h1"}}};
  EXPECT_EQ(Found(Compare({paid}, claims, {{"holds/h1", {Yuan(5000)}}}, {})), "");
  EXPECT_EQ(Found(Compare({paid}, claims, {{"holds/h1", {Yuan(4999)}}}, {})), "holds/h1 ACCOUNT_PRICE, ");
  EXPECT_EQ(Found(Compare({paid}, claims, {}, {})), "holds/h1 ACCOUNT_MISSING, ");
  EXPECT_EQ(Found(Compare({}, {}, {{"holds/h1", {Yuan(5000)}}}, {})), "holds/h1 ACCOUNT_STRAY, ");
}

}  // namespace
}  // namespace lintel::sales
