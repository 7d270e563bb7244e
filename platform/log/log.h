// Structured logs: one JSON line per event on standard error, UTC. No personal data in clear: phones and names never
// get here.
#pragma once

#include <map>
#include <string>

namespace lintel::log {

using Fields = std::map<std::string, std::string>;

// Names the process in every line. Call once, first thing in main.
void Start(const std::string& process);

// `event` is a short fixed sentence ("listening", "relay sealed"), what varies goes into fields. Threads: any.
void Info(const std::string& event, const Fields& fields = {});
void Warn(const std::string& event, const Fields& fields = {});
void Error(const std::string& event, const Fields& fields = {});

}  // namespace lintel::log
