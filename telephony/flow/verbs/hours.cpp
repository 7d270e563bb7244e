// hours: open, closed or holiday by a weekly plan in the flow's own time zone (IVR-01). Needs nobody's answer.
#include <set>

#include "absl/time/time.h"
#include "telephony/flow/run.h"
#include "telephony/flow/verbs/verbs.h"

namespace lintel::flow {
namespace {

constexpr int kMinutesPerHour = 60;
constexpr const char* kDays[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

int MinuteOfDay(const std::string& clock) {
  return std::stoi(clock.substr(0, 2)) * kMinutesPerHour + std::stoi(clock.substr(3));
}

struct Span {
  std::set<std::string> days;
  int from_minute;
  int to_minute;  // Exclusive
};

class Hours final : public Node {
 public:
  explicit Hours(const Json& json)
      : zone_name_(TextOf(json, "timeZone")), open_(TextOf(json, "open")), closed_(TextOf(json, "closed")) {
    known_zone_ = absl::LoadTimeZone(zone_name_, &zone_);
    holiday_ = TextOf(json, "holiday", closed_);
    for (const Json& span : json.at("weekly")) {
      weekly_.push_back({.days = span.at("days").get<std::set<std::string>>(),
                         .from_minute = MinuteOfDay(TextOf(span, "from")),
                         .to_minute = MinuteOfDay(TextOf(span, "to"))});
    }
    if (json.contains("holidays")) holidays_ = json.at("holidays").get<std::set<std::string>>();
    if (json.contains("workdays")) workdays_ = json.at("workdays").get<std::set<std::string>>();
  }

  void Enter(Run& run) const override {
    const absl::CivilSecond local = zone_.At(absl::FromChrono(run.now().wall)).cs;
    const std::string date = absl::FormatCivilTime(absl::CivilDay(local));
    if (holidays_.contains(date)) return run.Follow("holiday", holiday_);
    // A working Saturday before a long holiday (调休) follows Monday's plan.
    const std::string day =
        workdays_.contains(date) ? kDays[0] : kDays[static_cast<int>(absl::GetWeekday(absl::CivilDay(local)))];
    const int minute = static_cast<int>(local.hour()) * kMinutesPerHour + local.minute();
    for (const Span& span : weekly_) {
      if (span.days.contains(day) && minute >= span.from_minute && minute < span.to_minute) {
        return run.Follow("open", open_);
      }
    }
    run.Follow("closed", closed_);
  }
  std::vector<Edge> Edges() const override {
    return {{"open", "open", open_}, {"closed", "closed", closed_}, {"holiday", "holiday", holiday_}};
  }
  std::vector<Fault> Faults() const override {
    std::vector<Fault> faults;
    if (!known_zone_) faults.push_back({"timeZone", "unknown time zone " + zone_name_});
    for (size_t i = 0; i < weekly_.size(); ++i) {
      if (weekly_[i].from_minute >= weekly_[i].to_minute) {
        faults.push_back({"weekly[" + std::to_string(i) + "]", "ends before it begins; split it at midnight"});
      }
    }
    return faults;
  }
  bool Waits() const override { return false; }

 private:
  std::string zone_name_;
  bool known_zone_ = false;
  absl::TimeZone zone_;
  std::vector<Span> weekly_;
  std::set<std::string> holidays_;
  std::set<std::string> workdays_;
  std::string open_;
  std::string closed_;
  std::string holiday_;
};

}  // namespace

NodePointer MakeHours(const Json& json) { return std::make_unique<Hours>(json); }

}  // namespace lintel::flow
