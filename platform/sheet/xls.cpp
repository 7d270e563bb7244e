#include "platform/sheet/xls.h"

#include "platform/helper/helper.h"
#include "platform/sheet/builder.h"
#include "platform/sheet/xls_wire.h"
#include "platform/status/status.h"

namespace lintel::sheet {

absl::StatusOr<Sheet> ReadXls(const std::string& bytes, const SheetOptions& options) {
  const std::string program = options.xls_program.empty() ? ProgramBeside("lintel-xls") : options.xls_program;
  Helper helper(program, {}, {.memory_bytes = 768u << 20, .processor_seconds = 30});
  const absl::StatusOr<std::string> reply = helper.Call(bytes, options.xls_deadline);
  // A file that kills or stalls its reader is a bad file, not a broken server; a program that is missing is ours.
  if (!reply.ok() && helper.started()) return Broken("the file", "its reader gave up");
  RETURN_IF_ERROR(reply.status());
  return DecodeReply(*reply, options.limits);
}

}  // namespace lintel::sheet
