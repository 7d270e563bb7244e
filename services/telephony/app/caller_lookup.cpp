#include "services/telephony/app/caller_lookup.h"

namespace lintel::telephony {
namespace {

constexpr auto kLimit = std::chrono::milliseconds(300);
constexpr size_t kMostWaiting = 200;
constexpr int kThreads = 2;

}  // namespace

void CallerLookUp::Ask(int64_t tenant, const std::string& call, const std::string& number) {
  const std::lock_guard lock(mutex_);
  if (waiting_.size() >= kMostWaiting) return;
  waiting_.push_back({tenant, call, number});
  changed_.notify_one();
}

void CallerLookUp::Start() {
  for (int i = 0; i < kThreads; ++i) threads_.emplace_back([this] { Loop(); });
}

void CallerLookUp::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

void CallerLookUp::Loop() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
    if (stopping_) return;
    const Question question = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    customers::v1::LookUpCallerRequest request;
    request.set_number(question.number);
    const CallOptions options{.deadline = std::chrono::steady_clock::now() + kLimit, .tenant = question.tenant};
    const auto found = customers_.Call<customers::v1::LookUpCallerResponse>(
        "lintel.customers.v1.CustomersService/LookUpCaller", request, options);
    if (found.ok()) answer_(question.call, *found);
    lock.lock();
  }
}

}  // namespace lintel::telephony
