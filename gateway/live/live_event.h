// One event as listeners hear it: decoded once, its audience known, its JSON made when the first listener wants it.
#pragma once

#include <google/protobuf/message.h>

#include <array>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "gateway/call/core.h"
#include "gateway/text/position.h"
#include "lintel/event/v1/event.pb.h"
#include "platform/auth/principal.h"

namespace lintel::gateway {

class LiveEvent {
 public:
  // Null when the type is not an event of the contract, or the payload cannot be read.
  static std::shared_ptr<const LiveEvent> Durable(const Core& core, const std::string& service,
                                                  const event::v1::Event& event);
  static std::shared_ptr<const LiveEvent> Passing(const Core& core, const std::string& service,
                                                  const event::v1::Signal& signal);

  // One that nobody hears: its position keeps the order whole.
  static std::shared_ptr<const LiveEvent> Unknown(const Core& core, const std::string& service,
                                                  const event::v1::Event& event);

  const std::string& service() const { return service_; }
  const Position& position() const { return position_; }
  bool durable() const { return position_.number > 0; }
  // Empty for an unknown type.
  std::string topic() const { return type_ == nullptr ? "" : type_->topic.topic(); }
  // Not empty: this session is over.
  const std::string& ended_session() const { return ended_session_; }

  // Tenant, right and the reach of that right. A reach that the event does not allow to judge hears nothing.
  bool MayHear(const Principal& listener) const;
  // {"type","service","epoch","position","aggregate","occurredTime","payload"}, phones and ID numbers masked for
  // listeners without the right to them.
  const std::string& Json(const Principal& listener) const;

 private:
  LiveEvent(const Core& core, std::string service) : core_(core), service_(std::move(service)) {}
  bool Decode(int64_t tenant, const std::string& type, const std::string& payload);
  std::vector<std::string> Texts(const std::string& field) const;
  std::string MakeJson(bool hide_phones, bool hide_ids) const;

  const Core& core_;
  const std::string service_;
  Position position_;
  int64_t tenant_ = 0;
  const EventType* type_ = nullptr;
  std::string aggregate_;
  std::string time_;
  std::unique_ptr<google::protobuf::Message> payload_;
  std::string project_;
  std::vector<std::string> operators_;
  std::string team_;
  std::string only_operator_;
  std::string ended_session_;
  mutable std::array<std::once_flag, 4> made_;
  mutable std::array<std::string, 4> json_;
};

}  // namespace lintel::gateway
