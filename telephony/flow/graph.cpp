#include "telephony/flow/graph.h"

#include "platform/status/status.h"
#include "telephony/flow/examine.h"
#include "telephony/flow/schema.h"

namespace lintel::flow {
namespace {

std::shared_ptr<Graph> Build(const Json& json) {
  auto graph = std::make_shared<Graph>();
  graph->language = *speech::FromTag(TextOf(json, "language"));
  graph->entry = TextOf(json, "entry");
  graph->fallback = TextOf(json, "fallback");
  for (const auto& [key, target] : MapOf(json, "keys")) graph->keys[key[0]] = target;
  if (json.contains("prompts")) {
    for (const auto& [name, prompt] : json.at("prompts").items()) {
      graph->prompts[name] = {.text = {{speech::Language::kChinese, TextOf(prompt.at("text"), "zh-CN")},
                                       {speech::Language::kEnglish, TextOf(prompt.at("text"), "en")}},
                              .recording = TextOf(prompt, "recording"),
                              .barge_in = prompt.value("bargeIn", true)};
    }
  }
  for (const auto& [name, node] : json.at("nodes").items()) graph->nodes[name] = MakeNode(node);
  return graph;
}

struct Read {
  std::shared_ptr<Graph> graph;
  std::vector<Problem> problems;
};

Read ReadGraph(const std::string& text) {
  Json json;
  if (auto problems = CheckShape(text, json); !problems.empty()) return {nullptr, std::move(problems)};
  auto graph = Build(json);
  auto problems = CheckMeaning(*graph);
  return {std::move(graph), std::move(problems)};
}

}  // namespace

std::vector<Problem> Examine(const std::string& json) { return ReadGraph(json).problems; }

absl::StatusOr<std::shared_ptr<const Graph>> ParseGraph(const std::string& json) {
  Read read = ReadGraph(json);
  if (read.problems.empty()) return std::shared_ptr<const Graph>(std::move(read.graph));
  const Problem& first = read.problems.front();
  const std::string where = first.node.empty() ? first.field : "nodes." + first.node + "." + first.field;
  return WithReason(
      absl::StatusCode::kInvalidArgument, first.reason, "graph." + where + ": " + first.message,
      {{"node", first.node}, {"field", "graph." + where}, {"problems", std::to_string(read.problems.size())}});
}

}  // namespace lintel::flow
