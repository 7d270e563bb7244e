// The analyses over the story's events, on real PostgreSQL and Redis.
#pragma once

#include <gtest/gtest.h>

#include <array>
#include <map>
#include <memory>
#include <string>

#include "platform/report/testing/golden.h"
#include "platform/report/testing/story.h"
#include "services/analytics/api/analyses_service.h"
#include "services/analytics/consumers/facts.h"
#include "services/analytics/embedded.h"

namespace lintel::analytics {

class AnalysesFixture : public ::testing::Test {
 protected:
  AnalysesFixture() : host_(AnalyticsReasons()) {
    analyses_.Register(host_.server());
    host_.Start();
    Consume();
    story_.Tell();
    for (const auto& reader : readers_) testing::CatchUp(*reader);
  }

  void Consume() {
    ConsumeInventory(*readers_[0]);
    ConsumeCustomers(*readers_[1]);
    ConsumeSales(*readers_[2]);
  }

  CallOptions AsAnalyst(const std::string& language, int64_t tenant = 1) {
    Principal analyst = testing::OperatorWith({"analysis.run"}, tenant);
    analyst.features = {"analytics"};
    CallOptions options = host_.As(analyst);
    options.language = language;
    return options;
  }
  absl::StatusOr<google::api::HttpBody> Run(const v1::RunAnalysisRequest& request, int64_t tenant = 1,
                                            const std::string& language = "zh-CN") {
    return host_.channel().Call<google::api::HttpBody>("lintel.analytics.v1.AnalysesService/RunAnalysis", request,
                                                       AsAnalyst(language, tenant));
  }
  static v1::RunAnalysisRequest Request(const std::string& id,
                                        const std::map<std::string, std::string>& parameters = {}) {
    v1::RunAnalysisRequest request;
    request.set_name("analyses/" + id);
    request.mutable_parameters()->insert(parameters.begin(), parameters.end());
    return request;
  }
  static v1::RunAnalysisRequest Opened(const std::string& id, const std::string& column,
                                       const std::map<std::string, std::string>& key,
                                       const std::map<std::string, std::string>& parameters = {}) {
    v1::RunAnalysisRequest request = Request(id, parameters);
    request.mutable_detail()->set_column(column);
    request.mutable_detail()->mutable_key()->insert(key.begin(), key.end());
    return request;
  }
  testing::Json RunJson(const v1::RunAnalysisRequest& request, int64_t tenant = 1,
                        const std::string& language = "zh-CN") {
    const auto body = Run(request, tenant, language);
    EXPECT_TRUE(body.ok()) << body.status();
    return body.ok() ? testing::Json::parse(body->data())
                     : testing::Json{
                           {"rows", testing::Json::array()}, {"totals", nullptr}, {"columns", testing::Json::array()}};
  }
  std::string Dump() {
    std::string dump;
    for (const char* table : {"dim_project", "dim_customer", "fact_interest", "fact_deal"}) {
      dump += database_.Value(std::string("SELECT string_agg(t::text, E'\\n' ORDER BY t::text) FROM ") + table + " t") +
              "\n";
    }
    return dump;
  }

  testing::Story story_;
  testing::TestDatabase database_{"analytics", AnalyticsMigrations()};
  Metrics metrics_{"test"};
  std::array<std::unique_ptr<Consumer>, 3> readers_{story_.inventory.NewConsumer(database_.job(), metrics_),
                                                    story_.customers.NewConsumer(database_.job(), metrics_),
                                                    story_.sales.NewConsumer(database_.job(), metrics_)};
  pg::Pool reader_pool_{{.connection = database_.connection(), .role = "analytics_reader", .schema = "analytics"}};
  pg::Database facts_{reader_pool_};
  report::Engine engine_{
      AnalysisFiles(), facts_, [] { return *ParseRfc3339(testing::kStoryNow); }, {.collection = "analyses"}};
  testing::TestServer host_;
  Channel nobody_{"127.0.0.1:1", "analytics", "customers", host_.tokens()};
  AnalysesService analyses_{engine_, nobody_, "WenQuanYi Micro Hei"};
};

}  // namespace lintel::analytics
