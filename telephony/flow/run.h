// A call's place in a graph: current node, variables, what is playing, what is awaited. Verbs act through it.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "telephony/flow/flow.h"
#include "telephony/flow/graph.h"

namespace lintel::flow {

class Run {
 public:
  Run(std::shared_ptr<const Graph> graph, CallFacts facts);

  // ---- For Flow ----
  Commands Start(Moment now);
  Commands Handle(const Event& event, Moment now);
  std::optional<MonotonicTime> deadline() const { return deadline_; }
  bool finished() const { return finished_; }
  const std::string& current_node() const { return current_; }

  // ---- For verbs: each queues commands or moves on ----
  // Plays these prompts of the graph in order; OnPromptsOver follows, or OnDigit when a key stops one that allows it.
  void Play(const std::vector<std::string>& prompts);
  void Say(speech::Spoken parts, bool barge_in);
  void Wait(Milliseconds limit);  // OnTimeout after it; replaced by the next Wait, ended by leaving
  void Act(const std::string& action, std::map<std::string, std::string> arguments, Milliseconds limit);
  void Queue(const std::string& queue, const std::string& music);
  void StopQueueing(const std::string& reason);
  void Ring(const std::string& destination, Milliseconds limit);
  void HangUp(int sip_code = 0);

  // Leaves by this edge. A menu's kBack and kRepeat are resolved here. `digits` are reported with the step.
  void Follow(const std::string& edge, const std::string& target, const std::string& digits = "");
  // Reports what happened here without leaving ("no_input").
  void Note(const std::string& what);
  // `telephony` is away: the graph's fallback node, or the end of the call when even that fails.
  void FallBack();

  // Keys pressed before anybody asked (IVR-05): kept for the next menu or collect, at most kMaxTypedAhead.
  void KeepTyped(char digit);
  std::optional<char> NextTyped();
  void ForgetTyped() { typed_.clear(); }

  // The text with {name} replaced by variables. Unset ones are empty.
  std::string Expand(const std::string& text) const;
  std::string Variable(const std::string& name) const;
  void SetVariable(const std::string& name, const std::string& value);
  speech::Language language() const { return language_; }
  void SetLanguage(speech::Language language);

  // A counter of this visit to the node ("no_input"); zero on entering it.
  int& Counter(const std::string& name) { return counters_[name]; }
  // Keys collected in this visit to the node.
  std::string& Collected() { return collected_; }
  // How often the call has been at this node, this visit included.
  int Visits() const;

  const Graph& graph() const { return *graph_; }
  Moment now() const { return now_; }

 private:
  struct Batch {
    speech::Spoken parts;
    bool barge_in;
  };

  Commands Drive();
  void Dispatch(const Event& event);
  void OnKey(char digit);
  void PlayNextBatch();
  void StopPlaying();
  void EnterPending();
  const Node& node() const { return *graph_->nodes.at(current_); }

  std::shared_ptr<const Graph> graph_;
  speech::Language language_;
  std::map<std::string, std::string> variables_;
  std::string current_;
  std::optional<std::string> pending_;
  std::vector<std::string> menus_;  // Where kBack leads
  std::map<std::string, int> visits_;
  std::map<std::string, int> counters_;
  std::string collected_;
  std::deque<char> typed_;
  std::deque<Batch> batches_;  // The front one is playing
  int64_t play_id_ = 0;        // 0: silent
  int64_t action_id_ = 0;
  int64_t dial_id_ = 0;
  int64_t last_id_ = 0;
  int steps_ = 0;
  bool queued_ = false;
  bool finished_ = false;
  std::optional<MonotonicTime> deadline_;
  Moment now_;
  Commands commands_;
};

inline constexpr size_t kMaxTypedAhead = 32;
inline constexpr int kMaxStepsPerEvent = 100;
inline constexpr int kMaxStepsPerCall = 2000;  // A caller who goes round for ever is let go

}  // namespace lintel::flow
