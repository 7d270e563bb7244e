// People, where they belong, and the checks that need no database. Ids are UUIDs in text.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "platform/clock/clock.h"
#include "services/identity/domain/rights.h"

namespace lintel::identity {

struct Operator {
  std::string id;
  std::string sign_in_name;  // Lower case.
  std::string display_name;
  std::string language = "zh-CN";
  std::optional<std::string> department_id;
  std::optional<std::string> team_id;
  std::vector<std::string> group_ids;
  bool all_projects = false;
  std::vector<std::string> project_ids;
  bool active = true;
  bool password_change_required = true;
  std::optional<Instant> lock_end_time;
  std::optional<Instant> last_sign_in_time;
  Instant created_time;
  Instant updated_time;
  int64_t version = 1;
};

struct Group {
  std::string id;
  std::string display_name;
  Grants grants;
  bool retired = false;
  int operator_count = 0;  // Active ones.
  int64_t version = 1;
};

// A department, or a team with the department it belongs to.
struct Place {
  std::string id;
  std::string display_name;
  std::optional<std::string> department_id;
  bool retired = false;
  int64_t version = 1;
};

// In lower case. INVALID_ARGUMENT unless 2 to 40 of a-z 0-9 . _ -
absl::StatusOr<std::string> CheckSignInName(const std::string& field, const std::string& name);

// "zh-CN" for an empty one; INVALID_ARGUMENT for any language the product does not speak.
absl::StatusOr<std::string> CheckLanguage(const std::string& field, const std::string& language);

inline constexpr size_t kMostGroups = 20;
inline constexpr size_t kMostProjects = 200;
inline constexpr char kManageOperators[] = "operator.manage";

}  // namespace lintel::identity
