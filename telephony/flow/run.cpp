#include "telephony/flow/run.h"

#include <utility>

#include "telephony/flow/template.h"

namespace lintel::flow {
namespace {

template <class... Ts>
struct Match : Ts... {
  using Ts::operator()...;
};
template <class... Ts>
Match(Ts...) -> Match<Ts...>;

constexpr int kServerError = 500;

}  // namespace

Run::Run(std::shared_ptr<const Graph> graph, CallFacts facts)
    : graph_(std::move(graph)), language_(facts.language.value_or(graph_->language)), current_(graph_->entry) {
  variables_["caller_number"] = std::move(facts.caller_number);
  variables_["called_number"] = std::move(facts.called_number);
  SetLanguage(language_);
}

Commands Run::Start(Moment now) {
  now_ = now;
  pending_ = graph_->entry;
  return Drive();
}

Commands Run::Handle(const Event& event, Moment now) {
  if (finished_) return {};
  now_ = now;
  Dispatch(event);
  return Drive();
}

Commands Run::Drive() {
  for (int steps = 0; pending_ && !finished_; ++steps) {
    if (steps == kMaxStepsPerEvent) {
      HangUp(kServerError);
      break;
    }
    EnterPending();
  }
  return std::exchange(commands_, {});
}

void Run::Dispatch(const Event& event) {
  std::visit(Match{
                 [&](const DigitPressed& e) { OnKey(e.digit); },
                 [&](const PromptDone& e) {
                   if (play_id_ == 0 || e.play_id != play_id_) return;
                   batches_.pop_front();
                   play_id_ = 0;
                   batches_.empty() ? node().OnPromptsOver(*this) : PlayNextBatch();
                 },
                 [&](const Tick&) {
                   if (!deadline_ || now_.monotonic < *deadline_) return;
                   deadline_.reset();
                   action_id_ != 0 ? (action_id_ = 0, node().OnActionFailed(*this)) : node().OnTimeout(*this);
                 },
                 [&](const ActionAnswered& e) {
                   if (action_id_ == 0 || e.action_id != action_id_) return;
                   action_id_ = 0;
                   deadline_.reset();
                   node().OnAction(e, *this);
                 },
                 [&](const ActionFailed& e) {
                   if (action_id_ == 0 || e.action_id != action_id_) return;
                   action_id_ = 0;
                   deadline_.reset();
                   node().OnActionFailed(*this);
                 },
                 [&](const QueueLeft& e) {
                   if (std::exchange(queued_, false)) node().OnQueueLeft(e.outcome, *this);
                 },
                 [&](const DialEnded& e) {
                   if (dial_id_ == 0 || e.dial_id != dial_id_) return;
                   dial_id_ = 0;
                   node().OnDialEnded(e.outcome, *this);
                 },
                 [&](const CallerLeft&) {
                   finished_ = true;
                   deadline_.reset();
                 },
             },
             event);
}

void Run::OnKey(char digit) {
  static const std::string kKeys = "0123456789*#ABCD";
  if (kKeys.find(digit) == std::string::npos) return;
  if (play_id_ != 0) {
    if (!batches_.front().barge_in) return;
    StopPlaying();
  }
  if (action_id_ == 0) deadline_.reset();
  node().OnDigit(digit, *this);
}

void Run::EnterPending() {
  StopPlaying();
  deadline_.reset();
  action_id_ = dial_id_ = 0;
  counters_.clear();
  collected_.clear();
  current_ = *std::exchange(pending_, std::nullopt);
  ++visits_[current_];
  if (node().TakesKeys() && (menus_.empty() || menus_.back() != current_)) menus_.push_back(current_);
  node().Enter(*this);
}

void Run::Play(const std::vector<std::string>& prompts) {
  for (const std::string& name : prompts) {
    const Prompt& prompt = graph_->prompts.at(name);
    speech::SpokenPart part{
        .kind = speech::SpokenKind::kPrompt, .value = prompt.recording, .text = prompt.text.at(language_)};
    const bool joins = !batches_.empty() && batches_.back().barge_in == prompt.barge_in;
    if (joins && (play_id_ == 0 || batches_.size() > 1)) {
      batches_.back().parts.push_back(std::move(part));
    } else {
      batches_.push_back({{std::move(part)}, prompt.barge_in});
    }
  }
  if (play_id_ == 0) PlayNextBatch();
}

void Run::Say(speech::Spoken parts, bool barge_in) {
  batches_.push_back({std::move(parts), barge_in});
  if (play_id_ == 0) PlayNextBatch();
}

void Run::PlayNextBatch() {
  play_id_ = ++last_id_;
  commands_.push_back(PlayPrompts{play_id_, language_, batches_.front().parts});
}

void Run::StopPlaying() {
  batches_.clear();
  if (play_id_ != 0) commands_.push_back(StopPrompts{std::exchange(play_id_, 0)});
}

void Run::Wait(Milliseconds limit) { deadline_ = now_.monotonic + limit; }

void Run::Act(const std::string& action, std::map<std::string, std::string> arguments, Milliseconds limit) {
  action_id_ = ++last_id_;
  Wait(limit);
  commands_.push_back(RunAction{action_id_, action, std::move(arguments), limit});
}

void Run::Queue(const std::string& queue, const std::string& music) {
  if (std::exchange(queued_, true)) return;
  commands_.push_back(EnterQueue{queue, music});
}

void Run::StopQueueing(const std::string& reason) {
  if (std::exchange(queued_, false)) commands_.push_back(LeaveQueue{reason});
}

void Run::Ring(const std::string& destination, Milliseconds limit) {
  dial_id_ = ++last_id_;
  commands_.push_back(Dial{dial_id_, destination, limit});
}

void Run::HangUp(int sip_code) {
  finished_ = true;
  pending_.reset();
  deadline_.reset();
  commands_.push_back(lintel::flow::HangUp{sip_code});
}

void Run::Note(const std::string& what) { commands_.push_back(Step{current_, what, ""}); }

void Run::Follow(const std::string& edge, const std::string& target, const std::string& digits) {
  commands_.push_back(Step{current_, edge, digits});
  if (++steps_ >= kMaxStepsPerCall) return HangUp(kServerError);
  if (target == kRepeat) {
    pending_ = current_;
  } else if (target == kBack) {
    if (menus_.size() > 1) menus_.pop_back();
    pending_ = menus_.back();
  } else {
    pending_ = target;
  }
}

void Run::FallBack() {
  if (current_ == graph_->fallback) return HangUp(kServerError);
  Follow("fallback", graph_->fallback);
}

void Run::KeepTyped(char digit) {
  if (typed_.size() < kMaxTypedAhead) typed_.push_back(digit);
}

std::optional<char> Run::NextTyped() {
  if (typed_.empty()) return std::nullopt;
  const char digit = typed_.front();
  typed_.pop_front();
  return digit;
}

std::string Run::Expand(const std::string& text) const {
  const auto pieces = ParseTemplate(text);
  return pieces.ok() ? FillText(*pieces, [this](const std::string& name) { return Variable(name); }) : text;
}

std::string Run::Variable(const std::string& name) const {
  const auto found = variables_.find(name);
  return found == variables_.end() ? "" : found->second;
}

void Run::SetVariable(const std::string& name, const std::string& value) { variables_[name] = value; }

void Run::SetLanguage(speech::Language language) {
  language_ = language;
  variables_["language"] = speech::ToTag(language);
}

int Run::Visits() const {
  const auto found = visits_.find(current_);
  return found == visits_.end() ? 0 : found->second;
}

Flow::Flow(std::shared_ptr<const Graph> graph, CallFacts facts)
    : run_(std::make_unique<Run>(std::move(graph), std::move(facts))) {}
Flow::Flow(Flow&&) noexcept = default;
Flow& Flow::operator=(Flow&&) noexcept = default;
Flow::~Flow() = default;
Commands Flow::Start(Moment now) { return run_->Start(now); }
Commands Flow::Handle(const Event& event, Moment now) { return run_->Handle(event, now); }
std::optional<MonotonicTime> Flow::Deadline() const { return run_->deadline(); }
bool Flow::finished() const { return run_->finished(); }
speech::Language Flow::language() const { return run_->language(); }
const std::string& Flow::current_node() const { return run_->current_node(); }

}  // namespace lintel::flow
