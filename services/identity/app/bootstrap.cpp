#include "services/identity/app/bootstrap.h"

#include <algorithm>

#include "platform/ids/ids.h"
#include "platform/outbox/outbox.h"
#include "platform/status/status.h"
#include "services/identity/api/convert.h"
#include "services/identity/api/events.h"
#include "services/identity/store/code_store.h"
#include "services/identity/store/operator_store.h"
#include "services/identity/store/place_store.h"
#include "services/identity/store/session_store.h"
#include "services/identity/store/tenant_store.h"

namespace lintel::identity {
namespace {

// Where members of a demo group belong.
struct Belonging {
  const char* group;
  const char* department_zh;
  const char* department_en;
  const char* team_zh;
  const char* team_en;
};
constexpr Belonging kBelongings[] = {
    {"admin", "信息部", "Information", "", ""},
    {"manager", "销售部", "Sales", "销售一组", "Sales team 1"},
    {"consultant", "销售部", "Sales", "销售一组", "Sales team 1"},
    {"cashier", "财务部", "Finance", "", ""},
    {"agent", "客服中心", "Call centre", "客服一组", "Call-centre team 1"},
    {"supervisor", "客服中心", "Call centre", "客服一组", "Call-centre team 1"},
};

std::string GroupOf(const std::string& sign_in_name) { return sign_in_name.substr(0, sign_in_name.find('-')); }

std::string EnsurePlace(pg::Transaction& tx, PlaceStore::Kind kind, const std::string& name,
                        const std::optional<std::string>& department_id) {
  PlaceStore places(tx, kind);
  for (const Place& place : places.List(/*show_retired=*/true)) {
    if (place.display_name == name) return place.id;
  }
  const Place made{.id = NewId(), .display_name = name, .department_id = department_id};
  return places.Insert(made).ok() ? made.id : "";
}

class Founder {
 public:
  Founder(pg::Transaction& tx, const RightCatalogue& rights, const BootstrapOrder& order, Instant now)
      : tx_(tx),
        rights_(rights),
        order_(order),
        now_(now),
        english_(order.language == "en"),
        outbox_(tx, {.tenant = tx.tenant(),
                     .actor = "services/identity",
                     .action = "bootstrap",
                     .request_id = "",
                     .now = now}) {}

  absl::StatusOr<std::string> EnsureGroup(const std::string& group) {
    const auto& known = rights_.demo_groups();
    const auto found = std::find_if(known.begin(), known.end(), [&](const DemoGroup& g) { return g.group == group; });
    if (found == known.end()) return InvalidField("operators", "there is no group `" + group + "`");
    const std::string name = english_ ? found->en : found->zh;
    ASSIGN_OR_RETURN(const List list, MakeList(GroupStore::Spec(), {.page_size = kLargestPageSize}));
    GroupStore groups(tx_);
    for (const Group& existing : groups.ListGroups(list, /*show_retired=*/true).groups) {
      if (existing.display_name == name) return existing.id;
    }
    const Group made{.id = NewId(), .display_name = name, .grants = found->grants};
    RETURN_IF_ERROR(groups.Insert(made));
    AnnounceRightsChanged(outbox_, "operatorGroups/" + made.id, made.version,
                          {.before = "", .after = AuditJson(ToProto(made))});
    return made.id;
  }

  absl::StatusOr<std::string> EnsureOperator(const std::string& sign_in_name, const std::string& hash) {
    OperatorStore operators(tx_, now_);
    ASSIGN_OR_RETURN(const List list, MakeList(OperatorStore::Spec(), {.filter = "sign_in_name = " + sign_in_name}));
    const auto existing = operators.ListOperators(list).operators;
    if (!existing.empty()) {
      operators.SetPassword(existing[0].id, hash, /*change_required=*/false);
      operators.Unlock(sign_in_name);
      for (const std::string& id : SessionStore(tx_, now_).RevokeAllOf(existing[0].id, "", "password")) {
        AnnounceRevoked(outbox_, id, existing[0].id, "password");
      }
      return existing[0].id;
    }
    Operator made{.id = NewId(),
                  .sign_in_name = sign_in_name,
                  .language = order_.language,
                  .all_projects = true,
                  .password_change_required = false,
                  .created_time = now_,
                  .updated_time = now_};
    ASSIGN_OR_RETURN(const std::string group_id, EnsureGroup(GroupOf(sign_in_name)));
    made.group_ids = {group_id};
    made.display_name = DisplayName(sign_in_name);
    GivePlace(made);
    RETURN_IF_ERROR(operators.Insert(made, hash));
    outbox_.Append(OperatorChangedEvent(made, /*created=*/true), "operators/" + made.id, made.version,
                   {.before = "", .after = AuditJson(ToProto(made))});
    return made.id;
  }

