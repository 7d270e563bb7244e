// Reports on real PostgreSQL and Redis: golden results, opened figures, rebuilding, and who may see what.
#include "services/reporting/api/reports_service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lintel/finance/v1/events.pb.h"
#include "lintel/finance/v1/hold_money.pb.h"
#include "lintel/sales/v1/events.pb.h"
#include "platform/report/testing/golden.h"
#include "platform/report/testing/story.h"
#include "platform/sheet/sheet.h"
#include "platform/status/status.h"
#include "services/reporting/consumers/customers.h"
#include "services/reporting/consumers/finance.h"
#include "services/reporting/consumers/inventory.h"
#include "services/reporting/consumers/sales.h"
#include "services/reporting/consumers/telephony.h"
#include "services/reporting/embedded.h"

namespace lintel::reporting {
namespace {

using ::testing::HasSubstr;
using testing::Json;
using ::testing::Not;
using testing::StoryId;

constexpr char kFont[] = "WenQuanYi Micro Hei";
constexpr char kRun[] = "lintel.reporting.v1.ReportsService/RunReport";

class ReportsServiceTest : public ::testing::Test {
 protected:
  ReportsServiceTest() : host_(ReportingReasons()) {
    documents_.Register(host_.server());
    reports_.Register(host_.server());
    host_.Start();
    Consume();
    story_.Tell();
    for (const auto& reader : readers_) testing::CatchUp(*reader);
  }

  void Consume() {
    ConsumeInventory(*readers_[0]);
    ConsumeSales(*readers_[1]);
    ConsumeFinance(*readers_[2]);
    ConsumeCustomers(*readers_[3]);
    ConsumeTelephony(*readers_[4]);
  }

  static Principal Manager(int64_t tenant = 1) { return testing::OperatorWith({"report.run"}, tenant); }

  absl::StatusOr<google::api::HttpBody> Run(const v1::RunReportRequest& request, const Principal& reader = Manager()) {
    CallOptions options = host_.As(reader);
    options.language = "zh-CN";
    return host_.channel().Call<google::api::HttpBody>(kRun, request, options);
  }
  static v1::RunReportRequest Request(const std::string& id, const std::map<std::string, std::string>& parameters = {},
                                      const std::string& format = "") {
    v1::RunReportRequest request;
    request.set_name("reports/" + id);
    request.mutable_parameters()->insert(parameters.begin(), parameters.end());
    request.set_format(format);
    return request;
  }
  Json RunJson(const v1::RunReportRequest& request, const Principal& reader = Manager()) {
    const auto body = Run(request, reader);
    EXPECT_TRUE(body.ok()) << body.status();
    return body.ok() ? Json::parse(body->data())
                     : Json{{"rows", Json::array()}, {"totals", nullptr}, {"columns", Json::array()}};
  }
  // Every table of facts, row by row.
  std::map<std::string, std::string> Dump() {
    std::map<std::string, std::string> dump;
    for (const char* table :
         {"dim_project", "dim_room", "dim_consultant", "dim_customer", "fact_room_state", "fact_hold", "fact_deal",
          "fact_due", "fact_receipt", "fact_allocation", "fact_visit", "fact_call"}) {
      dump[table] =
          database_.Value(std::string("SELECT string_agg(t::text, E'\\n' ORDER BY t::text) FROM ") + table + " t");
    }
    return dump;
  }

