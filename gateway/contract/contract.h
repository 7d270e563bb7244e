// The contract as the gateway serves it: descriptors read at start, their options made visible, one route per binding
// of google.api.http. Nothing in here knows an endpoint.
#pragma once

#include <google/protobuf/descriptor.h>
#include <google/protobuf/dynamic_message.h>
#include <google/protobuf/message.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "gateway/text/path_template.h"
#include "lintel/auth/rule.pb.h"

namespace lintel::gateway {

// One RPC. Descriptors belong to the contract's pool.
struct Method {
  enum class Shape {
    kUnary,   // JSON in, JSON out.
    kBytes,   // Answers google.api.HttpBody or a stream of it: bytes out.
    kEvents,  // Another server stream: server-sent events out.
    kUpload,  // Takes a stream of google.api.HttpBody: bytes in, JSON out.
  };
  const google::protobuf::MethodDescriptor* descriptor;
  std::string path;     // "/lintel.x.v1.XService/Method"
  std::string backend;  // "x" of lintel.x.v1; empty when only the id's prefix says.
  Shape shape;
  auth::Rule rule;
  auth::SessionStep session;
  bool by_prefix;
  bool principal;
  bool signals;
  bool has_bytes;  // The request carries a field of bytes: a larger body is allowed.
  const google::protobuf::FieldDescriptor* request_id;     // Filled from Idempotency-Key; null: none.
  const google::protobuf::FieldDescriptor* refresh_token;  // Of the request; null: none.
  const google::protobuf::FieldDescriptor* reply_etag;     // Top-level `etag` of the reply; null: none.
};

struct Route {
  const Method* method;
  std::string verb;  // "GET"
  PathTemplate path;
  bool whole_body;                                    // body: "*"
  const google::protobuf::FieldDescriptor* body;      // body: "field"; null: none
  const google::protobuf::FieldDescriptor* response;  // response_body: "field"; null: all of it
};

// What a payload type says about who hears it.
struct EventType {
  const google::protobuf::Descriptor* descriptor;
  auth::EventTopic topic;
};

class Contract {
 public:
  // Reads a FileDescriptorSet (protoc --include_imports --include_source_info). Refuses methods whose template names a
  // field that does not exist, and two routes of the same shape.
  static absl::StatusOr<std::unique_ptr<Contract>> Load(const std::string& file);
  static absl::StatusOr<std::unique_ptr<Contract>> FromBytes(const std::string& bytes);

  const std::vector<std::unique_ptr<Method>>& methods() const { return methods_; }
  const std::vector<Route>& routes() const { return routes_; }
  const EventType* FindEvent(const std::string& type) const;
  const std::map<std::string, EventType>& events() const { return events_; }
  // Every topic of the contract's events.
  const std::vector<std::string>& topics() const { return topics_; }
  // The one method marked `principal`; null: none.
  const Method* principal() const { return principal_; }
  const google::protobuf::DescriptorPool& pool() const { return pool_; }

  // Whether a field that must be masked can occur in an event of this type; hiding what must not be seen.
  bool HasMasks(const google::protobuf::Descriptor* type) const;
  void Mask(google::protobuf::Message* message, bool hide_phones, bool hide_ids) const;

  // A new message of a type of this contract. Threads: any.
  std::unique_ptr<google::protobuf::Message> New(const google::protobuf::Descriptor* type) const;

 private:
  Contract() = default;
  absl::Status Build(const std::string& bytes);
  absl::Status AddMethod(const google::protobuf::MethodDescriptor* descriptor);
  absl::Status AddRoutes(const Method& method);
  absl::Status CheckRoutes();
  bool FindMasks(const google::protobuf::Descriptor* type);
  void AddEvents(const google::protobuf::Descriptor* type);

  google::protobuf::DescriptorPool pool_;
  mutable google::protobuf::DynamicMessageFactory factory_;
  std::vector<std::unique_ptr<Method>> methods_;
  std::vector<Route> routes_;
  std::map<std::string, EventType> events_;
  std::vector<std::string> topics_;
  std::map<const google::protobuf::Descriptor*, bool> has_masks_;
  std::map<const google::protobuf::FieldDescriptor*, auth::Mask> masks_;
  const Method* principal_ = nullptr;
};

// Follows "room.name" through singular messages; null when it leads nowhere. Takes names as in the proto or in JSON.
const google::protobuf::FieldDescriptor* FindField(const google::protobuf::Descriptor* type, const std::string& path);
const google::protobuf::FieldDescriptor* FindOneField(const google::protobuf::Descriptor* type,
                                                      const std::string& name);

}  // namespace lintel::gateway
