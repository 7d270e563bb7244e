#include "gateway/live/live_event.h"

#include <fmt/format.h>

#include "gateway/contract/json_scalars.h"
#include "gateway/text/json_value.h"

namespace lintel::gateway {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// "projects/{p}" at the start of a resource name.
std::string ProjectOf(const std::string& name) {
  static constexpr std::string_view kProjects = "projects/";
  return name.starts_with(kProjects) ? name.substr(0, name.find('/', kProjects.size())) : "";
}

std::string IdOf(const std::string& name) { return name.substr(name.rfind('/') + 1); }

}  // namespace

std::shared_ptr<const LiveEvent> LiveEvent::Durable(const Core& core, const std::string& service,
                                                    const event::v1::Event& event) {
  std::shared_ptr<LiveEvent> made(new LiveEvent(core, service));
  made->position_ = {event.epoch(), event.position()};
  made->aggregate_ = event.aggregate();
  made->time_ = TimestampText({event.occurred_time().seconds(), event.occurred_time().nanos()});
  return made->Decode(event.tenant_id(), event.type(), event.payload()) ? made : nullptr;
}

std::shared_ptr<const LiveEvent> LiveEvent::Passing(const Core& core, const std::string& service,
                                                    const event::v1::Signal& signal) {
  std::shared_ptr<LiveEvent> made(new LiveEvent(core, service));
  made->aggregate_ = signal.aggregate();
  made->time_ = TimestampText({signal.occurred_time().seconds(), signal.occurred_time().nanos()});
  made->only_operator_ = signal.operator_name();
  return made->Decode(signal.tenant_id(), signal.type(), signal.payload()) ? made : nullptr;
}

std::shared_ptr<const LiveEvent> LiveEvent::Unknown(const Core& core, const std::string& service,
                                                    const event::v1::Event& event) {
  std::shared_ptr<LiveEvent> made(new LiveEvent(core, service));
  made->position_ = {event.epoch(), event.position()};
  return made;
}

bool LiveEvent::Decode(int64_t tenant, const std::string& type, const std::string& payload) {
  tenant_ = tenant;
  type_ = core_.contract->FindEvent(type);
  if (type_ == nullptr) return false;
  payload_ = core_.contract->New(type_->descriptor);
  if (!payload_->ParseFromString(payload)) return false;
  const auth::EventTopic& topic = type_->topic;
  const auto first = [](std::vector<std::string> texts) { return texts.empty() ? std::string() : texts.front(); };
  project_ = first(Texts(topic.project_field().empty() ? "project" : topic.project_field()));
  if (project_.empty()) project_ = ProjectOf(aggregate_);
  operators_ = Texts(topic.operator_field());
  team_ = first(Texts(topic.team_field()));
  ended_session_ = first(Texts(topic.session_field()));
  return true;
}

std::vector<std::string> LiveEvent::Texts(const std::string& name) const {
  std::vector<std::string> texts;
  const FieldDescriptor* field = name.empty() ? nullptr : type_->descriptor->FindFieldByName(name);
  if (field == nullptr || field->type() != FieldDescriptor::TYPE_STRING) return texts;
  const auto* reflection = payload_->GetReflection();
  if (!field->is_repeated()) {
    texts.push_back(reflection->GetString(*payload_, field));
    return texts;
  }
  for (int i = 0; i < reflection->FieldSize(*payload_, field); ++i)
    texts.push_back(reflection->GetRepeatedString(*payload_, field, i));
  return texts;
}

bool LiveEvent::MayHear(const Principal& listener) const {
  if (type_ == nullptr || tenant_ != listener.tenant) return false;
  if (!only_operator_.empty() && only_operator_ != listener.operator_name) return false;
  const bool concerned = std::find(operators_.begin(), operators_.end(), listener.operator_name) != operators_.end();
  const std::string& right = type_->topic.right();
  if (right.empty()) return type_->topic.operator_field().empty() || concerned;
  if (!listener.Has(right)) return false;
  const Scope scope = listener.ScopeOf(right);
  switch (scope.reach) {
    case Scope::Reach::kTenant:
      return true;
    case Scope::Reach::kProject:
      return scope.all_projects || (!project_.empty() && scope.MayUseProject(IdOf(project_)));
    case Scope::Reach::kTeam:
      return concerned || (!team_.empty() && team_ == listener.team) || only_operator_ == listener.operator_name;
    case Scope::Reach::kOwn:
      return concerned || only_operator_ == listener.operator_name;
  }
  return false;
}

const std::string& LiveEvent::Json(const Principal& listener) const {
  const bool masks = core_.contract->HasMasks(type_->descriptor);
  const bool hide_phones = masks && !listener.Has("customer.phone.read");
  const bool hide_ids = masks && !listener.Has("customer.id.read");
  const size_t form = (hide_phones ? 1u : 0u) + (hide_ids ? 2u : 0u);
  std::call_once(made_[form], [&] { json_[form] = MakeJson(hide_phones, hide_ids); });
  return json_[form];
}

std::string LiveEvent::MakeJson(bool hide_phones, bool hide_ids) const {
  std::string json = "{\"type\":";
  AppendJsonString(type_->descriptor->full_name(), json);
  json += ",\"service\":";
  AppendJsonString(service_, json);
  json += fmt::format(",\"epoch\":\"{}\",\"position\":\"{}\",\"aggregate\":", position_.epoch, position_.number);
  AppendJsonString(aggregate_, json);
  json += ",\"occurredTime\":";
  AppendJsonString(time_, json);
  json += ",\"payload\":";
  if (hide_phones || hide_ids) {
    const std::unique_ptr<Message> masked(payload_->New());
    masked->CopyFrom(*payload_);
    core_.contract->Mask(masked.get(), hide_phones, hide_ids);
    core_.writer.Append(*masked, json);
  } else {
    core_.writer.Append(*payload_, json);
  }
  return json + "}";
}

}  // namespace lintel::gateway
