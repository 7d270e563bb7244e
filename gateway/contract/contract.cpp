#include "gateway/contract/contract.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.pb.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include "absl/strings/str_split.h"
#include "google/api/annotations.pb.h"
#include "platform/status/status.h"

namespace lintel::gateway {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptorSet;
using google::protobuf::MethodDescriptor;

constexpr char kHttpBody[] = "google.api.HttpBody";

// Options of a dynamic pool hide extensions among unknown fields; parsing them again makes the compiled-in ones
// visible.
template <class Options>
Options Visible(const Options& options) {
  Options visible;
  visible.ParseFromString(options.SerializeAsString());
  return visible;
}

// "x" of a package lintel.x.v1.
std::string BackendOf(const MethodDescriptor* method) {
  const std::vector<std::string> parts = absl::StrSplit(method->file()->package(), '.');
  return parts.size() == 3 && parts[0] == "lintel" ? parts[1] : "";
}

const FieldDescriptor* TextField(const Descriptor* type, const std::string& name) {
  const FieldDescriptor* field = type->FindFieldByName(name);
  const bool usable = field != nullptr && field->type() == FieldDescriptor::TYPE_STRING && !field->is_repeated();
  return usable ? field : nullptr;
}

bool HasBytes(const Descriptor* type, std::set<const Descriptor*>& seen) {
  if (!seen.insert(type).second) return false;
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor* field = type->field(i);
    if (field->type() == FieldDescriptor::TYPE_BYTES) return true;
    if (field->message_type() != nullptr && HasBytes(field->message_type(), seen)) return true;
  }
  return false;
}

Method::Shape ShapeOf(const MethodDescriptor* method) {
  if (method->client_streaming()) return Method::Shape::kUpload;
  if (method->output_type()->full_name() == kHttpBody) return Method::Shape::kBytes;
  return method->server_streaming() ? Method::Shape::kEvents : Method::Shape::kUnary;
}

std::pair<std::string, std::string> VerbAndTemplate(const google::api::HttpRule& rule) {
  switch (rule.pattern_case()) {
    case google::api::HttpRule::kGet:
      return {"GET", rule.get()};
    case google::api::HttpRule::kPost:
      return {"POST", rule.post()};
    case google::api::HttpRule::kPut:
      return {"PUT", rule.put()};
    case google::api::HttpRule::kPatch:
      return {"PATCH", rule.patch()};
    case google::api::HttpRule::kDelete:
      return {"DELETE", rule.delete_()};
    default:
      return {"", ""};
  }
}

}  // namespace

const FieldDescriptor* FindOneField(const Descriptor* type, const std::string& name) {
  const FieldDescriptor* field = type->FindFieldByName(name);
  if (field != nullptr) return field;
  for (int i = 0; i < type->field_count(); ++i) {
    if (type->field(i)->json_name() == name) return type->field(i);
  }
  return nullptr;
}

const FieldDescriptor* FindField(const Descriptor* type, const std::string& path) {
  const FieldDescriptor* field = nullptr;
  for (const auto& part : absl::StrSplit(path, '.')) {
    if (type == nullptr) return nullptr;
    field = FindOneField(type, std::string(part));
    if (field == nullptr) return nullptr;
    type = field->is_repeated() ? nullptr : field->message_type();
  }
  return field;
}

absl::StatusOr<std::unique_ptr<Contract>> Contract::Load(const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return absl::NotFoundError("cannot read the descriptors in " + file);
  std::ostringstream bytes;
  bytes << stream.rdbuf();
  return FromBytes(bytes.str());
}

absl::StatusOr<std::unique_ptr<Contract>> Contract::FromBytes(const std::string& bytes) {
  std::unique_ptr<Contract> contract(new Contract);
  RETURN_IF_ERROR(contract->Build(bytes));
  return contract;
}

absl::Status Contract::Build(const std::string& bytes) {
  FileDescriptorSet files;
  if (!files.ParseFromString(bytes)) return absl::InvalidArgumentError("the descriptors are not a FileDescriptorSet");
  for (const auto& file : files.file()) {
    const google::protobuf::FileDescriptor* built = pool_.BuildFile(file);
    if (built == nullptr)
      return absl::InvalidArgumentError("the descriptor of " + file.name() + " does not fit the others");
    for (int i = 0; i < built->message_type_count(); ++i) AddEvents(built->message_type(i));
    for (int s = 0; s < built->service_count(); ++s) {
      for (int m = 0; m < built->service(s)->method_count(); ++m)
        RETURN_IF_ERROR(AddMethod(built->service(s)->method(m)));
    }
  }
  std::stable_sort(routes_.begin(), routes_.end(),
                   [](const Route& one, const Route& other) { return one.path.MoreLiteralThan(other.path); });
  return CheckRoutes();
}

