// queue: waits with music until an agent takes the call (AGT-04). How long is the queue's own limit, kept by
// `telephony`, which then sends the caller on by `overflow`; a node that hears nothing from `telephony` falls back.
#include <map>

#include "telephony/flow/run.h"
#include "telephony/flow/verbs/verbs.h"

namespace lintel::flow {
namespace {

class Queue final : public Node {
 public:
  explicit Queue(const Json& json)
      : queue_(TextOf(json, "queue")),
        music_(TextOf(json, "music")),
        overflow_(TextOf(json, "overflow")),
        served_(TextOf(json, "served")) {
    prompts_ = StringsOf(json, "prompts");
    for (const auto& [key, target] : MapOf(json, "exitKeys")) exit_keys_[key[0]] = target;
  }

  void Enter(Run& run) const override {
    run.ForgetTyped();
    if (prompts_.empty()) return run.Queue(queue_, music_);
    run.Play(prompts_);
  }
  void OnPromptsOver(Run& run) const override { run.Queue(queue_, music_); }
  void OnDigit(char digit, Run& run) const override {
    const auto exit = exit_keys_.find(digit);
    if (exit == exit_keys_.end()) return run.Queue(queue_, music_);
    run.StopQueueing("digit");
    run.Follow(std::string(1, digit), exit->second, std::string(1, digit));
  }
  void OnQueueLeft(QueueOutcome outcome, Run& run) const override {
    switch (outcome) {
      case QueueOutcome::kServed:
        if (served_.empty()) return run.HangUp();
        return run.Follow("served", served_);
      case QueueOutcome::kOverflow:
        return run.Follow("overflow", overflow_);
      case QueueOutcome::kUnavailable:
        return run.FallBack();
    }
  }
  std::vector<Edge> Edges() const override {
    std::vector<Edge> edges{{"overflow", "overflow", overflow_}};
    if (!served_.empty()) edges.push_back({"served", "served", served_});
    for (const auto& [key, target] : exit_keys_) {
      edges.push_back({std::string(1, key), "exitKeys." + std::string(1, key), target});
    }
    return edges;
  }
  std::vector<std::string> Prompts() const override {
    std::vector<std::string> prompts = prompts_;
    if (!music_.empty()) prompts.push_back(music_);
    return prompts;
  }
  bool MayEnd() const override { return served_.empty(); }

 private:
  std::string queue_;
  std::string music_;
  std::vector<std::string> prompts_;
  std::map<char, std::string> exit_keys_;
  std::string overflow_;
  std::string served_;
};

}  // namespace

NodePointer MakeQueue(const Json& json) { return std::make_unique<Queue>(json); }

}  // namespace lintel::flow
