#include "platform/group/group.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <thread>

#include "platform/status/status.h"

namespace lintel {
namespace {

using std::chrono::steady_clock;
using ::testing::ElementsAre;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

struct Order {
  int number = 0;
  int answer = 0;
};

// Groups whose work waits at a gate, so that a test decides what has come meanwhile.
class GroupsTest : public ::testing::Test {
 protected:
  static steady_clock::time_point Soon() { return steady_clock::now() + std::chrono::seconds(30); }

  void Work(const std::vector<Order*>& group) {
    std::unique_lock lock(mutex_);
    std::vector<int> numbers;
    for (const Order* order : group) numbers.push_back(order->number);
    begun_.push_back(numbers);
    changed_.notify_all();
    changed_.wait_until(lock, Soon(), [&] { return open_; });
    for (Order* order : group) order->answer = order->number * 10;
  }
  std::future<Order> Send(int number, int64_t key = 1) {
    return std::async(std::launch::async, [this, number, key] {
      Order order{.number = number};
      EXPECT_TRUE(groups_.Run(order, key, Soon()).ok());
      return order;
    });
  }
  bool WaitForBegun(size_t groups) {
    std::unique_lock lock(mutex_);
    return changed_.wait_until(lock, Soon(), [&] { return begun_.size() >= groups; });
  }
  void WaitForWaiting(size_t orders) {
    const auto deadline = Soon();
    while (groups_.waiting() < orders && steady_clock::now() < deadline) std::this_thread::yield();
  }
  void Open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = false;
  std::vector<std::vector<int>> begun_;
  Groups<Order> groups_{{.at_once = 1, .most_in_group = 3, .most_waiting = 4},
                        [this](const std::vector<Order*>& group) { Work(group); }};
};

TEST_F(GroupsTest, AnOrderThatFindsNobodyAtWorkIsWorkedAtOnce) {
  Open();
  EXPECT_EQ(Send(4).get().answer, 40);
  EXPECT_THAT(begun_, ElementsAre(ElementsAre(4)));
}

TEST_F(GroupsTest, OrdersThatComeMeanwhileGoTogether) {
  auto first = Send(1);
  ASSERT_TRUE(WaitForBegun(1));
  auto second = Send(2);
  auto third = Send(3);
  WaitForWaiting(2);
  Open();
  EXPECT_EQ(first.get().answer + second.get().answer + third.get().answer, 60);
  EXPECT_THAT(begun_, ElementsAre(ElementsAre(1), UnorderedElementsAre(2, 3)));
}

TEST_F(GroupsTest, AGroupHasOrdersOfOneKeyOnlyAndNoMoreThanTheLimit) {
  auto first = Send(1);
  ASSERT_TRUE(WaitForBegun(1));
  std::vector<std::future<Order>> sent;
  sent.push_back(Send(2, 7));
  WaitForWaiting(1);
  for (const int number : {3, 4, 5}) sent.push_back(Send(number));
  WaitForWaiting(4);
  Open();
  for (auto& order : sent) EXPECT_GT(order.get().answer, 0);
  EXPECT_THAT(begun_, ElementsAre(ElementsAre(1), ElementsAre(2), UnorderedElementsAre(3, 4, 5)));
}

TEST_F(GroupsTest, RefusesBeyondTheBound) {
  std::vector<std::future<Order>> sent;
  sent.push_back(Send(1));
  ASSERT_TRUE(WaitForBegun(1));
  for (const int number : {2, 3, 4, 5}) sent.push_back(Send(number));
  WaitForWaiting(4);
  Order late{.number = 6};
  EXPECT_EQ(ReasonOf(groups_.Run(late, 1, Soon())), "OVERLOADED");
  Open();
  for (auto& order : sent) EXPECT_GT(order.get().answer, 0);
  EXPECT_THAT(begun_, ElementsAre(SizeIs(1), SizeIs(3), SizeIs(1)));
  EXPECT_EQ(late.answer, 0);
}

TEST_F(GroupsTest, AnOrderThatWaitsPastItsDeadlineIsNeverWorked) {
  auto first = Send(1);
  ASSERT_TRUE(WaitForBegun(1));
  Order late{.number = 2};
  const absl::Status status = groups_.Run(late, 1, steady_clock::now());
  EXPECT_EQ(status.code(), absl::StatusCode::kDeadlineExceeded);
  Open();
  EXPECT_EQ(first.get().answer, 10);
  EXPECT_EQ(Send(3).get().answer, 30);
  EXPECT_THAT(begun_, ElementsAre(ElementsAre(1), ElementsAre(3)));
}

// The work of 3 ends only once 4, of another key, is in work beside it.
TEST_F(GroupsTest, EveryPlaceForAGroupIsUsed) {
  Groups<Order> two({.at_once = 2}, [this](const std::vector<Order*>& group) {
    const int number = group.front()->number;
    std::unique_lock lock(mutex_);
    begun_.push_back({number});
    changed_.notify_all();
    const auto may_end = [&] { return number == 3 ? begun_.size() == 4 : open_; };
    group.front()->answer = changed_.wait_until(lock, Soon(), may_end) ? 1 : -1;
  });
  std::vector<std::future<int>> sent;
  for (const int number : {1, 2, 3, 4}) {
    sent.push_back(std::async(std::launch::async, [&two, number] {
      Order order{.number = number};
      EXPECT_TRUE(two.Run(order, number, Soon()).ok());
      return order.answer;
    }));
    if (number <= 2) {
      ASSERT_TRUE(WaitForBegun(number));
    } else {
      const auto deadline = Soon();
      while (two.waiting() < size_t(number - 2) && steady_clock::now() < deadline) std::this_thread::yield();
    }
  }
  Open();
  for (auto& answer : sent) EXPECT_EQ(answer.get(), 1);
}

TEST_F(GroupsTest, WorkThatThrowsIsAnErrorOfItsGroupAlone) {
  Groups<Order> throwing({}, [](const std::vector<Order*>& group) {
    if (group.front()->number == 1) throw std::runtime_error("the disk is full");
    group.front()->answer = 1;
  });
  Order bad{.number = 1};
  EXPECT_EQ(throwing.Run(bad, 1, Soon()).code(), absl::StatusCode::kInternal);
  Order good{.number = 2};
  EXPECT_TRUE(throwing.Run(good, 1, Soon()).ok());
  EXPECT_EQ(good.answer, 1);
}

}  // namespace
}  // namespace lintel
