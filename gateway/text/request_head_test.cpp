#include "gateway/text/request_head.h"

#include <gtest/gtest.h>

#include <string>

#include "gateway/limits.h"

namespace lintel::gateway {
namespace {

constexpr char kHost[] = "Host: x\r\n";

std::string Head(const std::string& fields, const std::string& first = "POST / HTTP/1.1") {
  return first + "\r\n" + fields + "\r\n";
}

TEST(RequestHead, EndsWithItsEmptyLineWhateverFollows) {
  const std::string head = Head(kHost);
  EXPECT_EQ(CheckHead(head + "GET /next").size, head.size());
  EXPECT_EQ(CheckHead(head).refusal, 0);
  for (size_t size = 0; size < head.size(); ++size) {
    EXPECT_EQ(CheckHead(head.substr(0, size)).size, 0u) << size;
    EXPECT_EQ(CheckHead(head.substr(0, size)).refusal, 0) << size;
  }
}

TEST(RequestHead, IsTakenWithOneWayToSayWhereTheBodyEnds) {
  for (const std::string fields :
       {"Content-Length: 5\r\n", "Transfer-Encoding: chunked\r\n", "X: a\tb\r\n", "X:\r\n"}) {
    EXPECT_EQ(CheckHead(Head(kHost + fields)).refusal, 0) << fields;
  }
  EXPECT_EQ(CheckHead(Head("", "GET / HTTP/1.0")).refusal, 0);
}

TEST(RequestHead, IsRefusedWhereTwoReadersMayDisagree) {
  for (const std::string fields : {"Content-Length: 5\r\nContent-Length: 6\r\n",
                                   "Content-Length: 5\r\nContent-Length: 5\r\n",
                                   "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                                   "Transfer-Encoding: chunked\r\ncontent-length: 5\r\n",
                                   "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
                                   "Transfer-Encoding: gzip, chunked\r\n",
                                   "Transfer-Encoding: xchunked\r\n",
                                   "Transfer-Encoding: chunked\x0B\r\n",
                                   "Content-Length: +5\r\n",
                                   "Content-Length: 5, 5\r\n",
                                   "Content-Length: 0x5\r\n",
                                   "Content-Length:\r\n",
                                   "Content-Length : 5\r\n",
                                   "X: a\r\n folded\r\n",
                                   " X: a\r\n",
                                   "X: a\rb\r\n",
                                   "X: a\nb: c\r\n",
                                   "X\r\n",
                                   ": a\r\n",
                                   "Host: y\r\n"}) {
    EXPECT_EQ(CheckHead(Head(kHost + fields)).refusal, 400) << fields;
  }
  EXPECT_EQ(CheckHead(Head(std::string("Host: x\r\nX: a\0b\r\n", 17))).refusal, 400);
  EXPECT_EQ(CheckHead(Head("")).refusal, 400);
  EXPECT_EQ(CheckHead(Head("Transfer-Encoding: chunked\r\n", "POST / HTTP/1.0")).refusal, 400);
  EXPECT_EQ(CheckHead("\r\n").refusal, 400);
}

TEST(RequestHead, IsRefusedAtTheFirstBareLineFeed) { EXPECT_EQ(CheckHead("GET / HTTP/1.1\nHo").refusal, 400); }

TEST(RequestHead, MayBeAsLongAsTheLimitAndNotOneByteLonger) {
  const auto of_size = [](size_t size) {
    const size_t rest = Head(std::string(kHost) + "X: \r\n").size();
    return Head(kHost + ("X: " + std::string(size - rest, 'x')) + "\r\n");
  };
  EXPECT_EQ(CheckHead(of_size(limits::kLargestHeader)).size, limits::kLargestHeader);
  EXPECT_EQ(CheckHead(of_size(limits::kLargestHeader + 1)).refusal, 431);
  EXPECT_EQ(CheckHead(of_size(limits::kLargestHeader + 1).substr(0, limits::kLargestHeader)).refusal, 431);
  EXPECT_EQ(CheckHead(of_size(limits::kLargestHeader).substr(0, limits::kLargestHeader - 1)).refusal, 0);
}

}  // namespace
}  // namespace lintel::gateway
