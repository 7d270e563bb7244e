#include "telephony/media/control/telephony_link.h"

#include <algorithm>
#include <future>
#include <utility>

#include "platform/log/log.h"
#include "platform/wire/values.h"

namespace lintel::media {
namespace {

namespace v1 = telephony::v1;
using std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr char kService[] = "lintel.telephony.v1.CallControlService/";
constexpr auto kRouteDeadline = 2000ms;
constexpr auto kReportDeadline = 3000ms;
constexpr auto kRetryAfter = 250ms;
constexpr auto kMissedHeartbeats = 1200ms;  // Two of them.
constexpr auto kSnapshotLimit = 1s;
constexpr auto kAttachment = 1h;  // After that it is made anew.
constexpr int kQuestionThreads = 8;
constexpr size_t kMostQuestions = 2000;
constexpr size_t kMostReports = 50'000;  // About ten minutes of a busy node.
constexpr int kBatch = 100;
constexpr size_t kBatchBytes = 1 << 20;  // Beyond that no further report is added.
constexpr size_t kMostRoutes = 10'000;

int64_t MonotonicUs() {
  return std::chrono::duration_cast<std::chrono::microseconds>(steady_clock::now().time_since_epoch()).count();
}

CallOptions Until(steady_clock::duration limit, int64_t tenant = 0) {
  return {.deadline = steady_clock::now() + limit, .tenant = tenant};
}

}  // namespace

// Sequences begin at the start's wall time in microseconds, so that a node that was restarted goes on above its past.
TelephonyLink::TelephonyLink(LinkConfig config, Channel& channel, Mailbox& mailbox, Clock wall_clock)
    : config_(std::move(config)),
      channel_(channel),
      mailbox_(mailbox),
      wall_clock_(std::move(wall_clock)),
      heard_us_(MonotonicUs()),
      next_sequence_(wall_clock_().time_since_epoch().count()) {}

TelephonyLink::~TelephonyLink() { Stop(0ms); }

void TelephonyLink::Start(OnOrder on_order, SnapshotCalls snapshot) {
  on_order_ = std::move(on_order);
  snapshot_ = std::move(snapshot);
  threads_.emplace_back([this] { StayAttached(); });
  threads_.emplace_back([this] { SendReports(); });
  for (int i = 0; i < kQuestionThreads; ++i) threads_.emplace_back([this] { AnswerQuestions(); });
}

void TelephonyLink::Stop(std::chrono::milliseconds grace) {
  if (threads_.empty()) return;
  {
    std::unique_lock lock(reports_mutex_);
    reports_changed_.wait_for(lock, grace, [this] { return reports_.empty(); });
    if (!reports_.empty()) log::Warn("reports left unsent", {{"count", std::to_string(reports_.size())}});
    stop_.store(true);
  }
  reports_changed_.notify_all();
  {
    const std::lock_guard lock(questions_mutex_);
    questions_.clear();
  }
  questions_changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

// ---- Commands ----

void TelephonyLink::StayAttached() {
  while (!stop_.load()) {
    Attach();
    std::unique_lock lock(questions_mutex_);
    questions_changed_.wait_for(lock, kRetryAfter, [this] { return stop_.load(); });
  }
}

void TelephonyLink::Attach() {
  v1::AttachRequest request;
  request.set_node(config_.node);
  request.set_sip_address(config_.sip_address);
  request.set_capacity_calls(config_.capacity_calls);
  if (!Describe(request)) return;
  bool attached = false;
  const absl::Status ended = channel_.Stream<v1::NodeCommand>(
      std::string(kService) + "Attach", request, Until(kAttachment), [&](const v1::NodeCommand& command) {
        heard_us_.store(MonotonicUs());
        if (!std::exchange(attached, true)) log::Info("attached to telephony");
        if (std::optional<CallOrder> order = FromProto(command)) {
          mailbox_.Post([this, order = *std::move(order)] { on_order_(order); });
        }
        return !stop_.load();
      });
  if (attached && !stop_.load()) log::Warn("detached from telephony", {{"reason", std::string(ended.message())}});
}

bool TelephonyLink::Describe(v1::AttachRequest& request) {
  struct Carried {
    std::vector<LiveCall> calls;
    int64_t last_sequence = 0;
  };
  auto asked = std::make_shared<std::promise<Carried>>();
  std::future<Carried> answer = asked->get_future();
  // Calls report in the SIP thread too, so that nothing happens between the two.
  mailbox_.Post([this, asked] {
    Carried carried{.calls = snapshot_()};
    const std::lock_guard lock(reports_mutex_);
    carried.last_sequence = next_sequence_ - 1;
    asked->set_value(std::move(carried));
  });
  if (answer.wait_for(kSnapshotLimit) != std::future_status::ready) return false;
  const Carried carried = answer.get();
  for (const LiveCall& call : carried.calls) *request.add_calls() = ToProto(call);
  request.set_last_sequence(carried.last_sequence);
  return true;
}

std::optional<MonotonicTime> TelephonyLink::AwaySince() const {
  const int64_t heard = heard_us_.load();
  if (MonotonicUs() - heard < std::chrono::microseconds(kMissedHeartbeats).count()) return std::nullopt;
  return MonotonicTime(std::chrono::microseconds(heard));
}

// ---- Questions ----

void TelephonyLink::Ask(std::function<void()> question) {
  {
    const std::lock_guard lock(questions_mutex_);
    // Beyond the bound the question is not asked: its caller's own deadline answers.
    if (questions_.size() < kMostQuestions) questions_.push_back(std::move(question));
  }
  questions_changed_.notify_one();
}

void TelephonyLink::AnswerQuestions() {
  for (;;) {
    std::function<void()> question;
    {
      std::unique_lock lock(questions_mutex_);
      questions_changed_.wait(lock, [this] { return stop_.load() || !questions_.empty(); });
      if (stop_.load()) return;
      question = std::move(questions_.front());
      questions_.pop_front();
    }
    question();
  }
}

void TelephonyLink::AskRoute(const CallIdentity& call, const std::string& trunk,
                             std::function<void(absl::StatusOr<Route>)> answer) {
  Ask([this, call, trunk, answer = std::move(answer)] {
    v1::RouteCallRequest request;
    request.set_call_id(call.call_id);
    request.set_node(config_.node);
    request.set_called_number(call.called_number);
    request.set_caller_number(call.caller_number);
    request.set_trunk_address(trunk);
    const auto response =
        channel_.Call<v1::RouteCallResponse>(std::string(kService) + "RouteCall", request, Until(kRouteDeadline));
    absl::StatusOr<Route> route =
        response.ok() ? graphs_.FromProto(*response) : absl::StatusOr<Route>(response.status());
    {
      const std::lock_guard lock(routes_mutex_);
      if (route.ok()) {
        if (routes_.size() < kMostRoutes) routes_[call.called_number] = *route;
      } else if (!absl::IsNotFound(route.status())) {
        log::Warn("no route from telephony", {{"reason", std::string(route.status().message())}});
        const auto known = routes_.find(call.called_number);
        if (known != routes_.end()) route = known->second;
      }
    }
    mailbox_.Post([answer, route] { answer(route); });
  });
}

void TelephonyLink::AskAction(const ActionQuestion& question, std::function<void(absl::StatusOr<ActionReply>)> answer) {
  Ask([this, question, answer = std::move(answer)] {
    v1::RunActionRequest request;
    request.set_call_id(question.call_id);
    request.set_tenant_id(question.tenant);
    request.set_action(question.action);
    request.set_language(question.language);
    for (const auto& [name, value] : question.arguments) (*request.mutable_arguments())[name] = value;
    const auto response = channel_.Call<v1::RunActionResponse>(std::string(kService) + "RunAction", request,
                                                               Until(question.time_limit, question.tenant));
    const absl::StatusOr<ActionReply> reply =
        response.ok()
            ? absl::StatusOr<ActionReply>(ActionReply{.outcome = response->outcome(),
                                                      .values = {response->values().begin(), response->values().end()}})
            : absl::StatusOr<ActionReply>(response.status());
    mailbox_.Post([answer, reply] { answer(reply); });
  });
}

// ---- Reports ----

void TelephonyLink::Tell(const std::string& call_id, const Report& report) {
  v1::CallEvent event = ToProto(report);
  event.set_call_id(call_id);
  event.set_monotonic_us(MonotonicUs());
  *event.mutable_occurred_time() = lintel::ToProto(wall_clock_());
  const std::lock_guard lock(reports_mutex_);
  traces_.Take(event);
  if (reports_.size() >= kMostReports) {
    reports_dropped_.fetch_add(1);
    return;
  }
  event.set_sequence(next_sequence_++);
  reports_.push_back(std::move(event));
  reports_changed_.notify_all();
}

size_t TelephonyLink::reports_waiting() const {
  const std::lock_guard lock(reports_mutex_);
  return reports_.size();
}

void TelephonyLink::SendReports() {
  for (;;) {
    {
      std::unique_lock lock(reports_mutex_);
      reports_changed_.wait(lock, [this] { return stop_.load() || !reports_.empty(); });
      if (stop_.load()) return;
    }
    if (SendBatch()) continue;
    std::unique_lock lock(reports_mutex_);
    reports_changed_.wait_for(lock, kRetryAfter, [this] { return stop_.load(); });
  }
}

bool TelephonyLink::SendBatch() {
  v1::ReportCallEventsRequest request;
  request.set_node(config_.node);
  {
    const std::lock_guard lock(reports_mutex_);
    size_t bytes = 0;
    for (size_t i = 0; i < reports_.size() && i < kBatch && bytes < kBatchBytes; ++i) {
      *request.add_events() = reports_[i];
      bytes += reports_[i].ByteSizeLong();
    }
  }
  const auto response = channel_.Call<v1::ReportCallEventsResponse>(std::string(kService) + "ReportCallEvents", request,
                                                                    Until(kReportDeadline));
  if (!response.ok()) {
    // A batch that is refused as malformed would be refused for ever and hold up what follows.
    if (!absl::IsInvalidArgument(response.status())) return false;
    log::Error("telephony refused a batch of reports", {{"reason", std::string(response.status().message())}});
  }
  const int64_t taken =
      response.ok() ? response->last_sequence() : request.events(request.events_size() - 1).sequence();
  const std::lock_guard lock(reports_mutex_);
  while (!reports_.empty() && reports_.front().sequence() <= taken) reports_.pop_front();
  if (reports_.empty()) reports_changed_.notify_all();
  return taken >= request.events(0).sequence();
}

}  // namespace lintel::media
