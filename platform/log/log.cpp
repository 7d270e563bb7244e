#include "platform/log/log.h"

#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "platform/clock/clock.h"

namespace lintel::log {
namespace {

std::string process_name = "lintel";

// JSON string contents; invalid UTF-8 is left to the reader, control characters are escaped.
std::string Escape(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += fmt::format("\\u{:04x}", static_cast<int>(c));
    } else {
      out += c;
    }
  }
  return out;
}

void Write(spdlog::level::level_enum level, const char* name, const std::string& event, const Fields& fields) {
  static const auto logger = [] {
    auto made = spdlog::stderr_logger_mt("lintel");
    made->set_pattern("%v");
    return made;
  }();
  std::string line = fmt::format(R"({{"time":"{}","level":"{}","process":"{}","event":"{}")", ToRfc3339(WallClock()),
                                 name, process_name, Escape(event));
  for (const auto& [key, value] : fields) line += fmt::format(R"(,"{}":"{}")", key, Escape(value));
  logger->log(level, "{}", line + "}");
}

}  // namespace

void Start(const std::string& process) { process_name = process; }
void Info(const std::string& event, const Fields& fields) { Write(spdlog::level::info, "info", event, fields); }
void Warn(const std::string& event, const Fields& fields) { Write(spdlog::level::warn, "warn", event, fields); }
void Error(const std::string& event, const Fields& fields) { Write(spdlog::level::err, "error", event, fields); }

}  // namespace lintel::log
