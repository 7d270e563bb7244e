#include "services/inventory/app/take_layouts.h"

#include "platform/ids/ids.h"
#include "platform/status/status.h"
#include "services/inventory/api/layouts_service.h"

namespace lintel::inventory {

absl::StatusOr<std::set<std::string>> NewLayouts(LayoutStore& layouts, const std::string& project_id,
                                                 const std::vector<Room>& rooms) {
  std::set<std::string> codes;
  for (const Room& room : rooms) {
    if (!room.layout.empty()) codes.insert(room.layout);
  }
  if (codes.empty()) return codes;
  for (const Layout& known : layouts.List(project_id, {codes.begin(), codes.end()})) {
    RETURN_IF_ERROR(CheckOffered(known));
    codes.erase(known.code);
  }
  return codes;
}

absl::Status MakeLayouts(pg::Transaction& tx, const Cause& cause, const Scope& scope, const std::string& project_id,
                         const std::set<std::string>& codes) {
  LayoutStore layouts{tx, scope};
  for (const std::string& code : codes) {
    const Layout layout{.id = NewId(), .project_id = project_id, .code = code};
    RETURN_IF_ERROR(layouts.Insert(layout));
    const v1::Layout made = ToProto(layout);
    Outbox(tx, cause).Record(made.name(), {.after = AuditJson(made)});
  }
  return absl::OkStatus();
}

absl::Status CheckLayout(LayoutStore& layouts, const std::string& project_id, const std::string& field,
                         const std::string& code) {
  const std::vector<Layout> found = layouts.List(project_id, {code});
  if (found.empty()) return InvalidField(field, "is no layout of the project");
  return CheckOffered(found.front());
}

}  // namespace lintel::inventory
