// The media nodes that are attached, and the commands on their way to each.
#pragma once

#include <condition_variable>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "lintel/telephony/v1/call_control.pb.h"

namespace lintel::telephony {

class Nodes {
 public:
  using SteadyTime = std::chrono::steady_clock::time_point;

  // One open stream to a node. A newer one of the same node replaces it.
  class Line {
   public:
    // The next command, or nothing after `patience`.
    std::optional<v1::NodeCommand> Next(std::chrono::milliseconds patience);
    bool replaced() const;

   private:
    friend class Nodes;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<v1::NodeCommand> waiting_;  // At most kMostCommands
    bool replaced_ = false;
  };

  std::shared_ptr<Line> Attach(const std::string& node);
  bool IsAttached(const std::string& node) const;
  // The stream ended; calls on it may still be up.
  void Detach(const std::string& node, const std::shared_ptr<Line>& line);

  // False when the node has no line, or too many commands wait: the command is lost and a deadline will tell.
  bool Send(const std::string& node, v1::NodeCommand command);

  // Nodes without a line since before `since`; each is named once.
  std::vector<std::string> TakeLost(SteadyTime since);

  // While it is held nothing else is taken from this node: reports have an order, and come after what the node said
  // when it attached.
  std::unique_lock<std::mutex> Turn(const std::string& node);

  // The last report that was taken. They come in order and may come again; a node that restarts counts on from a higher
  // number.
  int64_t LastSequence(const std::string& node) const;
  void SetLastSequence(const std::string& node, int64_t sequence);

 private:
  struct Node {
    std::shared_ptr<Line> line;
    std::optional<SteadyTime> detached_at;
    int64_t last_sequence = 0;
    std::mutex turn;
  };
  mutable std::mutex mutex_;
  std::map<std::string, Node> nodes_;  // Never erased.
};

}  // namespace lintel::telephony
