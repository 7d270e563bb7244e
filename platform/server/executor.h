// The bounded pool of threads that handlers run on. Beyond the bound work is refused at once rather than kept waiting.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace lintel {

class Executor {
 public:
  Executor(int threads, size_t most_waiting);
  // Runs what is queued, then ends the threads.
  ~Executor();

  // False when the queue is full or closing; `work` was not taken.
  bool Submit(std::function<void()> work);

  void Close();

 private:
  void Loop();

  const size_t most_waiting_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> queue_;
  bool closing_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace lintel
