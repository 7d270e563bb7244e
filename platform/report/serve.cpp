#include "platform/report/serve.h"

#include <algorithm>

#include "lintel/customers/v1/customers.pb.h"
#include "platform/i18n/reasons.h"
#include "platform/log/log.h"
#include "platform/report/render.h"
#include "platform/status/status.h"

namespace lintel::report {
namespace {

constexpr size_t kNamesPerCall = 1000;

void Fill(reporting::v1::Column& message, const Column& column, const std::string& language) {
  message.set_name(CamelCase(column.name));
  message.set_type(TypeName(column.type));
  message.set_title(column.title.In(language));
  message.set_definition(column.definition.In(language));
  message.set_key(column.key);
  message.set_opens(column.opens);
  message.set_people(column.people);
  for (const auto& [code, label] : column.labels) (*message.mutable_labels())[code] = label.In(language);
  message.mutable_when()->insert(column.when.begin(), column.when.end());
}

std::string DefaultOf(const Parameter& parameter) {
  switch (parameter.type) {
    case ParameterType::kDate:
      return "today";
    case ParameterType::kMonth:
      return "this month";
    case ParameterType::kNumber:
      return std::to_string(parameter.fallback);
    case ParameterType::kChoice:
      return parameter.choices.front().value;
    default:
      return "";
  }
}

absl::StatusOr<std::string> Render(const Definition& definition, const Table& table, Format format,
                                   const std::string& font, const DocumentRenderer& document, bool detail) {
  switch (format) {
    case Format::kJson:
      return RenderJson(table);
    case Format::kCsv:
      return RenderCsv(table);
    case Format::kXlsx:
      return RenderXlsx(table);
    case Format::kPdf:
      return document && !definition.document.empty() && !detail ? document(definition, table) : RenderPdf(table, font);
  }
  return absl::InternalError("a format has no renderer");
}

}  // namespace

reporting::v1::Definition ToProto(const Definition& definition, const std::string& name, const std::string& language) {
  reporting::v1::Definition message;
  message.set_name(name);
  message.set_id(definition.id);
  message.set_title(definition.title.In(language));
  message.set_note(definition.note.In(language));
  for (const Parameter& parameter : definition.parameters) {
    reporting::v1::Parameter& added = *message.add_parameters();
    added.set_name(parameter.name);
    added.set_type(TypeName(parameter.type));
    added.set_title(parameter.title.In(language));
    added.set_default_value(DefaultOf(parameter));
    added.set_least(parameter.least);
    added.set_most(parameter.most);
    for (const Choice& choice : parameter.choices) {
      reporting::v1::Choice& offered = *added.add_choices();
      offered.set_value(choice.value);
      offered.set_title(choice.title.In(language));
    }
    added.mutable_when()->insert(parameter.when.begin(), parameter.when.end());
  }
  for (const Column& column : definition.columns) Fill(*message.add_columns(), column, language);
  for (const Column& column : definition.detail_columns) Fill(*message.add_detail_columns(), column, language);
  for (const char* format : {"JSON", "CSV", "XLSX", "PDF"}) message.add_formats(format);
  return message;
}

NameResolver NamesFrom(Channel& customers, const Call& call) {
  return [&customers, &call](const std::vector<std::string>& wanted) {
    std::map<std::string, std::string> names;
    for (size_t at = 0; at < wanted.size(); at += kNamesPerCall) {
      customers::v1::GetCustomerNamesRequest request;
      const size_t end = std::min(wanted.size(), at + kNamesPerCall);
      for (size_t i = at; i < end; ++i) request.add_names(wanted[i]);
      const auto reply = customers.Call<customers::v1::GetCustomerNamesResponse>(
          "lintel.customers.v1.CustomersService/GetCustomerNames", request, call.OnBehalf());
      if (!reply.ok()) {
        log::Warn("names are missing in a report", {{"cause", std::string(reply.status().message())}});
        return names;
      }
      names.insert(reply->display_names().begin(), reply->display_names().end());
    }
    return names;
  };
}

absl::StatusOr<google::api::HttpBody> RunForCall(const Engine& engine, const Call& call, const std::string& name,
                                                 const std::string& format, const Ask& ask, const std::string& font,
                                                 const DocumentRenderer& document) {
  ASSIGN_OR_RETURN(const Format wanted, ParseFormat(format));
  const Reader reader{.scope = call.scope(),
                      .language = LanguageOf(call.language()),
                      .may_see_customers = call.principal().Has("customer.read") &&
                                           call.principal().ScopeOf("customer.read").reach >= Scope::Reach::kProject,
                      .deadline = call.deadline()};
  ASSIGN_OR_RETURN(const Definition* definition, engine.Find(name));
  ASSIGN_OR_RETURN(const Table table, engine.Run(name, reader, ask));
  google::api::HttpBody body;
  ASSIGN_OR_RETURN(*body.mutable_data(),
                   Render(*definition, table, wanted, font, document, !ask.detail_column.empty()));
  body.set_content_type(ContentType(wanted));
  if (wanted != Format::kJson) call.SetReplyMetadata("x-lintel-filename", FileName(table, wanted));
  return body;
}

}  // namespace lintel::report
