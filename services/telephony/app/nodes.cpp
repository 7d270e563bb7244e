#include "services/telephony/app/nodes.h"

namespace lintel::telephony {
namespace {

constexpr size_t kMostCommands = 5000;

}  // namespace

std::optional<v1::NodeCommand> Nodes::Line::Next(std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, patience, [this] { return !waiting_.empty() || replaced_; });
  if (waiting_.empty()) return std::nullopt;
  v1::NodeCommand command = std::move(waiting_.front());
  waiting_.pop_front();
  return command;
}

bool Nodes::Line::replaced() const {
  const std::lock_guard lock(mutex_);
  return replaced_;
}

std::shared_ptr<Nodes::Line> Nodes::Attach(const std::string& node) {
  auto line = std::make_shared<Line>();
  const std::lock_guard lock(mutex_);
  Node& known = nodes_[node];
  if (known.line != nullptr) {
    const std::lock_guard old(known.line->mutex_);
    known.line->replaced_ = true;
    known.line->changed_.notify_all();
  }
  known.line = line;
  known.detached_at.reset();
  return line;
}

bool Nodes::IsAttached(const std::string& node) const {
  const std::lock_guard lock(mutex_);
  const auto found = nodes_.find(node);
  return found != nodes_.end() && found->second.line != nullptr;
}

void Nodes::Detach(const std::string& node, const std::shared_ptr<Line>& line) {
  const std::lock_guard lock(mutex_);
  Node& known = nodes_[node];
  if (known.line != line) return;
  known.line.reset();
  known.detached_at = std::chrono::steady_clock::now();
}

bool Nodes::Send(const std::string& node, v1::NodeCommand command) {
  const std::lock_guard lock(mutex_);
  const auto found = nodes_.find(node);
  if (found == nodes_.end() || found->second.line == nullptr) return false;
  Line& line = *found->second.line;
  const std::lock_guard on_line(line.mutex_);
  if (line.waiting_.size() >= kMostCommands) return false;
  line.waiting_.push_back(std::move(command));
  line.changed_.notify_one();
  return true;
}

std::vector<std::string> Nodes::TakeLost(SteadyTime since) {
  std::vector<std::string> lost;
  const std::lock_guard lock(mutex_);
  for (auto& [name, node] : nodes_) {
    if (!node.detached_at || *node.detached_at > since) continue;
    node.detached_at.reset();
    lost.push_back(name);
  }
  return lost;
}

std::unique_lock<std::mutex> Nodes::Turn(const std::string& node) {
  std::mutex* turn = nullptr;
  {
    const std::lock_guard lock(mutex_);
    turn = &nodes_[node].turn;
  }
  return std::unique_lock(*turn);
}

void Nodes::SetLastSequence(const std::string& node, int64_t sequence) {
  const std::lock_guard lock(mutex_);
  nodes_[node].last_sequence = sequence;
}

int64_t Nodes::LastSequence(const std::string& node) const {
  const std::lock_guard lock(mutex_);
  const auto found = nodes_.find(node);
  return found == nodes_.end() ? 0 : found->second.last_sequence;
}

}  // namespace lintel::telephony
