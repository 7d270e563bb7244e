// Codes of the code tables, and the values of settings and features that differ from their defaults.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "platform/pg/transaction.h"

namespace lintel::identity {

struct Code {
  std::string code_table;
  std::string code;
  std::string label_zh;
  std::string label_en;
  int position = 0;
  bool retired = false;
  int64_t version = 1;
};

class CodeStore {
 public:
  static constexpr int kMostPerTable = 500;

  explicit CodeStore(pg::Transaction& tx) : tx_(tx) {}

  std::vector<Code> ListCodes(const std::string& code_table, bool show_retired);
  absl::StatusOr<Code> FindForUpdate(const std::string& code_table, const std::string& code);
  // At the end of the order unless it has a position. ALREADY_EXISTS TABLE_CODE_TAKEN.
  absl::Status Insert(Code& code);
  void Update(const Code& code);

 private:
  pg::Transaction& tx_;
};

// A value that somebody set; version 0 stands for "never set".
struct StoredValue {
  std::string value;
  int64_t version = 0;
};

class SettingStore {
 public:
  explicit SettingStore(pg::Transaction& tx) : tx_(tx) {}

  std::map<std::string, StoredValue> ListSettings();
  std::map<std::string, StoredValue> ListFeatures();  // "true" or "false"
  // Writes version `version`; nothing is written and false returned when somebody else was first.
  bool WriteSetting(const std::string& key, const StoredValue& value);
  bool WriteFeature(const std::string& key, const StoredValue& value);

 private:
  pg::Transaction& tx_;
};

}  // namespace lintel::identity
