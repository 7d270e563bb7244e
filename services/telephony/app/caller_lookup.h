// Asks customers who is calling, beside the flow and never in its way: 300 ms, then the call goes on without.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "lintel/customers/v1/customers.pb.h"
#include "platform/client/channel.h"

namespace lintel::telephony {

class CallerLookUp {
 public:
  using Answer = std::function<void(const std::string& call, const customers::v1::LookUpCallerResponse&)>;

  CallerLookUp(Channel& customers, Answer answer) : customers_(customers), answer_(std::move(answer)) {}
  ~CallerLookUp() { Stop(); }

  // Returns at once. Beyond kMostWaiting the question is dropped: the card then shows the call alone.
  void Ask(int64_t tenant, const std::string& call, const std::string& number);

  void Start();
  void Stop();

 private:
  struct Question {
    int64_t tenant;
    std::string call;
    std::string number;
  };
  void Loop();

  Channel& customers_;
  const Answer answer_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Question> waiting_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace lintel::telephony
