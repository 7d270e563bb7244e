// A map that holds a bounded number of keys and forgets those that were not used for longest, half of them at a time:
// no scan and no timer, whatever keys it is fed.
#pragma once

#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>

namespace lintel::gateway {

template <class Value>
class RecentMap {
 public:
  explicit RecentMap(size_t most) : half_(std::max<size_t>(1, most / 2)) {}

  // Null: unknown or forgotten. Finding a key counts as using it. Valid until the next call.
  Value* Find(const std::string& key) {
    if (const auto found = young_.find(key); found != young_.end()) return &found->second;
    auto node = old_.extract(key);
    return node.empty() ? nullptr : &Put(key, std::move(node.mapped()));
  }

  // `key` must be unknown.
  Value& Put(const std::string& key, Value value) {
    if (young_.size() >= half_) old_ = std::exchange(young_, {});
    return young_.emplace(key, std::move(value)).first->second;
  }

  size_t size() const { return young_.size() + old_.size(); }

 private:
  const size_t half_;
  std::unordered_map<std::string, Value> young_;
  std::unordered_map<std::string, Value> old_;  // Not used since the young ones began.
};

}  // namespace lintel::gateway
