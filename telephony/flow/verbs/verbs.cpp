#include "telephony/flow/verbs/verbs.h"

#include "telephony/flow/run.h"

namespace lintel::flow {
namespace {

struct Verb {
  const char* name;
  NodePointer (*make)(const Json&);
};
constexpr Verb kVerbs[] = {
    {"play", &MakePlay},         {"say", &MakeSay},     {"menu", &MakeMenu},     {"collect", &MakeCollect},
    {"hours", &MakeHours},       {"queue", &MakeQueue}, {"lookup", &MakeLookup}, {"set", &MakeSet},
    {"branch", &MakeBranch},     {"goto", &MakeGoto},   {"dial", &MakeDial},     {"hangup", &MakeHangup},
    {"fallback", &MakeFallback},
};

}  // namespace

NodePointer MakeNode(const Json& json) {
  const auto& name = json.at("verb").get_ref<const std::string&>();
  for (const Verb& verb : kVerbs) {
    if (name == verb.name) return verb.make(json);
  }
  return nullptr;
}

std::string TextOf(const Json& json, const char* field, const std::string& otherwise) {
  return json.contains(field) ? json.at(field).get<std::string>() : otherwise;
}

std::vector<std::string> StringsOf(const Json& json, const char* field) {
  return json.contains(field) ? json.at(field).get<std::vector<std::string>>() : std::vector<std::string>{};
}

std::map<std::string, std::string> MapOf(const Json& json, const char* field) {
  return json.contains(field) ? json.at(field).get<std::map<std::string, std::string>>()
                              : std::map<std::string, std::string>{};
}

void Node::OnDigit(char digit, Run& run) const { run.KeepTyped(digit); }
void Node::OnPromptsOver(Run&) const {}
void Node::OnTimeout(Run&) const {}
void Node::OnAction(const ActionAnswered&, Run&) const {}
void Node::OnActionFailed(Run&) const {}
void Node::OnQueueLeft(QueueOutcome, Run&) const {}
void Node::OnDialEnded(DialOutcome, Run&) const {}

}  // namespace lintel::flow
