// Durations of many calls and what a report says of them.
#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace lintel::bench {

class Latencies {
 public:
  void Add(std::chrono::nanoseconds duration) { values_.push_back(duration); }
  void Merge(const Latencies& other);
  // Milliseconds below which `percent` of the calls lie; 0 without calls.
  double Percentile(double percent);
  size_t count() const { return values_.size(); }

 private:
  std::vector<std::chrono::nanoseconds> values_;
};

}  // namespace lintel::bench
