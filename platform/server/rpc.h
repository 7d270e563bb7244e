// Handlers with their types taken off: what the generic dispatcher keeps per method.
#pragma once

#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/codegen/config_protobuf.h>
#include <grpcpp/impl/codegen/proto_utils.h>

#include <functional>
#include <string>

#include "platform/server/call.h"
#include "platform/server/mask.h"
#include "platform/status/status.h"

namespace lintel::rpc {

using google::protobuf::Message;

// Blocking ends of a stream as the dispatcher gives them.
class ByteWriter {
 public:
  virtual ~ByteWriter() = default;
  virtual bool Write(const Message& message) = 0;
  virtual bool cancelled() const = 0;
};
class ByteReader {
 public:
  virtual ~ByteReader() = default;
  virtual bool Read(Message* message) = 0;
};

template <class Item>
class Writer {
 public:
  Writer(ByteWriter& bytes, const Principal& reader) : bytes_(bytes), reader_(reader) {}
  // Blocks until the item is taken; false when the client has gone.
  bool Write(Item item) {
    MaskReply(item, reader_);
    return bytes_.Write(item);
  }
  bool cancelled() const { return bytes_.cancelled(); }

 private:
  ByteWriter& bytes_;
  const Principal& reader_;
};

template <class Chunk>
class Reader {
 public:
  explicit Reader(ByteReader& bytes) : bytes_(bytes) {}
  // Blocks for the next chunk; false at the end, or when the client has gone or sent no Chunk.
  bool Read(Chunk& chunk) { return bytes_.Read(&chunk); }

 private:
  ByteReader& bytes_;
};

struct Handler {
  enum class Kind { kUnary, kServerStream, kClientStream };
  Kind kind = Kind::kUnary;
  std::string request_type;
  std::string reply_type;
  // Bytes of the request to a serialized reply.
  std::function<absl::Status(const Call&, grpc::ByteBuffer&, grpc::ByteBuffer&)> unary;
  std::function<absl::Status(const Call&, grpc::ByteBuffer&, ByteWriter&)> server_stream;
  std::function<absl::Status(const Call&, ByteReader&, grpc::ByteBuffer&)> client_stream;
};

inline absl::Status Parse(grpc::ByteBuffer& bytes, Message* message) {
  if (grpc::GenericDeserialize<grpc::ProtoBufferReader, Message>(&bytes, message).ok()) return absl::OkStatus();
  return InvalidField("request", "is not a valid " + message->GetTypeName());
}

inline absl::Status Serialize(const Message& message, grpc::ByteBuffer& bytes) {
  bool own = false;
  if (grpc::GenericSerialize<grpc::ProtoBufferWriter, Message>(message, &bytes, &own).ok()) return absl::OkStatus();
  return absl::InternalError("a reply could not be serialized");
}

template <class Request, class Reply>
Handler Unary(std::function<absl::StatusOr<Reply>(const Call&, const Request&)> handler) {
  Handler made{.kind = Handler::Kind::kUnary,
               .request_type = Request::descriptor()->full_name(),
               .reply_type = Reply::descriptor()->full_name()};
  made.unary = [handler = std::move(handler)](const Call& call, grpc::ByteBuffer& in,
                                              grpc::ByteBuffer& out) -> absl::Status {
    Request request;
    RETURN_IF_ERROR(Parse(in, &request));
    ASSIGN_OR_RETURN(Reply reply, handler(call, request));
    MaskReply(reply, call.principal());
    return Serialize(reply, out);
  };
  return made;
}

template <class Request, class Item>
Handler ServerStream(std::function<absl::Status(const Call&, const Request&, Writer<Item>&)> handler) {
  Handler made{.kind = Handler::Kind::kServerStream,
               .request_type = Request::descriptor()->full_name(),
               .reply_type = Item::descriptor()->full_name()};
  made.server_stream = [handler = std::move(handler)](const Call& call, grpc::ByteBuffer& in,
                                                      ByteWriter& bytes) -> absl::Status {
    Request request;
    RETURN_IF_ERROR(Parse(in, &request));
    Writer<Item> writer(bytes, call.principal());
    return handler(call, request, writer);
  };
  return made;
}

template <class Chunk, class Reply>
Handler ClientStream(std::function<absl::StatusOr<Reply>(const Call&, Reader<Chunk>&)> handler) {
  Handler made{.kind = Handler::Kind::kClientStream,
               .request_type = Chunk::descriptor()->full_name(),
               .reply_type = Reply::descriptor()->full_name()};
  made.client_stream = [handler = std::move(handler)](const Call& call, ByteReader& bytes,
                                                      grpc::ByteBuffer& out) -> absl::Status {
    Reader<Chunk> reader(bytes);
    ASSIGN_OR_RETURN(Reply reply, handler(call, reader));
    MaskReply(reply, call.principal());
    return Serialize(reply, out);
  };
  return made;
}

}  // namespace lintel::rpc
