// A thread that takes one turn after another until it is stopped. After a turn that failed it rests, and it logs when
// failing begins and when it ends, not every time.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "absl/status/status.h"
#include "platform/log/log.h"

namespace lintel {

class Turns {
 public:
  // `name` and `fields` are for the log. A turn should take a second at most: Stop waits for it.
  Turns(std::string name, log::Fields fields, std::function<absl::Status()> turn);
  ~Turns();

  void Start();
  // Returns when the thread has ended. Harmless when repeated.
  void Stop();

  // Waits that long, or until Stop. For turns.
  void Rest(std::chrono::milliseconds time);

 private:
  void Loop();

  const std::string name_;
  const log::Fields fields_;
  const std::function<absl::Status()> turn_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace lintel
