// The gRPC server of a service. A handler is a plain function that runs on a bounded executor:
//   absl::StatusOr<Room> GetRoom(const Call&, const GetRoomRequest&);
// All RPCs go through one generic callback service: no generated stubs, one interceptor (gate, deadline, log, metrics,
// masking, errors) for all of them (docs/adr).
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "platform/auth/principal_cache.h"
#include "platform/auth/token.h"
#include "platform/i18n/reasons.h"
#include "platform/metrics/metrics.h"
#include "platform/server/call.h"
#include "platform/server/rpc.h"

namespace lintel {

struct ServerOptions {
  std::string address;     // "127.0.0.1:9001"; port 0 lets the system choose.
  int threads = 6;         // Handlers at once; as many as the database pool has connections.
  int most_waiting = 512;  // Beyond it RESOURCE_EXHAUSTED at once.
  int most_streams = 64;   // Streams open at once; each has a thread.
  // A stream ends by then, whatever its client asked for; a client that wants more comes again.
  std::chrono::milliseconds longest_stream = std::chrono::hours(24);
  // A stream whose client neither takes what was written nor sends what is awaited for so long is cancelled.
  std::chrono::milliseconds longest_stall = std::chrono::minutes(2);
};

class Server {
 public:
  // All but `options` must outlive the server.
  Server(ServerOptions options, const Tokens& tokens, PrincipalCache& principals, const Reasons& reasons,
         Metrics& metrics);
  ~Server();

  // `method` without package and service is not enough: "lintel.inventory.v1.InventoryService/GetRoom".
  template <class Object, class Request, class Reply>
  void Handle(const std::string& method, Object* object,
              absl::StatusOr<Reply> (Object::*handler)(const Call&, const Request&)) {
    Register(method, rpc::Unary<Request, Reply>([object, handler](const Call& call, const Request& request) {
               return (object->*handler)(call, request);
             }));
  }

  // Server stream: the handler writes items until it is done or Write answers false (the client left).
  template <class Object, class Request, class Item>
  void HandleStream(const std::string& method, Object* object,
                    absl::Status (Object::*handler)(const Call&, const Request&, rpc::Writer<Item>&)) {
    Register(method, rpc::ServerStream<Request, Item>(
                         [object, handler](const Call& call, const Request& request, rpc::Writer<Item>& writer) {
                           return (object->*handler)(call, request, writer);
                         }));
  }

  // Client stream: the handler reads chunks until Read answers false (the client is done).
  template <class Object, class Chunk, class Reply>
  void HandleUpload(const std::string& method, Object* object,
                    absl::StatusOr<Reply> (Object::*handler)(const Call&, rpc::Reader<Chunk>&)) {
    Register(method, rpc::ClientStream<Chunk, Reply>([object, handler](const Call& call, rpc::Reader<Chunk>& reader) {
               return (object->*handler)(call, reader);
             }));
  }

  // Checks that every RPC of each served service has a handler and a rule, then listens.
  absl::Status Start();
  // The port listened on.
  int port() const;
  // Refuses new calls, waits for running ones at most `grace`, then cancels them.
  void Stop(std::chrono::milliseconds grace);

 private:
  void Register(const std::string& method, rpc::Handler handler);
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace lintel
