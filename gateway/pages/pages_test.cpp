// What the OpenAPI document is made of.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "gateway/pages/comments.h"
#include "gateway/pages/json_object.h"
#include "gateway/pages/openapi_examples.h"
#include "gateway/pages/refusals.h"

namespace lintel::gateway {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

std::vector<std::string> Named(const std::string& comment) {
  std::vector<std::string> found;
  for (const Refusal& refusal : RefusalsIn(comment, {"NOT_READY"})) {
    found.push_back(std::to_string(refusal.status) + " " + refusal.code + " " + refusal.reason);
  }
  return found;
}

class Pages : public ::testing::Test {
 protected:
  const google::protobuf::Descriptor* Type(const std::string& name) {
    return contract_->pool().FindMessageTypeByName("lintel.sample.v1." + name);
  }
  const std::unique_ptr<Contract> contract_ = Contract::Load(LINTEL_SAMPLE_DESCRIPTORS).value();
};

TEST(Comments, HoldBothLanguages) {
  const Texts texts = SplitComment(" Sets a room\n aside. For a while.\n zh: 保留一套\n 房间。到期自动释放。\n");
  EXPECT_EQ(texts.en, "Sets a room aside. For a while.");
  EXPECT_EQ(texts.zh, "保留一套房间。到期自动释放。");
  EXPECT_EQ(FirstSentence(texts.en), "Sets a room aside");
  EXPECT_EQ(FirstSentence(texts.zh), "保留一套房间");
  EXPECT_EQ(SplitComment(" Only English.\n").zh, "");
  EXPECT_EQ(InWords("ListThings"), "List things");
}

// The product's own contract, whatever services it holds.
TEST(Comments, SayInChineseWhatEveryPublicOperationDoes) {
  const auto contract = Contract::Load(LINTEL_PRODUCT_DESCRIPTORS);
  ASSERT_TRUE(contract.ok()) << contract.status();
  ASSERT_GT((*contract)->routes().size(), 100u);
  for (const Route& route : (*contract)->routes()) {
    const std::string summary = FirstSentence(TextsOf(route.method->descriptor).zh);
    const bool chinese = std::any_of(summary.begin(), summary.end(), [](unsigned char c) { return c >= 0xe4; });
    EXPECT_TRUE(chinese) << route.method->descriptor->full_name() << " has no comment line \"zh: ...\"";
    EXPECT_LE(summary.size(), 3 * 60u) << summary;  // It is a heading.
  }
}

TEST(Refusals, BelongToTheCodeBeforeThemInTheirSentence) {
  EXPECT_THAT(Named("Does it. FAILED_PRECONDITION ROOM_TAKEN (metadata team), ROOM_LOCKED; ABORTED STALE_ETAG."),
              ElementsAre("409 FAILED_PRECONDITION ROOM_TAKEN", "409 FAILED_PRECONDITION ROOM_LOCKED",
                          "409 ABORTED STALE_ETAG"));
  EXPECT_THAT(Named("INVALID_ARGUMENT FILE_TOO_LARGE over 50 MiB"), ElementsAre("413 INVALID_ARGUMENT FILE_TOO_LARGE"));
}

TEST(Refusals, AreCodesAloneOrReasonsAloneWhereNothingElseIsSaid) {
  EXPECT_THAT(Named("NOT_FOUND for another's. To NOT_READY, XLSX or INV-02. PLAN_UNFIT otherwise."),
              ElementsAre("404 NOT_FOUND ", "0  PLAN_UNFIT"));
}

TEST_F(Pages, ExamplesTakeWhatTheContractSaysOfAField) {
  const std::string body = ExampleOf(Type("CreateThingRequest"), Side::kBody);
  EXPECT_THAT(body, HasSubstr(R"("name":"shelves/0193b5d2-7c00-7000-8000-0000000000a1/things/)"));
  EXPECT_THAT(body, HasSubstr(R"("displayName":"Brass hinge")"));
  EXPECT_THAT(body, HasSubstr(R"("colour":"RED")"));
  EXPECT_THAT(body, HasSubstr(R"("length":"172800s")"));
  EXPECT_THAT(body, HasSubstr(R"("left":)"));
  EXPECT_THAT(body, Not(HasSubstr(R"("right":)")));  // One of a choice.
  EXPECT_TRUE(ParseJson(body, 32).ok());
}

TEST_F(Pages, ExamplesOfBodiesLeaveOutWhatOnlyAnswersCarry) {
  EXPECT_THAT(ExampleOf(Type("CreateThingRequest"), Side::kBody), Not(HasSubstr("holder")));
  EXPECT_THAT(ExampleOf(Type("CreateThingRequest"), Side::kBody), Not(HasSubstr("requestId")));
  EXPECT_THAT(ExampleOf(Type("CreateThingRequest"), Side::kBody), Not(HasSubstr("createTime")));
  EXPECT_THAT(ExampleOf(Type("Thing"), Side::kAnswer), HasSubstr("holder"));
}

TEST_F(Pages, ExamplesEndWhereAMessageHoldsItself) {
  EXPECT_THAT(ExampleOf(Type("Thing"), Side::kAnswer), Not(HasSubstr("\"inner\"")));
}

TEST_F(Pages, RefusalsWithoutACodeTakeTheOneNamedElsewhere) {
  const RefusalBook book(*contract_);
  for (const auto& method : contract_->methods()) {
    if (method->descriptor->name() != "UpdateThing") continue;
    const auto refusals = book.Of(*method);
    ASSERT_EQ(refusals.size(), 1u);
    EXPECT_EQ(refusals.front().code, "FAILED_PRECONDITION");
    EXPECT_EQ(refusals.front().status, 409);
  }
}

}  // namespace
}  // namespace lintel::gateway
