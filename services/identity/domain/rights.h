// The catalogue of rights (rights.json): what exists, and what the demo's groups have.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace lintel::identity {

// As lintel.auth.Scope; a wider reach is a larger number.
enum class Reach { kNone = 0, kOwn = 1, kTeam = 2, kProject = 3, kTenant = 4 };

using Grants = std::map<std::string, Reach>;  // By right.

struct Right {
  std::string right;  // "room.hold"
  std::string area;
  std::string zh;
  std::string en;
  bool sensitive = false;
};

struct DemoGroup {
  std::string group;  // "consultant"
  std::string zh;
  std::string en;
  Grants grants;
};

class RightCatalogue {
 public:
  // Throws std::invalid_argument when the file is malformed: a binary with a broken catalogue must not start.
  explicit RightCatalogue(const std::string& json);

  const std::vector<Right>& rights() const { return rights_; }
  const std::vector<DemoGroup>& demo_groups() const { return demo_groups_; }
  bool Knows(const std::string& right) const;

 private:
  std::vector<Right> rights_;
  std::vector<DemoGroup> demo_groups_;
};

// Nobody gives what they do not have. FAILED_PRECONDITION GROUP_TOO_STRONG names the right.
absl::Status CheckGrantable(const Grants& given, const Grants& giver);

// The widest reach of each right over several groups.
Grants Widest(const std::vector<Grants>& groups);

}  // namespace lintel::identity
