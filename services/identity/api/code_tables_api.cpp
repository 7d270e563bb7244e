#include "absl/strings/str_split.h"
#include "platform/status/status.h"
#include "platform/text/text.h"
#include "platform/update/update.h"
#include "services/identity/api/convert.h"
#include "services/identity/api/events.h"
#include "services/identity/api/settings_api.h"

namespace lintel::identity {
namespace {

constexpr int kLastPosition = 1000000;

absl::Status Take(const v1::Code& from, Code& to) {
  RETURN_IF_ERROR(CheckText("code.label_zh", from.label_zh(), {.least = 1, .most = 60}));
  RETURN_IF_ERROR(CheckText("code.label_en", from.label_en(), {.most = 60}));
  if (from.position() < 0 || from.position() > kLastPosition) {
    return InvalidField("code.position", "must be from 0 to 1000000");
  }
  to.label_zh = Trimmed(from.label_zh());
  to.label_en = Trimmed(from.label_en().empty() ? from.label_zh() : from.label_en());
  to.position = from.position();
  return absl::OkStatus();
}

void Announce(Outbox& outbox, const v1::Code& after, int64_t version, const std::string& before) {
  v1::CodeTableChanged event;
  event.set_code(after.name());
  event.set_retired(after.retired());
  outbox.Append(event, after.name(), version, {.before = before, .after = AuditJson(after)});
}

}  // namespace

void CodeTablesApi::Register(Server& server) {
  const std::string service = "lintel.identity.v1.CodeTablesService/";
  server.Handle(service + "ListCodeTables", this, &CodeTablesApi::ListCodeTables);
  server.Handle(service + "ListCodes", this, &CodeTablesApi::ListCodes);
  server.Handle(service + "CreateCode", this, &CodeTablesApi::CreateCode);
  server.Handle(service + "UpdateCode", this, &CodeTablesApi::UpdateCode);
  server.Handle(service + "RetireCode", this, &CodeTablesApi::RetireCode);
  server.Handle(service + "RestoreCode", this, &CodeTablesApi::RestoreCode);
}

absl::StatusOr<std::string> CodeTablesApi::FindTable(const std::string& field, const std::string& name) const {
  const std::vector<std::string> parts = absl::StrSplit(name, '/');
  if (parts.size() != 2 || parts[0] != "codeTables") return InvalidField(field, "must look like codeTables/*");
  for (const CodeTable& table : tables_) {
    if (table.table == parts[1]) return table.table;
  }
  return Missing("code table", parts[1]);
}

absl::StatusOr<v1::ListCodeTablesResponse> CodeTablesApi::ListCodeTables(const Call& call,
                                                                         const v1::ListCodeTablesRequest&) {
  v1::ListCodeTablesResponse response;
  for (const CodeTable& table : tables_) {
    v1::CodeTable* to = response.add_code_tables();
    to->set_name("codeTables/" + table.table);
    to->set_display_name(WantsEnglish(call) ? table.en : table.zh);
  }
  return response;
}

absl::StatusOr<v1::ListCodesResponse> CodeTablesApi::ListCodes(const Call& call, const v1::ListCodesRequest& request) {
  ASSIGN_OR_RETURN(const std::string table, FindTable("parent", request.parent()));
  return commands_.database().Run<v1::ListCodesResponse>(
      call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<v1::ListCodesResponse> {
        v1::ListCodesResponse response;
        for (const Code& code : CodeStore(tx).ListCodes(table, request.show_retired())) {
          *response.add_codes() = ToProto(code);
        }
        return response;
      });
}

absl::StatusOr<v1::Code> CodeTablesApi::CreateCode(const Call& call, const v1::CreateCodeRequest& request) {
  Code code;
  ASSIGN_OR_RETURN(code.code_table, FindTable("parent", request.parent()));
  RETURN_IF_ERROR(CheckCode("code.code", request.code().code()));
  code.code = request.code().code();
  RETURN_IF_ERROR(Take(request.code(), code));
  return commands_.Run<v1::Code>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<v1::Code> {
    Code made = code;
    RETURN_IF_ERROR(CodeStore(tx).Insert(made));
    Outbox outbox(tx, call.CauseAt(commands_.Now()));
    Announce(outbox, ToProto(made), made.version, "");
    return ToProto(made);
  });
}

template <class Request>
absl::StatusOr<v1::Code> CodeTablesApi::Change(const Call& call, const Request& request, const std::string& name,
                                               const std::function<absl::Status(Code&)>& change) {
  const std::vector<std::string> parts = absl::StrSplit(name, '/');
  if (parts.size() != 4 || parts[2] != "codes") return InvalidField("name", "must look like codeTables/*/codes/*");
  ASSIGN_OR_RETURN(const std::string table, FindTable("name", parts[0] + "/" + parts[1]));
  return commands_.Run<v1::Code>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<v1::Code> {
    CodeStore codes(tx);
    ASSIGN_OR_RETURN(const Code before, codes.FindForUpdate(table, parts[3]));
    Code after = before;
    RETURN_IF_ERROR(change(after));
    ++after.version;
    codes.Update(after);
    Outbox outbox(tx, call.CauseAt(commands_.Now()));
    Announce(outbox, ToProto(after), after.version, AuditJson(ToProto(before)));
    return ToProto(after);
  });
}

absl::StatusOr<v1::Code> CodeTablesApi::UpdateCode(const Call& call, const v1::UpdateCodeRequest& request) {
  return Change(call, request, request.code().name(), [&](Code& code) -> absl::Status {
    RETURN_IF_ERROR(CheckEtag("code", request.code().etag(), code.version));
    v1::Code wanted = ToProto(code);
    RETURN_IF_ERROR(ApplyUpdate(request.update_mask(), {"label_zh", "label_en", "position"}, request.code(), wanted));
    return Take(wanted, code);
  });
}

absl::StatusOr<v1::Code> CodeTablesApi::RetireCode(const Call& call, const v1::RetireCodeRequest& request) {
  return Change(call, request, request.name(), [](Code& code) {
    code.retired = true;
    return absl::OkStatus();
  });
}

absl::StatusOr<v1::Code> CodeTablesApi::RestoreCode(const Call& call, const v1::RestoreCodeRequest& request) {
  return Change(call, request, request.name(), [](Code& code) {
    code.retired = false;
    return absl::OkStatus();
  });
}

}  // namespace lintel::identity
