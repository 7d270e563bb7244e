// A bounded queue from one thread to one other, without locks or allocation after construction.
#pragma once

#include <atomic>
#include <bit>
#include <cstddef>
#include <utility>
#include <vector>

namespace lintel::media {

template <class T>
class SpscRing {
 public:
  // Holds `capacity` items, rounded up to a power of two.
  explicit SpscRing(size_t capacity) : slots_(std::bit_ceil(capacity)), mask_(slots_.size() - 1) {}

  // Producer's side. When full it answers false and leaves `item` as it was.
  bool TryPush(T&& item) {
    const size_t at = written_.load(std::memory_order_relaxed);
    if (at - read_.load(std::memory_order_acquire) == slots_.size()) return false;
    slots_[at & mask_] = std::move(item);
    written_.store(at + 1, std::memory_order_release);
    return true;
  }

  // Consumer's side: hands the oldest item to `take`, in place, and answers whether there was one.
  template <class Take>
  bool TryTake(Take&& take) {
    const size_t at = read_.load(std::memory_order_relaxed);
    if (at == written_.load(std::memory_order_acquire)) return false;
    take(slots_[at & mask_]);
    read_.store(at + 1, std::memory_order_release);
    return true;
  }

  // In-place production, for items too large to move about: `fill` writes the next slot.
  template <class Fill>
  bool TryFill(Fill&& fill) {
    const size_t at = written_.load(std::memory_order_relaxed);
    if (at - read_.load(std::memory_order_acquire) == slots_.size()) return false;
    fill(slots_[at & mask_]);
    written_.store(at + 1, std::memory_order_release);
    return true;
  }

 private:
  std::vector<T> slots_;
  const size_t mask_;
  alignas(64) std::atomic<size_t> written_{0};
  alignas(64) std::atomic<size_t> read_{0};
};

}  // namespace lintel::media
