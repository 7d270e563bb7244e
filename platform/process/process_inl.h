// The typed half of platform/process: messages to bytes and back. Included by process.h only.
#pragma once

namespace lintel {

template <class Data, class Reply>
void Processes::Define(ProcessDefinition<Data, Reply> definition) {
  const auto parse = [](const std::string& bytes) {
    Data data;
    data.ParseFromString(bytes);
    return data;
  };
  Untyped untyped{.kind = definition.kind};
  for (auto& step : definition.steps) {
    Step made{.name = step.name, .must_happen = step.must_happen};
    made.forward = [parse, forward = std::move(step.forward)](const ProcessContext& context, std::string& bytes) {
      Data data = parse(bytes);
      const absl::Status status = forward(context, data);
      bytes = data.SerializeAsString();
      return status;
    };
    made.undo = [parse, undo = std::move(step.undo)](const ProcessContext& context, const std::string& bytes) {
      return undo ? undo(context, parse(bytes)) : absl::OkStatus();
    };
    untyped.steps.push_back(std::move(made));
  }
  untyped.finish = [parse, finish = std::move(definition.finish)](
                       pg::Transaction& tx, const ProcessContext& context,
                       const std::string& bytes) -> absl::StatusOr<std::string> {
    ASSIGN_OR_RETURN(const Reply reply, finish(tx, context, parse(bytes)));
    return reply.SerializeAsString();
  };
  untyped.fail = [parse, fail = std::move(definition.fail)](pg::Transaction& tx, const ProcessContext& context,
                                                            const std::string& bytes, const absl::Status& why) {
    return fail(tx, context, parse(bytes), why);
  };
  definitions_[definition.kind] = std::move(untyped);
}

template <class Reply, class Data, class Request>
absl::StatusOr<Reply> Processes::Run(
    const Call& call, const Request& request, const std::string& kind,
    const std::function<absl::StatusOr<ProcessStart<Data>>(pg::Transaction&)>& create) {
  Row row{.tenant = call.tenant(), .kind = kind, .request_key = RequestKey(call, request.request_id())};
  // The answer remembered at first is empty; the one that ends the process replaces it.
  const absl::StatusOr<Reply> first =
      commands_.Run<Reply>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<Reply> {
        ASSIGN_OR_RETURN(const ProcessStart<Data> start, create(tx));
        row.document_id = start.document_id;
        row.data = start.data.SerializeAsString();
        RETURN_IF_ERROR(Insert(tx, row, kLeaseMs));
        return Reply();
      });
  RETURN_IF_ERROR(first.status());
  if (call.reply_metadata().contains("x-lintel-replayed")) {
    row.document_id.clear();  // Found by its request.
  } else {
    RETURN_IF_ERROR(Drive(row, call.deadline()));
  }
  ASSIGN_OR_RETURN(const std::string bytes, Await(call, std::move(row), first->SerializeAsString()));
  Reply reply;
  reply.ParseFromString(bytes);
  return reply;
}

}  // namespace lintel
