#include "tests/bench/latencies.h"

#include <algorithm>

namespace lintel::bench {

void Latencies::Merge(const Latencies& other) {
  values_.insert(values_.end(), other.values_.begin(), other.values_.end());
}

double Latencies::Percentile(double percent) {
  if (values_.empty()) return 0;
  const auto last = static_cast<ptrdiff_t>(values_.size()) - 1;
  const auto at =
      values_.begin() + std::min(last, static_cast<ptrdiff_t>(percent / 100 * static_cast<double>(last + 1)));
  std::nth_element(values_.begin(), at, values_.end());
  return std::chrono::duration<double, std::milli>(*at).count();
}

}  // namespace lintel::bench
