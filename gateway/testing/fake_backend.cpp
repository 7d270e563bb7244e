#include "gateway/testing/fake_backend.h"

#include <algorithm>
#include <deque>

#include "gateway/call/backends.h"
#include "gateway/contract/json_reader.h"
#include "google/api/httpbody.pb.h"

namespace lintel::gateway::testing {

class FakeBackend::Reactor : public grpc::ServerGenericBidiReactor {
 public:
  Reactor(FakeBackend& backend, grpc::GenericCallbackServerContext* context) : backend_(backend), context_(context) {
    const std::string& path = context->method();
    for (const auto& method : backend_.contract_.methods()) {
      if (method->path == path) method_ = method.get();
    }
    if (method_ == nullptr) {
      Finish(grpc::Status(grpc::StatusCode::UNIMPLEMENTED, path));
    } else {
      StartRead(&in_);
    }
  }

  void OnReadDone(bool ok) override {
    const bool upload = method_->shape == Method::Shape::kUpload;
    if (ok && upload) {
      google::api::HttpBody piece;
      piece.ParseFromString(ToBytes(in_));
      call_.json += piece.content_type() + piece.data();
      return StartRead(&in_);
    }
    if (ok) call_.json = Json(ToBytes(in_));
    Answer();
  }

  void OnWriteDone(bool ok) override {
    const std::lock_guard lock(mutex_);
    writing_ = false;
    if (!ok) return End(grpc::Status::CANCELLED);
    Next();
  }

  void OnCancel() override {
    const std::lock_guard lock(mutex_);
    End(grpc::Status::CANCELLED);
  }

  void OnDone() override {
    {
      const std::lock_guard lock(backend_.mutex_);
      std::erase(backend_.open_, this);
    }
    delete this;
  }

  const std::string& name() const { return method_->descriptor->name(); }

  void Emit(const std::string& bytes) {
    const std::lock_guard lock(mutex_);
    waiting_.push_back(bytes);
    Next();
  }

 private:
  std::string Json(const std::string& bytes) {
    const auto message = backend_.contract_.New(method_->descriptor->input_type());
    message->ParseFromString(bytes);
    return backend_.writer_.ToJson(*message);
  }

  void Answer() {
    call_.method = method_->descriptor->name();
    for (const auto& [key, value] : context_->client_metadata())
      call_.metadata[std::string(key.data(), key.size())] = std::string(value.data(), value.size());
    FakeAnswer answer = backend_.handler_(call_);
    for (const auto& [key, value] : answer.metadata) context_->AddInitialMetadata(key, value);
    for (const std::string& json : answer.json) {
      const auto message = backend_.contract_.New(method_->descriptor->output_type());
      if (!ReadJson(*ParseJson(json, 32), message.get()).ok()) std::abort();
      answer.bytes.push_back(message->SerializeAsString());
    }
    if (answer.stay_open) {
      const std::lock_guard lock(backend_.mutex_);
      backend_.open_.push_back(this);
    }
    const std::lock_guard lock(mutex_);
    waiting_.insert(waiting_.end(), answer.bytes.begin(), answer.bytes.end());
    status_ = answer.status;
    stay_open_ = answer.stay_open;
    Next();
  }

  void Next() {
    if (writing_ || ended_) return;
    if (waiting_.empty()) {
      if (!stay_open_) End(status_);
      return;
    }
    out_ = ToBuffer(waiting_.front());
    waiting_.pop_front();
    writing_ = true;
    StartWrite(&out_);
  }

  void End(const grpc::Status& status) {
    if (!std::exchange(ended_, true)) Finish(status);
  }

  FakeBackend& backend_;
  grpc::GenericCallbackServerContext* const context_;
  const Method* method_ = nullptr;
  FakeCall call_;
  grpc::ByteBuffer in_;
  grpc::ByteBuffer out_;
  std::recursive_mutex mutex_;
  std::deque<std::string> waiting_;
  grpc::Status status_;
  bool stay_open_ = false;
  bool writing_ = false;
  bool ended_ = false;
};

FakeBackend::FakeBackend(const Contract& contract, Handler handler)
    : contract_(contract), writer_(contract), handler_(std::move(handler)) {
  grpc::ServerBuilder builder;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port_);
  builder.RegisterCallbackGenericService(this);
  server_ = builder.BuildAndStart();
}

FakeBackend::~FakeBackend() { server_->Shutdown(std::chrono::system_clock::now()); }

grpc::ServerGenericBidiReactor* FakeBackend::CreateReactor(grpc::GenericCallbackServerContext* context) {
  return new Reactor(*this, context);
}

int FakeBackend::Emit(const std::string& bytes) {
  const std::lock_guard lock(mutex_);
  for (Reactor* reactor : open_) reactor->Emit(bytes);
  return static_cast<int>(open_.size());
}

int FakeBackend::Open(const std::string& method) {
  const std::lock_guard lock(mutex_);
  return static_cast<int>(
      std::count_if(open_.begin(), open_.end(), [&](const Reactor* reactor) { return reactor->name() == method; }));
}

}  // namespace lintel::gateway::testing
