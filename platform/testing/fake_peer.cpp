#include "platform/testing/fake_peer.h"

#include <stdexcept>

#include "platform/client/wire_status.h"
#include "platform/ids/ids.h"

namespace lintel::testing {

// Reads the request, answers on gRPC's own thread: a test's answers are short.
class FakePeer::Reactor : public grpc::ServerGenericBidiReactor {
 public:
  explicit Reactor(Bytes answer) : answer_(std::move(answer)) { StartRead(&in_); }
  void OnReadDone(bool ok) override {
    if (!ok || !answer_) return Finish(grpc::Status(grpc::StatusCode::UNIMPLEMENTED, "the test answers no such call"));
    const absl::Status status = answer_(in_, out_);
    if (!status.ok()) return Finish(ToGrpc(status, std::string(status.message()), "en"));
    StartWriteAndFinish(&out_, {}, grpc::Status::OK);
  }
  void OnDone() override { delete this; }

 private:
  const Bytes answer_;
  grpc::ByteBuffer in_;
  grpc::ByteBuffer out_;
};

FakePeer::FakePeer() {
  int port = 0;
  grpc::ServerBuilder builder;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  builder.RegisterCallbackGenericService(this);
  server_ = builder.BuildAndStart();
  if (!server_ || port == 0) throw std::runtime_error("a fake peer cannot listen");
  tokens_ = std::make_unique<Tokens>(RandomHex(32), "", WallClock);
  channel_ = std::make_unique<Channel>("127.0.0.1:" + std::to_string(port), "test", "fake", *tokens_);
}

FakePeer::~FakePeer() {
  server_->Shutdown(std::chrono::system_clock::now() + std::chrono::seconds(1));
  server_->Wait();
}

grpc::ServerGenericBidiReactor* FakePeer::CreateReactor(grpc::GenericCallbackServerContext* context) {
  const auto found = answers_.find(context->method().substr(1));
  return new Reactor(found == answers_.end() ? Bytes() : found->second);
}

}  // namespace lintel::testing
