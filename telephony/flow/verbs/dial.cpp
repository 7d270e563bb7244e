// dial: rings a fixed agent, extension or number. `telephony` must allow it first (action "may_dial"), so that no flow
// can be used to place calls nobody pays for.
#include "telephony/flow/run.h"
#include "telephony/flow/template.h"
#include "telephony/flow/verbs/verbs.h"

namespace lintel::flow {
namespace {

constexpr int kDefaultRingLimitMs = 30000;
constexpr Milliseconds kPermissionLimit{2000};

class DialNode final : public Node {
 public:
  explicit DialNode(const Json& json)
      : destination_(TextOf(json, "destination")),
        ring_limit_(json.value("ringLimitMs", kDefaultRingLimitMs)),
        failed_(TextOf(json, "failed")),
        answered_(TextOf(json, "answered")),
        busy_(TextOf(json, "busy", failed_)),
        no_answer_(TextOf(json, "noAnswer", failed_)) {}

  void Enter(Run& run) const override {
    run.Act("may_dial", {{"destination", run.Expand(destination_)}}, kPermissionLimit);
  }
  void OnAction(const ActionAnswered& answer, Run& run) const override {
    if (answer.outcome != "allowed") return run.Follow("failed", failed_);
    const auto address = answer.values.find("sip_uri");
    run.Ring(address == answer.values.end() ? run.Expand(destination_) : address->second, ring_limit_);
  }
  void OnActionFailed(Run& run) const override { run.Follow("failed", failed_); }
  void OnDialEnded(DialOutcome outcome, Run& run) const override {
    switch (outcome) {
      case DialOutcome::kAnswered:
        if (answered_.empty()) return run.HangUp();
        return run.Follow("answered", answered_);
      case DialOutcome::kBusy:
        return run.Follow("busy", busy_);
      case DialOutcome::kNoAnswer:
        return run.Follow("no_answer", no_answer_);
      case DialOutcome::kRefused:
      case DialOutcome::kFailed:
        return run.Follow("failed", failed_);
    }
  }
  std::vector<Edge> Edges() const override {
    std::vector<Edge> edges{
        {"failed", "failed", failed_}, {"busy", "busy", busy_}, {"no_answer", "noAnswer", no_answer_}};
    if (!answered_.empty()) edges.push_back({"answered", "answered", answered_});
    return edges;
  }
  std::vector<std::string> VariablesRead() const override { return VariablesOf(destination_); }
  std::vector<Fault> Faults() const override {
    if (const auto pieces = ParseTemplate(destination_); !pieces.ok()) {
      return {{"destination", std::string(pieces.status().message())}};
    }
    return {};
  }
  bool MayEnd() const override { return answered_.empty(); }

 private:
  std::string destination_;
  Milliseconds ring_limit_;
  std::string failed_;
  std::string answered_;
  std::string busy_;
  std::string no_answer_;
};

}  // namespace

NodePointer MakeDial(const Json& json) { return std::make_unique<DialNode>(json); }

}  // namespace lintel::flow