absl::Status Contract::AddMethod(const MethodDescriptor* descriptor) {
  const google::protobuf::MethodOptions options = Visible(descriptor->options());
  std::set<const Descriptor*> seen;
  const Method::Shape shape = ShapeOf(descriptor);
  methods_.push_back(std::make_unique<Method>(Method{
      .descriptor = descriptor,
      .path = "/" + descriptor->service()->full_name() + "/" + descriptor->name(),
      .backend = BackendOf(descriptor),
      .shape = shape,
      .rule = options.GetExtension(auth::rule),
      .session = options.GetExtension(auth::session),
      .by_prefix = options.GetExtension(auth::operation_by_prefix),
      .principal = options.GetExtension(auth::principal),
      .signals = options.GetExtension(auth::signals),
      .has_bytes = shape != Method::Shape::kUpload && HasBytes(descriptor->input_type(), seen),
      .request_id = TextField(descriptor->input_type(), "request_id"),
      .refresh_token = TextField(descriptor->input_type(), "refresh_token"),
      .reply_etag = TextField(descriptor->output_type(), "etag"),
  }));
  const Method& method = *methods_.back();
  if (method.principal) {
    if (principal_ != nullptr) return absl::InvalidArgumentError("two methods answer the principal: " + method.path);
    principal_ = &method;
  }
  // What only services may call has no place outside, whatever its annotation says.
  return method.rule.internal() ? absl::OkStatus() : AddRoutes(method);
}

absl::Status Contract::AddRoutes(const Method& method) {
  const google::protobuf::MethodOptions options = Visible(method.descriptor->options());
  if (!options.HasExtension(google::api::http)) return absl::OkStatus();
  const google::api::HttpRule& first = options.GetExtension(google::api::http);
  std::vector<google::api::HttpRule> rules{first};
  rules.insert(rules.end(), first.additional_bindings().begin(), first.additional_bindings().end());
  for (const auto& rule : rules) {
    const auto [verb, text] = VerbAndTemplate(rule);
    if (verb.empty()) return absl::InvalidArgumentError(method.path + " has an HTTP rule without a verb");
    ASSIGN_OR_RETURN(PathTemplate path, PathTemplate::Parse(text));
    Route route{.method = &method, .verb = verb, .path = std::move(path), .whole_body = rule.body() == "*"};
    const Descriptor* input = method.descriptor->input_type();
    for (const std::string& field : route.path.Fields()) {
      const FieldDescriptor* found = FindField(input, field);
      if (found == nullptr || found->is_repeated()) {
        return absl::InvalidArgumentError(
            fmt::format("{}: {} has no field {}", method.path, input->full_name(), field));
      }
    }
    if (!route.whole_body && !rule.body().empty()) {
      route.body = input->FindFieldByName(rule.body());
      if (route.body == nullptr) return absl::InvalidArgumentError(method.path + ": no field " + rule.body());
    }
    if (!rule.response_body().empty()) {
      route.response = method.descriptor->output_type()->FindFieldByName(rule.response_body());
      if (route.response == nullptr)
        return absl::InvalidArgumentError(method.path + ": no field " + rule.response_body());
    }
    routes_.push_back(std::move(route));
  }
  return absl::OkStatus();
}

absl::Status Contract::CheckRoutes() {
  std::map<std::string, const Method*> taken;
  for (const Route& route : routes_) {
    std::vector<std::string> ignored;
    std::string shape = route.verb + " " + route.path.OpenApiPath(&ignored);
    for (const std::string& name : ignored) {
      const size_t at = shape.find("{" + name + "}");
      shape.replace(at, name.size() + 2, "*");
    }
    const auto [entry, added] = taken.emplace(shape, route.method);
    if (!added)
      return absl::InvalidArgumentError(
          fmt::format("{} and {} share {}", entry->second->path, route.method->path, shape));
  }
  return absl::OkStatus();
}

void Contract::AddEvents(const Descriptor* type) {
  const google::protobuf::MessageOptions options = Visible(type->options());
  if (!options.HasExtension(auth::event)) return;
  const auth::EventTopic& topic = options.GetExtension(auth::event);
  events_[type->full_name()] = {type, topic};
  FindMasks(type);
  if (std::find(topics_.begin(), topics_.end(), topic.topic()) == topics_.end()) topics_.push_back(topic.topic());
}

const EventType* Contract::FindEvent(const std::string& type) const {
  const auto found = events_.find(type);
  return found == events_.end() ? nullptr : &found->second;
}

std::unique_ptr<google::protobuf::Message> Contract::New(const Descriptor* type) const {
  return std::unique_ptr<google::protobuf::Message>(factory_.GetPrototype(type)->New());
}

}  // namespace lintel::gateway
