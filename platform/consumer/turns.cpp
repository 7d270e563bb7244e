#include "platform/consumer/turns.h"

namespace lintel {
namespace {

constexpr auto kPause = std::chrono::milliseconds(1000);  // After a failure.

}  // namespace

Turns::Turns(std::string name, log::Fields fields, std::function<absl::Status()> turn)
    : name_(std::move(name)), fields_(std::move(fields)), turn_(std::move(turn)) {}

Turns::~Turns() { Stop(); }

void Turns::Start() {
  thread_ = std::thread([this] { Loop(); });
}

void Turns::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Turns::Rest(std::chrono::milliseconds time) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, time, [&] { return stopping_; });
}

void Turns::Loop() {
  bool failing = false;
  for (;;) {
    {
      const std::lock_guard lock(mutex_);
      if (stopping_) return;
    }
    absl::Status status;
    try {
      status = turn_();
    } catch (const std::exception& failure) {
      status = absl::InternalError(failure.what());
    }
    if (!status.ok() && !failing) {
      log::Fields fields = fields_;
      fields["error"] = std::string(status.message());
      log::Error(name_ + " stands still", fields);
    } else if (status.ok() && failing) {
      log::Info(name_ + " goes on", fields_);
    }
    failing = !status.ok();
    if (failing) Rest(kPause);
  }
}

}  // namespace lintel
