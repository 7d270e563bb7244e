// goto: a name for a place that several others lead to.
#include "telephony/flow/run.h"
#include "telephony/flow/verbs/verbs.h"

namespace lintel::flow {
namespace {

class Goto final : public Node {
 public:
  explicit Goto(const Json& json) : next_(TextOf(json, "next")) {}

  void Enter(Run& run) const override { run.Follow("next", next_); }
  std::vector<Edge> Edges() const override { return {{"next", "next", next_}}; }
  bool Waits() const override { return false; }

 private:
  std::string next_;
};

}  // namespace

NodePointer MakeGoto(const Json& json) { return std::make_unique<Goto>(json); }

}  // namespace lintel::flow
