// A caller on the sales line for tests: presses keys, is silent, and remembers what was heard.
#pragma once

#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "telephony/flow/flow.h"
#include "telephony/flow/graph.h"

namespace lintel::flow {

inline std::string SalesLine() {
  std::ifstream file("telephony/flow/testdata/sales_line.json");
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

class Caller {
 public:
  explicit Caller(const std::string& wall = "2026-11-23T02:00:00Z", CallFacts facts = {.caller_number = "13800000000"})
      : flow_(*ParseGraph(SalesLine()), std::move(facts)) {
    now_.wall = *ParseRfc3339(wall);
    Note(flow_.Start(now_));
  }

  Caller& Press(char digit) { return Happen(DigitPressed{digit}); }
  Caller& Press(const std::string& digits) {
    for (const char digit : digits) Press(digit);
    return *this;
  }
  // Listens until nothing plays any more.
  Caller& Listen() {
    while (playing_ != 0) Happen(PromptDone{std::exchange(playing_, 0)});
    return *this;
  }
  Caller& Silent(Milliseconds time) {
    now_.monotonic += time;
    return Happen(Tick{});
  }
  Caller& Happen(const Event& event) {
    commands_.clear();
    Note(flow_.Handle(event, now_));
    return *this;
  }
  Caller& Answer(const std::string& outcome, std::map<std::string, std::string> values = {}) {
    return Happen(ActionAnswered{action_.action_id, outcome, std::move(values)});
  }

  // Since the last call of Heard(): prompts by recording or text, values in brackets.
  std::vector<std::string> Heard() { return std::exchange(heard_, {}); }
  std::vector<std::string> Path() { return std::exchange(path_, {}); }
  template <class C>
  const C* Did() const {
    for (const Command& command : commands_) {
      if (const C* found = std::get_if<C>(&command)) return found;
    }
    return nullptr;
  }
  std::string At() const { return flow_.current_node(); }
  const Flow& flow() const { return flow_; }
  const RunAction& action() const { return action_; }

 private:
  void Note(Commands commands) {
    for (Command& command : commands) {
      if (const auto* play = std::get_if<PlayPrompts>(&command)) {
        playing_ = play->play_id;
        for (const auto& part : play->parts) heard_.push_back(part.text.empty() ? part.value : part.text);
      }
      if (const auto* stop = std::get_if<StopPrompts>(&command); stop && stop->play_id == playing_) playing_ = 0;
      if (const auto* step = std::get_if<Step>(&command)) path_.push_back(step->node + ":" + step->edge);
      if (const auto* action = std::get_if<RunAction>(&command)) action_ = *action;
      commands_.push_back(std::move(command));
    }
  }

  Flow flow_;
  Moment now_;
  Commands commands_;
  RunAction action_;
  int64_t playing_ = 0;
  std::vector<std::string> heard_;
  std::vector<std::string> path_;
};

}  // namespace lintel::flow
