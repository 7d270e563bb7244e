// What golden files and the promise "every figure opens its rows" have in common for reports and analyses.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <string>

namespace lintel::testing {

using Json = nlohmann::ordered_json;

// The answer compared with `file`; with LINTEL_WRITE_GOLDEN set the file is written instead.
void ExpectGolden(const Json& answer, const std::string& file);

// Runs one report with a detail (column and key as JSON; null: the figures).
using RunReport = std::function<Json(const std::string& column, const Json& key)>;

// Opens every figure of every row and of the totals: the figures of the opened rows add up to what was shown. Hidden
// groups are passed over. Returns how many figures were opened.
int ExpectEveryFigureOpens(const Json& figures, const RunReport& run);

}  // namespace lintel::testing
