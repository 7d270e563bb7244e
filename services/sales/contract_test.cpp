// The contract as an archive (SAL-15): its day, its papers, and who may read them.
#include "platform/ids/ids.h"
#include "platform/status/status.h"
#include "services/sales/testing/sales_floor.h"

namespace lintel::sales {
namespace {

class Signing : public SalesFloor {
 protected:
  std::string GivenSubscription() {
    const auto subscription = Subscribe(GivenRoom(), "", anna_);
    EXPECT_TRUE(subscription.ok()) << subscription.status();
    GivenNumbers(1, 9);
    return subscription->name();
  }
  static std::function<void(v1::Contract&)> With(const std::vector<std::string>& papers) {
    return [papers](v1::Contract& contract) {
      for (const std::string& paper : papers) contract.add_attachments(paper);
    };
  }
  static std::function<void(v1::Contract&)> On(Date day) {
    return [day](v1::Contract& contract) { *contract.mutable_sign_date() = ToProto(day); };
  }
  // What comes of reading a paper, up to the point where identity would send its bytes.
  absl::Status Read(const std::string& contract, const std::string& file, const Principal& who) {
    v1::DownloadContractAttachmentRequest request;
    request.set_name(contract + "/attachments/" + file.substr(6));
    return host_.channel().Stream<google::api::HttpBody>("lintel.sales.v1.ContractsService/DownloadContractAttachment",
                                                         request, host_.As(who),
                                                         [](const google::api::HttpBody&) { return true; });
  }
  std::string Readings() {
    return sales_db_.Value("SELECT count(*) FROM outbox WHERE aggregate LIKE 'contracts/%/attachments/%'");
  }
};

TEST_F(Signing, TheContractsPapersAreTakenOverAndNamedInIt) {  // SAL-15
  const std::string paper = "files/" + NewId();
  uploads_ = {paper};
  const auto contract = Sign(GivenSubscription(), With({paper}));
  ASSERT_TRUE(contract.ok()) << contract.status();
  ASSERT_EQ(contract->attachments_size(), 1);
  EXPECT_EQ(contract->attachments(0), paper);
  EXPECT_TRUE(taken_.contains(paper)) << "else it would be dropped after a day";
}

TEST_F(Signing, APaperThatNobodyUploadedStopsTheSigning) {  // SAL-15
  const std::string subscription = GivenSubscription();
  EXPECT_EQ(Sign(subscription, With({"files/" + NewId()})).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(FieldOf(Sign(subscription, With({"scan.pdf"})).status()), "contract.attachments");
  EXPECT_EQ(FieldOf(Sign(subscription, With(std::vector<std::string>(21, "files/" + NewId()))).status()),
            "contract.attachments");
  EXPECT_EQ(sales_db_.Value("SELECT count(*) FROM contracts"), "0");
  EXPECT_TRUE(Sign(subscription).ok()) << "and no number was lost";
  EXPECT_EQ(sales_db_.Value("SELECT max(number) FROM contracts"), "HT-0001");
}

TEST_F(Signing, APaperIsReadByWhoMaySeeTheContractAndEachReadingIsOnRecord) {  // SAL-15, NFR-01
  const std::string paper = "files/" + NewId();
  uploads_ = {paper};
  const std::string contract = Sign(GivenSubscription(), With({paper}))->name();
  EXPECT_EQ(Read(contract, paper, manager_).code(), absl::StatusCode::kUnimplemented) << "identity was asked";
  EXPECT_EQ(Readings(), "1");
  EXPECT_EQ(Read(contract, "files/" + NewId(), manager_).code(), absl::StatusCode::kNotFound) << "none of its papers";
  Principal elsewhere = NewOperator();
  elsewhere.all_projects = false;
  elsewhere.project_ids = {NewId()};
  EXPECT_EQ(Read(contract, paper, elsewhere).code(), absl::StatusCode::kNotFound);
  Principal stranger = NewOperator();
  stranger.tenant = 2;
  EXPECT_EQ(Read(contract, paper, stranger).code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(Read(contract, paper, testing::OperatorWith({"room.read"})).code(), absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(Readings(), "1");
}

TEST_F(Signing, IsDatedTodayOrEarlierInTheProjectsZoneAndNeverLater) {  // SAL-15
  const std::string subscription = GivenSubscription();
  const Date today = *DateIn(now_, "Asia/Shanghai");
  const Date tomorrow = std::chrono::sys_days(today) + std::chrono::days(1);
  EXPECT_EQ(FieldOf(Sign(subscription, On(tomorrow)).status()), "contract.sign_date");
  const Date last_week = std::chrono::sys_days(today) - std::chrono::days(7);
  const auto contract = Sign(subscription, On(last_week));
  ASSERT_TRUE(contract.ok()) << contract.status();
  EXPECT_EQ(contract->sign_date().day(), ToProto(last_week).day());
  const std::string other = GivenSubscription();
  EXPECT_EQ(Sign(other)->sign_date().day(), ToProto(today).day());
}

}  // namespace
}  // namespace lintel::sales
