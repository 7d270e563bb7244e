// The values telephony keeps beside the distributor's floor: how calls come in and who may take them.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "platform/clock/clock.h"

namespace lintel::telephony {

struct QueueRecord {
  std::string id;
  std::string display_name;
  int ring_limit_ms = 20'000;
  int max_wait_ms = 600'000;
  int wrap_up_ms = 0;
  int max_waiting = 200;
  int64_t version = 1;
  int64_t tenant = 0;
};

struct FlowRecord {
  std::string id;
  std::string display_name;
  int current_version = 0;
};

struct FlowVersionRecord {
  std::string flow_id;
  int version = 0;
  std::string graph;
  std::string note;
  std::string author;
  Instant created_time;
};

struct TrunkRecord {
  std::string id;
  std::string display_name;
  std::string address;
  int64_t tenant = 0;
};

struct NumberRecord {
  std::string id;
  std::string number;
  std::string flow_id;
  std::string language;
  bool record = false;
};

struct AgentRecord {
  std::string id;
  std::string operator_id;
  std::string display_name;
  std::vector<std::string> queue_ids;
  int64_t version = 1;
  int64_t tenant = 0;
};

// One sign-on. The secret itself is never kept.
struct AgentSession {
  std::string agent_id;
  std::string account;
  std::string domain;
  std::string ha1;
  Instant expire_time;
};

// What a call to a number meets.
struct InboundRoute {
  int64_t tenant = 0;
  std::string flow;  // voiceFlows/{f}/versions/{n}
  std::string graph;
  std::string language;
  bool record = false;
};

// Everything a call needs to be answered, as PostgreSQL last told it (DESIGN 6: it may go away afterwards).
struct Snapshot {
  std::map<std::string, InboundRoute> routes;    // By dialled number
  std::map<std::string, TrunkRecord> trunks;     // By address
  std::map<std::string, QueueRecord> queues;     // By queues/{q}
  std::map<std::string, AgentRecord> agents;     // By agents/{a}
  std::map<std::string, AgentSession> sessions;  // By agents/{a}
  std::map<std::string, bool> was_ready;         // By agents/{a}: the last state written
};

}  // namespace lintel::telephony
