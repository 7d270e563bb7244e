// What `lintel-xls` sends to its parent: a sheet, or the refusal. The parent reads it as warily as the file itself.
#pragma once

#include <string>
#include <string_view>

#include "platform/sheet/sheet.h"

namespace lintel::sheet {

std::string EncodeReply(const absl::StatusOr<Sheet>& sheet);

// UNAVAILABLE, reason HELPER_FAILED, for a reply that is none; else the sheet or refusal that was sent, under `limits`.
absl::StatusOr<Sheet> DecodeReply(std::string_view reply, const SheetLimits& limits);

}  // namespace lintel::sheet