 private:
  // "consultant-2" is called 置业顾问2: no name of a person is made up.
  std::string DisplayName(const std::string& sign_in_name) const {
    static const std::map<std::string, std::pair<const char*, const char*>> kTitles{
        {"admin", {"系统管理员", "Administrator"}},
        {"manager", {"销售经理", "Sales manager"}},
        {"consultant", {"置业顾问", "Consultant"}},
        {"cashier", {"出纳", "Cashier"}},
        {"agent", {"座席", "Agent"}},
        {"supervisor", {"班长", "Supervisor"}}};
    const auto& title = kTitles.at(GroupOf(sign_in_name));
    const size_t hyphen = sign_in_name.find('-');
    const std::string number =
        hyphen == std::string::npos ? "" : (english_ ? " " : "") + sign_in_name.substr(hyphen + 1);
    return (english_ ? title.second : title.first) + number;
  }

  void GivePlace(Operator& made) {
    for (const Belonging& where : kBelongings) {
      if (where.group != GroupOf(made.sign_in_name)) continue;
      made.department_id = EnsurePlace(tx_, PlaceStore::Kind::kDepartment,
                                       english_ ? where.department_en : where.department_zh, std::nullopt);
      if (*where.team_zh == '\0') return;
      made.team_id =
          EnsurePlace(tx_, PlaceStore::Kind::kTeam, english_ ? where.team_en : where.team_zh, made.department_id);
    }
  }

  pg::Transaction& tx_;
  const RightCatalogue& rights_;
  const BootstrapOrder& order_;
  const Instant now_;
  const bool english_;
  Outbox outbox_;
};

void FillCodeTables(pg::Transaction& tx, const std::vector<CodeTable>& tables) {
  CodeStore codes(tx);
  for (const CodeTable& table : tables) {
    if (!codes.ListCodes(table.table, /*show_retired=*/true).empty()) continue;
    for (const FirstCode& first : table.first_codes) {
      Code code{.code_table = table.table, .code = first.code, .label_zh = first.zh, .label_en = first.en};
      (void)codes.Insert(code);
    }
  }
}

}  // namespace

absl::StatusOr<BootstrapResult> Bootstrap(pg::Database& job, pg::Database& app, PasswordHasher& hasher,
                                          const RightCatalogue& rights, const std::vector<CodeTable>& code_tables,
                                          const BootstrapOrder& order, Instant now) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(1);
  RETURN_IF_ERROR(CheckPassword("LINTEL_DEMO_PASSWORD", order.password, ""));
  BootstrapResult result;
  ASSIGN_OR_RETURN(result.tenant, job.Run<int64_t>({.deadline = deadline}, [&](pg::Transaction& tx) {
    return absl::StatusOr<int64_t>(EnsureTenant(
        tx, {.display_name = order.tenant, .time_zone = order.time_zone, .language = order.language}, now));
  }));
  std::vector<std::string> hashes;
  for (size_t i = 0; i < order.operators.size(); ++i) {
    ASSIGN_OR_RETURN(std::string hash, hasher.Hash(order.password, deadline));
    hashes.push_back(std::move(hash));
  }
  RETURN_IF_ERROR(
      app.Execute({.tenant = result.tenant, .deadline = deadline}, [&](pg::Transaction& tx) -> absl::Status {
        result.operators.clear();
        Founder founder(tx, rights, order, now);
        FillCodeTables(tx, code_tables);
        for (const DemoGroup& group : rights.demo_groups()) RETURN_IF_ERROR(founder.EnsureGroup(group.group).status());
        for (size_t i = 0; i < order.operators.size(); ++i) {
          ASSIGN_OR_RETURN(const std::string name, CheckSignInName("operators", order.operators[i]));
          ASSIGN_OR_RETURN(const std::string id, founder.EnsureOperator(name, hashes[i]));
          result.operators.emplace_back(name, "operators/" + id);
        }
        return absl::OkStatus();
      }));
  return result;
}

}  // namespace lintel::identity
