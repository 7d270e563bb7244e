#include "gateway/pages/refusals.h"

#include <optional>

#include "gateway/call/errors.h"
#include "gateway/pages/comments.h"

namespace lintel::gateway {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;

std::optional<grpc::StatusCode> CodeNamed(const std::string& name) {
  for (int code = 1; code <= grpc::StatusCode::UNAUTHENTICATED; ++code) {
    if (CodeName(static_cast<grpc::StatusCode>(code)) == name) return static_cast<grpc::StatusCode>(code);
  }
  return std::nullopt;
}

Refusal Made(const std::string& code, const std::string& reason) {
  const auto known = CodeNamed(code);
  return {code, reason, known ? HttpStatusOf(*known, reason) : 0};
}

bool IsWordPart(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

bool LooksLikeReason(const std::string& word) {
  return word.find('_') != std::string::npos &&
         word.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == std::string::npos;
}

void CollectValues(const EnumDescriptor* type, std::set<std::string>& names) {
  for (int i = 0; i < type->value_count(); ++i) names.insert(type->value(i)->name());
}

void CollectValues(const Descriptor* type, std::set<std::string>& names) {
  for (int i = 0; i < type->enum_type_count(); ++i) CollectValues(type->enum_type(i), names);
  for (int i = 0; i < type->nested_type_count(); ++i) CollectValues(type->nested_type(i), names);
}

}  // namespace

std::vector<Refusal> RefusalsIn(const std::string& comment, const std::set<std::string>& others) {
  std::vector<Refusal> found;
  std::string code;
  for (size_t at = 0; at < comment.size();) {
    if (comment[at] == '.' || comment[at] == ';') code.clear();
    size_t end = at;
    while (end < comment.size() && IsWordPart(comment[end])) ++end;
    const std::string word = comment.substr(at, end - at);
    at = std::max(end, at + 1);
    if (CodeNamed(word)) {
      code = word;
      found.push_back(Made(code, ""));
    } else if (LooksLikeReason(word) && !others.contains(word)) {
      const bool completes =
          !found.empty() && !code.empty() && found.back().code == code && found.back().reason.empty();
      if (completes) found.pop_back();
      found.push_back(Made(code, word));
    }
  }
  return found;
}

RefusalBook::RefusalBook(const Contract& contract) {
  for (const auto& method : contract.methods()) {
    const auto* file = method->descriptor->file();
    for (int i = 0; i < file->enum_type_count(); ++i) CollectValues(file->enum_type(i), enum_values_);
    for (int i = 0; i < file->message_type_count(); ++i) CollectValues(file->message_type(i), enum_values_);
  }
  for (const auto& method : contract.methods()) {
    for (const Refusal& refusal : RefusalsIn(TextsOf(method->descriptor).en, enum_values_)) {
      if (!refusal.code.empty() && !refusal.reason.empty()) codes_.emplace(refusal.reason, refusal.code);
    }
  }
}

std::vector<Refusal> RefusalBook::Of(const Method& method) const {
  std::vector<Refusal> refusals = RefusalsIn(TextsOf(method.descriptor).en, enum_values_);
  for (Refusal& refusal : refusals) {
    const auto known = codes_.find(refusal.reason);
    if (refusal.code.empty() && known != codes_.end()) refusal = Made(known->second, refusal.reason);
  }
  return refusals;
}

}  // namespace lintel::gateway
