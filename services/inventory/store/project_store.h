// Projects, permits and price tables in SQL. Works inside the caller's transaction.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "platform/auth/principal.h"
#include "platform/pg/transaction.h"
#include "services/inventory/domain/room.h"

namespace lintel::inventory {

struct Permit {
  std::string id;
  std::string project_id;
  std::string number;
  Date valid_from;
  std::optional<Date> valid_until;  // Inclusive.
  std::vector<std::string> buildings;
  bool revoked = false;
  int64_t version = 1;

  // Whether rooms of `building` may be sold on `date` under it.
  bool Covers(const std::string& building, Date date) const;
};

struct Project {
  std::string id;
  std::string display_name;
  std::string time_zone = "Asia/Shanghai";
  std::string address;
  std::string escrow_account;
  int64_t version = 1;
  Instant created_time;
  Instant updated_time;
};

struct BuildingSummary {
  std::string display_name;
  std::vector<std::string> entrances;
  int room_count = 0;
  int lowest_floor = 0;
  int highest_floor = 0;
};

struct PriceTable {
  int version = 0;
  int rounding = 1;  // The proto's Rounding.
  int room_count = 0;
  Money list_value;
  std::string publisher;
  std::string note;
  Instant published_time;
};

// The columns id, display_name, time_zone, address, escrow_account, version, created_time, updated_time.
Project ToProject(const pqxx::row& row);

class ProjectStore {
 public:
  ProjectStore(pg::Transaction& tx, const Scope& scope) : tx_(tx), scope_(scope) {}

  // ALREADY_EXISTS when the name is taken in the tenant.
  absl::Status Insert(const Project& project);
  absl::StatusOr<Project> Find(const std::string& project_id);
  absl::StatusOr<Project> FindForUpdate(const std::string& project_id);
  absl::Status Save(Project& project);
  // State code -> rooms, per project.
  std::map<std::string, std::map<int, int>> CountRooms(const std::vector<std::string>& project_ids);

  // ALREADY_EXISTS when the project has a permit of this number.
  absl::Status InsertPermit(const Permit& permit);
  std::vector<Permit> Permits(const std::string& project_id);
  // By project, in the same order.
  std::map<std::string, std::vector<Permit>> PermitsOf(const std::vector<std::string>& project_ids);
  absl::StatusOr<Permit> FindPermit(const std::string& project_id, const std::string& permit_id);
  // As it is afterwards. The project's row must be locked.
  Permit RevokePermit(const Permit& permit);

  std::vector<BuildingSummary> Buildings(const std::string& project_id);

  std::vector<PriceTable> PriceTables(const std::string& project_id);
  // 0 when nothing was published.
  int LatestPriceVersion(const std::string& project_id);
  // The rooms' prices as they are now become version `table.version`.
  void InsertPriceTable(const std::string& project_id, const PriceTable& table, const std::vector<Room>& rooms);

 private:
  absl::StatusOr<Project> FindOne(const char* sql, const std::string& project_id);
  pg::Transaction& tx_;
  const Scope& scope_;
};

}  // namespace lintel::inventory
