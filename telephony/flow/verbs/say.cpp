// say: a sentence with variables in the caller's language (IVR-03, IVR-07).
#include "telephony/flow/run.h"
#include "telephony/flow/template.h"
#include "telephony/flow/verbs/verbs.h"

namespace lintel::flow {
namespace {

class Say final : public Node {
 public:
  explicit Say(const Json& json)
      : chinese_(TextOf(json.at("text"), "zh-CN")),
        english_(TextOf(json.at("text"), "en")),
        barge_in_(json.value("bargeIn", true)),
        next_(TextOf(json, "next")) {}

  void Enter(Run& run) const override {
    const auto pieces = ParseTemplate(run.language() == speech::Language::kChinese ? chinese_ : english_);
    if (!pieces.ok()) return run.Follow("next", next_);  // Examine refuses such a graph
    run.Say(Fill(*pieces, [&run](const std::string& name) { return run.Variable(name); }), barge_in_);
  }
  void OnPromptsOver(Run& run) const override { run.Follow("next", next_); }
  void OnDigit(char digit, Run& run) const override {
    run.KeepTyped(digit);
    run.Follow("next", next_);
  }
  std::vector<Edge> Edges() const override { return {{"next", "next", next_}}; }
  std::vector<std::string> VariablesRead() const override {
    std::vector<std::string> names = VariablesOf(chinese_);
    for (std::string& name : VariablesOf(english_)) names.push_back(std::move(name));
    return names;
  }
  std::vector<Fault> Faults() const override {
    std::vector<Fault> faults;
    for (const auto& [field, text] : {std::pair("text.zh-CN", chinese_), std::pair("text.en", english_)}) {
      if (const auto pieces = ParseTemplate(text); !pieces.ok()) faults.push_back({field, pieces.status().ToString()});
    }
    return faults;
  }

 private:
  std::string chinese_;
  std::string english_;
  bool barge_in_;
  std::string next_;
};

}  // namespace

NodePointer MakeSay(const Json& json) { return std::make_unique<Say>(json); }

}  // namespace lintel::flow
