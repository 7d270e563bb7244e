#include "tests/bench/latencies.h"

#include <algorithm>

namespace lintel::bench {

void Latencies::Merge(const Latencies& other) {
  values_.insert(values_.end(), other.values_.begin(), other.values_.end());
}

double Latencies::Percentile(double percent) {
  if (values_.empty()) return 0;
  const size_t at = std::min(values_.size() - 1, static_cast<size_t>(percent / 100 * values_.size()));
  std::nth_element(values_.begin(), values_.begin() + at, values_.end());
  return std::chrono::duration<double, std::milli>(values_[at]).count();
}

}  // namespace lintel::bench
