#include "platform/report/testing/golden.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace lintel::testing {
namespace {

// Money, areas, counts and percentages as one kind of number.
int64_t NumberOf(const Json& value) {
  if (value.is_object()) return std::stoll(value["minorUnits"].get<std::string>());
  if (value.is_string()) return std::stoll(value.get<std::string>());
  return value.is_null() ? 0 : value.get<int64_t>();
}

bool IsHidden(const Json& value) { return value.is_string() && value.get<std::string>().starts_with("<"); }

int64_t OpenedSum(const Json& opened) {
  int64_t sum = 0;
  for (const Json& row : opened["rows"]) sum += NumberOf(row["figure"]);
  EXPECT_EQ(NumberOf(opened["totals"]["figure"]), sum);
  return sum;
}

}  // namespace

void ExpectGolden(const Json& answer, const std::string& file) {
  if (std::getenv("LINTEL_WRITE_GOLDEN") != nullptr) {
    std::ofstream(file) << answer.dump(1) << "\n";
    return;
  }
  std::ifstream stream(file);
  std::stringstream text;
  text << stream.rdbuf();
  EXPECT_EQ(answer.dump(1) + "\n", text.str()) << file;
}

int ExpectEveryFigureOpens(const Json& figures, const RunReport& run) {
  int opened = 0;
  for (const Json& column : figures["columns"]) {
    if (!column["opens"].get<bool>()) continue;
    const std::string name = column["name"];
    for (const Json& row : figures["rows"]) {
      if (IsHidden(row[name])) continue;
      Json key = Json::object();
      for (const Json& candidate : figures["columns"]) {
        if (!candidate["key"].get<bool>()) continue;
        const Json& value = row[candidate["name"].get<std::string>()];
        key[candidate["name"].get<std::string>()] = value.is_object() ? value["name"] : value;
      }
      EXPECT_EQ(OpenedSum(run(name, key)), NumberOf(row[name])) << name << " of " << key.dump();
      ++opened;
    }
    if (!figures["totals"].is_null() && !figures["totals"][name].is_null() && !IsHidden(figures["totals"][name])) {
      const Json total = run(name, Json::object());
      EXPECT_EQ(OpenedSum(total), NumberOf(figures["totals"][name])) << "total of " << name;
      ++opened;
    }
  }
  return opened;
}

}  // namespace lintel::testing
