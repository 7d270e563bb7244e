// The chart's colours on real PostgreSQL through a real server: what is kept, announced and refused.
#include <gtest/gtest.h>

#include "lintel/inventory/v1/projects.pb.h"
#include "platform/ids/ids.h"
#include "platform/status/status.h"
#include "platform/testing/database.h"
#include "platform/testing/server.h"
#include "services/inventory/api/chart_colours_service.h"
#include "services/inventory/api/projects_service.h"
#include "services/inventory/embedded.h"

namespace lintel::inventory {
namespace {

class ChartColoursTest : public ::testing::Test {
 protected:
  void SetUp() override {
    projects_.Register(host_.server());
    colours_.Register(host_.server());
    host_.Start();
    v1::CreateProjectRequest request;
    request.mutable_project()->set_display_name("示例苑");
    name_ = host_.channel()
                .Call<v1::Project>("lintel.inventory.v1.ProjectsService/CreateProject", request, host_.As(manager_))
                ->name() +
            "/chartColours";
  }

  absl::StatusOr<v1::ChartColours> Get(const Principal& reader) {
    v1::GetChartColoursRequest request;
    request.set_name(name_);
    return host_.channel().Call<v1::ChartColours>("lintel.inventory.v1.ChartColoursService/GetChartColours", request,
                                                  host_.As(reader));
  }
  v1::UpdateChartColoursRequest Wish(const std::vector<std::pair<int, std::string>>& fills) {
    v1::UpdateChartColoursRequest request;
    request.mutable_chart_colours()->set_name(name_);
    for (const auto& [state, fill] : fills) {
      v1::StateColour& colour = *request.mutable_chart_colours()->add_colours();
      colour.set_state(static_cast<v1::RoomState>(state));
      colour.set_fill(fill);
    }
    return request;
  }
  absl::StatusOr<v1::ChartColours> Update(const v1::UpdateChartColoursRequest& request, const Principal& writer) {
    return host_.channel().Call<v1::ChartColours>("lintel.inventory.v1.ChartColoursService/UpdateChartColours", request,
                                                  host_.As(writer));
  }
  absl::StatusOr<v1::ChartColours> Update(const v1::UpdateChartColoursRequest& request) {
    return Update(request, manager_);
  }
  std::string Announced() {
    return database_.Value("SELECT count(*) FROM outbox WHERE type = 'lintel.inventory.v1.ChartColoursChanged'");
  }

  const Principal manager_ = testing::OperatorWith({"project.manage", "room.read"});
  const Principal agent_ = testing::OperatorWith({"room.read"});
  testing::TestDatabase database_{"inventory", InventoryMigrations()};
  Commands commands_{database_.app(), WallClock};
  testing::TestServer host_{InventoryReasons()};
  ProjectsService projects_{commands_};
  ChartColoursService colours_{commands_};
  std::string name_;
};

TEST_F(ChartColoursTest, AProjectHasItsOwnColoursWhichEveryReaderGets) {  // INV-03
  EXPECT_EQ(Get(agent_)->colours_size(), 0);
  const auto kept = Update(Wish({{v1::HELD, "#00aaFF"}, {v1::AVAILABLE, "#FFFFFF"}}));
  ASSERT_TRUE(kept.ok()) << kept.status();
  const auto read = Get(agent_);
  ASSERT_EQ(read->colours_size(), 2);
  EXPECT_EQ(read->colours(0).state(), v1::AVAILABLE);
  EXPECT_EQ(read->colours(1).fill(), "#00AAFF");
  EXPECT_EQ(read->etag(), kept->etag());
  EXPECT_EQ(Announced(), "1");
}

TEST_F(ChartColoursTest, AStateLeftOutGoesBackToItsOwnColour) {  // INV-03
  ASSERT_TRUE(Update(Wish({{v1::HELD, "#00AAFF"}, {v1::FILED, "#112233"}})).ok());
  ASSERT_TRUE(Update(Wish({{v1::FILED, "#445566"}})).ok());
  EXPECT_EQ(Get(agent_)->colours_size(), 1);
  EXPECT_EQ(Get(agent_)->colours(0).fill(), "#445566");
  const auto none = Update(Wish({}));
  EXPECT_EQ(none->colours_size(), 0);
  EXPECT_EQ(Get(agent_)->etag(), none->etag());
}

TEST_F(ChartColoursTest, RefusesWhatIsNoColourAndNamesTheField) {  // INV-03
  for (const std::string wrong : {"", "red", "#FFF", "#GG0000", "00AAFF#", "#00AAFF0"}) {
    const auto refused = Update(Wish({{v1::FILED, "#112233"}, {v1::HELD, wrong}}));
    EXPECT_EQ(refused.status().code(), absl::StatusCode::kInvalidArgument) << wrong;
    EXPECT_EQ(FieldOf(refused.status()), "chart_colours.colours[1].fill") << wrong;
  }
  EXPECT_EQ(Get(manager_)->colours_size(), 0);
  EXPECT_EQ(Announced(), "0");
}

TEST_F(ChartColoursTest, RefusesUnknownStatesAndAStateGivenTwice) {  // INV-03
  const std::string field = "chart_colours.colours[0].state";
  EXPECT_EQ(FieldOf(Update(Wish({{0, "#112233"}})).status()), field);
  EXPECT_EQ(FieldOf(Update(Wish({{99, "#112233"}})).status()), field);
  EXPECT_EQ(FieldOf(Update(Wish({{v1::HELD, "#112233"}, {v1::HELD, "#445566"}})).status()),
            "chart_colours.colours[1].state");
}

TEST_F(ChartColoursTest, AnswersAStaleEtagWithoutOverwriting) {  // INV-03
  const auto first = Update(Wish({{v1::HELD, "#112233"}}));
  ASSERT_TRUE(Update(Wish({{v1::HELD, "#445566"}})).ok());
  v1::UpdateChartColoursRequest late = Wish({{v1::HELD, "#778899"}});
  late.mutable_chart_colours()->set_etag(first->etag());
  EXPECT_EQ(ReasonOf(Update(late).status()), "STALE_ETAG");
  EXPECT_EQ(Get(manager_)->colours(0).fill(), "#445566");
}

TEST_F(ChartColoursTest, ARepeatedRequestHappensOnce) {
  v1::UpdateChartColoursRequest request = Wish({{v1::HELD, "#112233"}});
  request.set_request_id(NewId());
  const auto first = Update(request);
  EXPECT_EQ(Update(request)->etag(), first->etag());
  EXPECT_EQ(Announced(), "1");
}

TEST_F(ChartColoursTest, OnlyManagersOfTheProjectMayChooseAndOnlyItsReadersSee) {  // INV-03
  EXPECT_EQ(Update(Wish({{v1::HELD, "#112233"}}), agent_).status().code(), absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(Get(testing::OperatorWith({"deal.read"})).status().code(), absl::StatusCode::kPermissionDenied);
  Principal elsewhere = testing::OperatorWith({"project.manage", "room.read"});
  elsewhere.all_projects = false;
  elsewhere.project_ids = {NewId()};
  EXPECT_EQ(Get(elsewhere).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(Update(Wish({{v1::HELD, "#112233"}}), elsewhere).status().code(), absl::StatusCode::kNotFound);
  const Principal stranger = testing::OperatorWith({"project.manage", "room.read"}, 2);
  EXPECT_EQ(Get(stranger).status().code(), absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace lintel::inventory
