#include "services/identity/domain/code_tables.h"

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "platform/status/status.h"

namespace lintel::identity {

std::vector<CodeTable> ReadCodeTables(const std::string& json) {
  try {
    std::vector<CodeTable> tables;
    const auto document = nlohmann::json::parse(json);
    for (const auto& entry : document.at("tables")) {
      CodeTable table{.table = entry.at("table"), .zh = entry.at("zh"), .en = entry.at("en"), .first_codes = {}};
      for (const auto& code : entry.at("codes")) {
        table.first_codes.push_back({.code = code.at("code"), .zh = code.at("zh"), .en = code.at("en")});
      }
      tables.push_back(std::move(table));
    }
    return tables;
  } catch (const nlohmann::json::exception& error) {
    throw std::invalid_argument(std::string("code_tables.json: ") + error.what());
  }
}

absl::Status CheckCode(const std::string& field, const std::string& code) {
  const bool plain = code.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos;
  if (code.empty() || code.size() > 40 || !plain) return InvalidField(field, "must be 1 to 40 of a-z, 0-9 and hyphen");
  return absl::OkStatus();
}

}  // namespace lintel::identity
