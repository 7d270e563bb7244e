#include "telephony/flow/schema.h"

#include <algorithm>
#include <span>

#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "platform/migrate/embedded.h"

namespace lintel::flow {

std::span<const EmbeddedFile> SchemaFiles();

namespace {

constexpr size_t kMaxProblems = 50;

const valijson::Schema& ParsedSchema() {
  static const valijson::Schema* const kSchema = [] {
    auto* schema = new valijson::Schema;
    const Json text = Json::parse(SchemaText());
    const valijson::adapters::NlohmannJsonAdapter adapter(text);
    valijson::SchemaParser(valijson::SchemaParser::kDraft7).populateSchema(adapter, *schema);
    return schema;
  }();
  return *kSchema;
}

// "[nodes]", "[menu]", "[keys]" -> node "menu", field "keys".
Problem Locate(const std::vector<std::string>& context, const std::string& message) {
  Problem problem{.message = message, .reason = "GRAPH_MALFORMED"};
  size_t at = 1;  // context[0] is "<root>"
  const auto word = [&](size_t i) { return context[i].substr(1, context[i].size() - 2); };
  if (context.size() > 2 && word(1) == "nodes") {
    problem.node = word(2);
    at = 3;
  }
  for (; at < context.size(); ++at) {
    const std::string name = word(at);
    const bool index =
        !name.empty() && std::all_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (index && !problem.field.empty() && !problem.field.ends_with("keys") && !problem.field.ends_with("Keys")) {
      problem.field += "[" + name + "]";
    } else {
      problem.field += (problem.field.empty() ? "" : ".") + name;
    }
  }
  return problem;
}

// valijson tells the outermost failure first ("failed to validate against the schema of a child") and the cause last:
// what names the deepest place is what an author can mend.
std::vector<Problem> Causes(valijson::ValidationResults& results) {
  std::vector<std::pair<size_t, Problem>> all;
  valijson::ValidationResults::Error error;
  while (results.popError(error)) all.emplace_back(error.context.size(), Locate(error.context, error.description));
  const auto noise = [](const Problem& problem) {
    return problem.message.find("ailed to validate") != std::string::npos;
  };
  std::stable_sort(all.begin(), all.end(), [&](const auto& a, const auto& b) {
    return std::tuple(noise(a.second), b.first) < std::tuple(noise(b.second), a.first);
  });
  std::vector<Problem> problems;
  for (auto& [depth, problem] : all) {
    if (problems.size() == kMaxProblems || (noise(problem) && !problems.empty())) break;
    if (std::find(problems.begin(), problems.end(), problem) == problems.end()) problems.push_back(std::move(problem));
  }
  return problems;
}

Problem Malformed(const std::string& message) { return {.message = message, .reason = "GRAPH_MALFORMED"}; }

}  // namespace

std::string SchemaText() { return std::string(SchemaFiles().front().text); }

std::vector<Problem> CheckShape(const std::string& text, Json& json) {
  if (text.size() > kMaxGraphBytes) return {Malformed("the graph is larger than 256 KiB")};
  bool too_deep = false;
  const auto guard = [&too_deep](int depth, Json::parse_event_t, Json&) {
    too_deep = too_deep || depth > kMaxGraphDepth;
    return !too_deep;
  };
  json = Json::parse(text, guard, /*allow_exceptions=*/false);
  if (too_deep) return {Malformed("the graph is nested too deeply")};
  if (json.is_discarded()) return {Malformed("not JSON")};
  valijson::Validator validator;
  valijson::ValidationResults results;
  const valijson::adapters::NlohmannJsonAdapter adapter(json);
  if (validator.validate(ParsedSchema(), adapter, &results)) return {};
  return Causes(results);
}

}  // namespace lintel::flow