  testing::Story story_;
  testing::TestDatabase database_{"reporting", ReportingMigrations()};
  Metrics metrics_{"test"};
  std::array<std::unique_ptr<Consumer>, 5> readers_{
      story_.inventory.NewConsumer(database_.job(), metrics_), story_.sales.NewConsumer(database_.job(), metrics_),
      story_.finance.NewConsumer(database_.job(), metrics_), story_.customers.NewConsumer(database_.job(), metrics_),
      story_.telephony.NewConsumer(database_.job(), metrics_)};
  pg::Pool reader_pool_{{.connection = database_.connection(), .role = "reporting_reader", .schema = "reporting"}};
  pg::Database facts_{reader_pool_};
  report::Engine engine_{
      ReportFiles(), facts_, [] { return *ParseRfc3339(testing::kStoryNow); }, {.collection = "reports"}};
  DocumentsService documents_{TemplateFiles(), kFont};
  testing::TestServer host_;
  Channel nobody_{"127.0.0.1:1", "reporting", "customers", host_.tokens()};
  ReportsService reports_{engine_, documents_, nobody_, kFont};
};

TEST_F(ReportsServiceTest, EveryReportGivesItsGoldenResult) {  // RPT-01, RPT-07, RPT-12, RPT-32
  for (const report::Definition& definition : engine_.definitions()) {
    testing::ExpectGolden(RunJson(Request(definition.id)),
                          "services/reporting/testdata/" + definition.id + ".golden.json");
  }
}

TEST_F(ReportsServiceTest, EveryFigureOpensTheRowsItIsMadeOf) {  // UX-26
  for (const report::Definition& definition : engine_.definitions()) {
    const auto run = [&](const std::string& column, const Json& key) {
      v1::RunReportRequest request = Request(definition.id);
      request.mutable_detail()->set_column(column);
      for (const auto& [name, value] : key.items())
        (*request.mutable_detail()->mutable_key())[name] = value.get<std::string>();
      return RunJson(request);
    };
    EXPECT_GT(testing::ExpectEveryFigureOpens(RunJson(Request(definition.id)), run), 0) << definition.id;
  }
}

TEST_F(ReportsServiceTest, ARebuildFromEventsWithRedisEmptyGivesIdenticalTables) {
  const auto before = Dump();
  EXPECT_THAT(before.at("fact_deal"), HasSubstr("QCL-2026-0001"));
  for (testing::EventSource* source :
       {&story_.inventory, &story_.sales, &story_.finance, &story_.customers, &story_.telephony})
    source->ForgetStream();
  for (const auto& reader : readers_) ASSERT_TRUE(reader->Rebuild().ok());
  EXPECT_EQ(Dump().at("fact_deal"), "");
  readers_ = {story_.inventory.NewConsumerWithoutRedis(database_.job(), metrics_),
              story_.sales.NewConsumerWithoutRedis(database_.job(), metrics_),
              story_.finance.NewConsumerWithoutRedis(database_.job(), metrics_),
              story_.customers.NewConsumerWithoutRedis(database_.job(), metrics_),
              story_.telephony.NewConsumerWithoutRedis(database_.job(), metrics_)};
  Consume();
  for (const auto& reader : readers_) testing::CatchUp(*reader);
  EXPECT_EQ(Dump(), before);
}

TEST_F(ReportsServiceTest, TheOrderOfSourcesDoesNotMatter) {
  const auto before = Dump();
  for (const auto& reader : readers_) ASSERT_TRUE(reader->Rebuild().ok());
  for (auto reader = readers_.rbegin(); reader != readers_.rend(); ++reader) testing::CatchUp(**reader);
  EXPECT_EQ(Dump(), before);
}

TEST_F(ReportsServiceTest, ADayEndsAtMidnightInTheProjectsZone) {
  const auto project = [](int number) { return "projects/" + StoryId(number); };
  const Json tokyo = RunJson(Request("RPT-01", {{"project", project(testing::kTingchao)}, {"date", "2026-11-23"}}));
  EXPECT_EQ(tokyo["rows"][0]["subscriptions"], 1);
  EXPECT_EQ(tokyo["rows"][0]["firstVisits"], 1);
  const Json shanghai = RunJson(Request("RPT-01", {{"project", project(testing::kQingchuan)}, {"date", "2026-11-22"}}));
  EXPECT_EQ(shanghai["rows"][0]["phoneContacts"], 1);
  EXPECT_EQ(RunJson(Request("RPT-01"))["totals"]["calls"], 2) << "the third call came after midnight";
}

TEST_F(ReportsServiceTest, ShowsOnlyProjectsInTheReadersReach) {
  Principal cashier = Manager();
  cashier.all_projects = false;
  cashier.project_ids = {StoryId(testing::kTingchao)};
  cashier.rights["report.run"] = auth::PROJECT;
  const Json answer = RunJson(Request("RPT-01"), cashier);
  ASSERT_EQ(answer["rows"].size(), 1u);
  EXPECT_EQ(answer["rows"][0]["project"]["displayName"], "听潮府");
  const auto other = Run(Request("RPT-07", {{"project", "projects/" + StoryId(testing::kQingchuan)}}), cashier);
  EXPECT_EQ(other.status().code(), absl::StatusCode::kNotFound);
}

TEST_F(ReportsServiceTest, TenantsAreWalls) {  // NFR-01
  const std::string all = RunJson(Request("RPT-07"), Manager(2)).dump();
  EXPECT_THAT(all, HasSubstr("别处"));
  EXPECT_THAT(all, Not(HasSubstr("晴川里")));
  EXPECT_THAT(RunJson(Request("RPT-07")).dump(), Not(HasSubstr("别处")));
}

TEST_F(ReportsServiceTest, IsRefusedWithoutTheRight) {
  EXPECT_EQ(ReasonOf(Run(Request("RPT-01"), testing::OperatorWith({"room.read"})).status()), "RIGHT_MISSING");
}

TEST_F(ReportsServiceTest, TheEnginesRoleSeesFactsAndNothingElse) {
  const auto as_reader = [&](const char* sql) {
    return facts_.Execute({.tenant = 1}, [&](pg::Transaction& tx) {
      tx.Query(sql);
      return absl::OkStatus();
    });
  };
  EXPECT_TRUE(as_reader("SELECT count(*) FROM fact_deal").ok());
  EXPECT_FALSE(as_reader("SELECT count(*) FROM outbox").ok());
  EXPECT_FALSE(as_reader("DELETE FROM fact_deal").ok());
}

TEST_F(ReportsServiceTest, NamesWhatIsWrongWithARequest) {
  EXPECT_EQ(Run(Request("RPT-99")).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(FieldOf(Run(Request("RPT-01", {{"date", "yesterday"}})).status()), "parameters.date");
  EXPECT_EQ(FieldOf(Run(Request("RPT-01", {{"project", "x' OR 1=1"}})).status()), "parameters.project");
  EXPECT_EQ(FieldOf(Run(Request("RPT-01", {{"weeks", "4"}})).status()), "parameters.weeks");
  EXPECT_EQ(FieldOf(Run(Request("RPT-01", {}, "DOC")).status()), "format");
  v1::RunReportRequest request = Request("RPT-01");
  request.mutable_detail()->set_column("project");
  EXPECT_EQ(FieldOf(Run(request).status()), "detail.column");
  request.mutable_detail()->set_column("holds");
  (*request.mutable_detail()->mutable_key())["room"] = "1";
  EXPECT_EQ(FieldOf(Run(request).status()), "detail.key.project");
}

TEST_F(ReportsServiceTest, ADealThatChangedHandsIsItsNewConsultantsFromThenOn) {  // INV-04, RPT-12
  sales::v1::ConsultantChanged successor;
  successor.set_consultant("consultants/" + StoryId(402));
  successor.set_code("GW02");
  successor.set_version(1);
  story_.sales.Announce(1, successor, successor.consultant(), 1, "2026-11-23T08:00:00Z");
  sales::v1::DealReassigned reassigned;
  reassigned.set_document("subscriptions/" + StoryId(312));
  reassigned.set_consultant(successor.consultant());
  reassigned.set_team("二组");
  story_.sales.Announce(1, reassigned, reassigned.document(), 2, "2026-11-23T08:01:00Z");
  reassigned.set_document("holds/" + StoryId(302));
  story_.sales.Announce(1, reassigned, reassigned.document(), 2, "2026-11-23T08:02:00Z");
  story_.sales.Relay();
  testing::CatchUp(*readers_[1]);
  const Json rows = RunJson(Request("RPT-12"))["rows"];
  EXPECT_EQ(rows[0]["consultant"], "GW02");
  EXPECT_EQ(rows[1]["consultant"], "GW01") << "what is signed stays whose it was";
  EXPECT_EQ(database_.Value("SELECT team FROM fact_hold WHERE hold_id = '" + StoryId(302) + "'"), "二组");
}

TEST_F(ReportsServiceTest, SaysTheSameInEveryFormat) {
  const auto csv = Run(Request("RPT-12", {}, "CSV"));
  const auto xlsx = Run(Request("RPT-12", {}, "XLSX"));
  ASSERT_TRUE(csv.ok() && xlsx.ok()) << csv.status() << xlsx.status();
  const auto lines = ReadSheet(csv->data(), "RPT-12.csv");
  const auto cells = ReadSheet(xlsx->data(), "RPT-12.xlsx");
  ASSERT_TRUE(lines.ok() && cells.ok());
  EXPECT_EQ(lines->rows[1].At(0), "—") << "the subscription in Tokyo is older than the contract";
  EXPECT_EQ(lines->rows[2].At(0), "QCL-2026-0001");
  EXPECT_EQ(lines->rows[2].At(10), "2913426.72");
  EXPECT_EQ(cells->rows[4].At(10), "2913426.72");
  EXPECT_TRUE(Run(Request("RPT-12", {}, "PDF"))->data().starts_with("%PDF-"));
}

TEST_F(ReportsServiceTest, SpeaksTheReadersLanguage) {
  CallOptions options = host_.As(Manager());
  options.language = "en";
  const auto reply = host_.channel().Call<v1::ListReportsResponse>("lintel.reporting.v1.ReportsService/ListReports",
                                                                   v1::ListReportsRequest(), options);
  ASSERT_EQ(reply->reports_size(), 4);
  EXPECT_EQ(reply->reports(0).title(), "Daily sales report");
  EXPECT_EQ(reply->reports(0).columns(2).definition(), "Contacts by phone about the project recorded that day");
  EXPECT_EQ(reply->reports(0).parameters(1).type(), "date");
}

TEST_F(ReportsServiceTest, AskNamesOnlyForWhoMaySeeCustomers) {
  const report::Ask ask{.names = [](const std::vector<std::string>& customers) {
    return std::map<std::string, std::string>{{customers.front(), "张示例"}};
  }};
  report::Reader reader{.scope = {.reach = Scope::Reach::kTenant, .tenant = 1, .all_projects = true},
                        .language = "zh",
                        .deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10)};
  EXPECT_EQ(engine_.Run("reports/RPT-32", reader, ask)->rows[0][4].text, "客户…0501");
  reader.may_see_customers = true;
  EXPECT_EQ(engine_.Run("reports/RPT-32", reader, ask)->rows[0][4].text, "张示例");
}

TEST_F(ReportsServiceTest, AnErasedCustomerLeavesSumsButNoTrace) {
  const Json before = RunJson(Request("RPT-12"))["totals"];
  story_.EraseTheBuyer();
  testing::CatchUp(*readers_[3]);
  EXPECT_EQ(
      database_.Value("SELECT source || owner || coalesce(registered_time::text, '') FROM dim_customer WHERE erased"),
      "");
  EXPECT_EQ(RunJson(Request("RPT-12"))["totals"], before);
}

TEST_F(ReportsServiceTest, AHoldsReceiptBecomesItsSubscriptions) {  // CFG-01
  finance::v1::ReceiptBooked booked;
  booked.set_receipt("receipts/" + StoryId(391));
  booked.set_number("SJ-000391");
  booked.set_hold("holds/" + StoryId(392));
  booked.set_project("projects/" + StoryId(1));
  booked.set_method("CASH");
  booked.mutable_amount()->set_minor_units(500'000);
  booked.mutable_book_date()->set_year(2026);
  booked.mutable_book_date()->set_month(11);
  booked.mutable_book_date()->set_day(23);
  story_.finance.Announce(1, booked, booked.receipt(), 1, "2026-11-23T08:00:00Z");
  story_.finance.Relay();
  testing::CatchUp(*readers_[2]);
  const std::string where = " FROM fact_receipt WHERE number = 'SJ-000391'";
  EXPECT_EQ(database_.Value("SELECT amount || ' ' || coalesce(subscription_id::text, 'none')" + where), "500000 none");
  finance::v1::HoldMoneyCarried carried;
  carried.set_hold(booked.hold());
  carried.set_subscription("subscriptions/" + StoryId(393));
  carried.add_receipts()->set_receipt(booked.receipt());
  finance::v1::Allocation& deposit = *carried.mutable_receipts(0)->add_allocations();
  deposit.set_receivable("receivables/" + StoryId(394));
  deposit.mutable_amount()->set_minor_units(500'000);
  story_.finance.Announce(1, carried, "holdAccounts/" + StoryId(392), 2, "2026-11-23T08:01:00Z");
  story_.finance.Relay();
  testing::CatchUp(*readers_[2]);
  EXPECT_EQ(database_.Value("SELECT subscription_id" + where), StoryId(393));
  EXPECT_EQ(database_.Value("SELECT amount FROM fact_allocation WHERE receivable_id = '" + StoryId(394) + "'"),
            "500000");
}

TEST_F(ReportsServiceTest, DrawsReceiptsOnePerPage) {  // RPT-32
  EXPECT_TRUE(Run(Request("RPT-32", {}, "PDF"))->data().starts_with("%PDF-"));
  const Json one = RunJson(Request("RPT-32", {{"receipt", "receipts/" + StoryId(332)}}));
  ASSERT_EQ(one["rows"].size(), 1u);
  EXPECT_EQ(one["rows"][0]["capitals"], "人民币贰拾柒万零壹佰零伍元陆角整");
  EXPECT_EQ(Run(Request("RPT-32", {{"date", "2020-01-01"}}, "PDF")).status().code(), absl::StatusCode::kNotFound);
}

TEST_F(ReportsServiceTest, DrawsDocumentsForServicesOnly) {
  constexpr char kRender[] = "lintel.reporting.v1.DocumentsService/RenderDocument";
  v1::RenderDocumentRequest request;
  request.set_template_("receipt");
  (*request.add_pages()->mutable_fields())["amount"] = "100";
  const auto drawn = host_.channel().Call<v1::RenderDocumentResponse>(kRender, request, host_.AsService("finance"));
  ASSERT_TRUE(drawn.ok()) << drawn.status();
  EXPECT_EQ(drawn->content_type(), "application/pdf");
  EXPECT_EQ(ReasonOf(host_.channel().Call<v1::RenderDocumentResponse>(kRender, request, host_.As(Manager())).status()),
            "INTERNAL_ONLY");
  request.set_version(9);
  EXPECT_EQ(
      host_.channel().Call<v1::RenderDocumentResponse>(kRender, request, host_.AsService("finance")).status().code(),
      absl::StatusCode::kNotFound);
  request.set_version(1);
  request.set_offset_x_tenths(201);
  EXPECT_EQ(
      FieldOf(host_.channel().Call<v1::RenderDocumentResponse>(kRender, request, host_.AsService("finance")).status()),
      "offset_x_tenths");
}

}  // namespace
}  // namespace lintel::reporting
