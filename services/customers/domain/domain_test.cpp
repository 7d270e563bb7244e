// Finding people, and keeping what is private private.
#include <gtest/gtest.h>

#include "platform/status/status.h"
#include "services/customers/domain/customer.h"
#include "services/customers/domain/pinyin.h"
#include "services/customers/domain/search.h"
#include "services/customers/domain/vault.h"

namespace lintel::customers {
namespace {

const std::string kRoot(64, 'a');
const Vault kVault(kRoot);

std::string Digested(const std::string& tail) { return kVault.TailDigest(1, tail); }

// Whether a query finds somebody with these tokens.
bool Finds(const std::string& text, const std::set<std::string>& tokens) {
  const auto query = ParseQuery(text, Digested);
  if (!query.ok()) return false;
  for (const auto& term : *query) {
    bool any = false;
    for (const TokenRange& range : term) {
      const auto found = tokens.lower_bound(range.from);
      any |= found != tokens.end() && *found < range.to;
    }
    if (!any) return false;
  }
  return true;
}

TEST(Pinyin, ReadsSurnamesAsNames) {
  EXPECT_EQ(ReadingsOf("张三丰")[0], (Reading{"zhang", "san", "feng"}));
  EXPECT_EQ(ReadingsOf("单田")[0][0], "shan");
  EXPECT_EQ(ReadingsOf("尉迟恭")[0], (Reading{"yu", "chi", "gong"}));
  EXPECT_EQ(ReadingsOf("盖明").size(), 2u);
  EXPECT_TRUE(ReadingsOf("  ").empty());
}

TEST(Search, FindsByAnyPartOfTheNamePinyinOrInitials) {  // CUS-11
  const auto tokens = NameTokens("张三丰");
  for (const char* query : {"张", "张三", "三丰", "丰", "zhang", "zhangsan", "sanfeng", "zsf", "ZS", "zhang 丰"}) {
    EXPECT_TRUE(Finds(query, tokens)) << query;
  }
  for (const char* query : {"李", "张丰", "zsx", "ang", "张 李"}) EXPECT_FALSE(Finds(query, tokens)) << query;
}

TEST(Search, ASurnameWithTwoReadingsIsFoundByBoth) {
  const auto tokens = NameTokens("盖明");
  EXPECT_TRUE(Finds("geming", tokens));
  EXPECT_TRUE(Finds("gaiming", tokens));
}

TEST(Search, LatinNamesAreFoundByTheBeginningOfEachWord) {
  const auto tokens = NameTokens("Anna de Vries");
  for (const char* query : {"anna", "vri", "de vries", "adv", "Anna Vries"}) EXPECT_TRUE(Finds(query, tokens)) << query;
  EXPECT_FALSE(Finds("ries", tokens));
}

TEST(Search, FindsByPhoneAndByTheLastDigitsOfPhoneOrId) {  // CUS-11
  std::set<std::string> tokens = PhoneTokens("+8613800002046", Digested);
  tokens.merge(IdTokens("11010519491231002X", Digested));
  for (const char* query : {"13800002046", "+86 138 0000 2046", "2046", "00002046", "002X", "1002x",
                            "11010519491231002x", "013800002046"}) {
    EXPECT_TRUE(Finds(query, tokens)) << query;
  }
  for (const char* query : {"2047", "1380", "13800002047"}) EXPECT_FALSE(Finds(query, tokens)) << query;
}

TEST(Search, NoTokenHoldsADigitOfANumber) {  // CUS-11
  for (const std::string& token : PhoneTokens("+8613800002046", Digested)) {
    EXPECT_EQ(token.find("2046"), std::string::npos) << token;
  }
}

TEST(Search, RefusesNumbersTooShortAndQueriesTooLong) {
  EXPECT_EQ(FieldOf(ParseQuery("204", Digested).status()), "query");
  EXPECT_EQ(FieldOf(ParseQuery(std::string(61, 'a'), Digested).status()), "query");
  EXPECT_EQ(FieldOf(ParseQuery("a b c d e", Digested).status()), "query");
  EXPECT_EQ(FieldOf(ParseQuery("\xFF", Digested).status()), "query");
  EXPECT_TRUE(ParseQuery("", Digested)->empty());
}

TEST(Search, TailsAreOfOneTenantOnly) { EXPECT_NE(kVault.TailDigest(1, "2046"), kVault.TailDigest(2, "2046")); }

TEST(Vault, OpensWhatItSealedAndNothingThatWasChanged) {
  const std::string key = kVault.NewWrappedKey(1);
  const std::string sealed = kVault.Seal(1, key, "secret words");
  EXPECT_EQ(*kVault.Open(1, key, sealed), "secret words");
  EXPECT_EQ(sealed.find("secret"), std::string::npos);
  EXPECT_NE(sealed, kVault.Seal(1, key, "secret words"));
  std::string changed = sealed;
  changed.back() = static_cast<char>(changed.back() ^ 1);
  EXPECT_EQ(ReasonOf(kVault.Open(1, key, changed).status()), "PRIVATE_DATA_DAMAGED");
  EXPECT_FALSE(kVault.Open(2, key, sealed).ok());
  EXPECT_FALSE(kVault.Open(1, "", sealed).ok());
  EXPECT_FALSE(Vault(std::string(64, 'b')).Open(1, key, sealed).ok());
  EXPECT_THROW(Vault("short"), std::invalid_argument);
}

TEST(Vault, PrivateDataSurvivesTheRoundTrip) {
  const PrivateData data{
      .phones = {"+8613800002046"}, .id_number = "X1", .address = "路", .email = "a@b", .remark = "\n"};
  EXPECT_EQ(FromJson(ToJson(data)), data);
}

TEST(Customer, ErasingLeavesNothingPersonalAndIsRefusedWhileAContractNamesThem) {
  Customer customer{.id = "c", .display_name = "Canary", .wrapped_key = "key"};
  customer.personal.phones = {"+8613800002046"};
  customer.tags = {"friend of somebody"};
  const Customer erased = Erased(customer, Instant());
  EXPECT_TRUE(erased.erased);
  EXPECT_EQ(erased.display_name, "");
  EXPECT_EQ(erased.personal, PrivateData());
  EXPECT_EQ(erased.wrapped_key, "");
  EXPECT_TRUE(erased.tags.empty());
  EXPECT_EQ(ReasonOf(CheckNotErased(erased)), "CUSTOMER_ERASED");
  customer.in_contract = true;
  EXPECT_EQ(ReasonOf(CheckErasable(customer)), "CUSTOMER_IN_CONTRACT");
}

}  // namespace
}  // namespace lintel::customers
