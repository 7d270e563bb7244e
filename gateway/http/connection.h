// One connection: requests one after another (HTTP/1.1 keep-alive), each handed to the handler as an Exchange.
// connection.cpp reads requests, connection_answer.cpp writes answers.
#pragma once

#include <array>
#include <boost/beast/core/buffers_range.hpp>
#include <boost/beast/http/parser.hpp>
#include <condition_variable>
#include <mutex>
#include <string>
#include <unordered_map>

#include "gateway/http/exchange.h"
#include "gateway/http/patience.h"
#include "gateway/http/transport.h"

namespace lintel::gateway {

// A request body that is taken away piece by piece while it is parsed; nothing is reserved on the client's word.
struct PieceBody {
  using value_type = std::string;
  class reader {
   public:
    template <bool is_request, class Fields>
    reader(beast::http::header<is_request, Fields>&, value_type& body) : body_(body) {}
    void init(const boost::optional<uint64_t>&, beast::error_code& error) { error = {}; }
    template <class Buffers>
    size_t put(const Buffers& buffers, beast::error_code& error) {
      error = {};
      size_t taken = 0;
      for (const auto piece : beast::buffers_range_ref(buffers)) {
        body_.append(static_cast<const char*>(piece.data()), piece.size());
        taken += piece.size();
      }
      return taken;
    }
    void finish(beast::error_code& error) { error = {}; }

   private:
    value_type& body_;
  };
};

// How many connections there are, of whom, and how many of them are in the middle of a request.
class ConnectionCounts {
 public:
  // Counts one more of the client's, unless there are `most` or it has `most_of_one` already.
  bool Enter(const std::string& address, int most, int most_of_one);
  void Leave(const std::string& address);
  void Busy(int change);
  int open() const;
  // Waits until none is busy, at most `grace`.
  void Drain(std::chrono::milliseconds grace);

 private:
  mutable std::mutex mutex_;
  std::condition_variable idle_;
  int open_ = 0;
  int busy_ = 0;
  std::unordered_map<std::string, int> by_address_;  // Those that have any.
};

class Connection : public Exchange, public std::enable_shared_from_this<Connection> {
 public:
  // What all connections of a server share; must outlive them.
  struct Shared {
    Handler handler;
    Patience patience;
    ConnectionCounts counts;
  };
  // `address`: of the peer, entered into the counts; the connection leaves them by itself.
  Connection(std::unique_ptr<Transport> transport, std::string address, Shared& shared);
  ~Connection() override;
  void Start();

  const Request& request() const override { return request_; }
  void ReadBody(size_t limit, std::function<void(absl::StatusOr<std::string>)> got) override;
  void ReadChunk(size_t limit, std::function<void(absl::StatusOr<std::string>)> got) override;
  void Send(Response response) override;
  void BeginStream(Response head, std::optional<uint64_t> length) override;
  void SendChunk(std::string bytes, std::function<void(bool)> sent) override;
  void EndStream() override;
  void Abort() override;
  void OnClosed(std::function<void()> closed) override;
  std::unique_ptr<Duplex> TakeOver(std::string* early) override;

 private:
  using Parser = beast::http::request_parser<PieceBody>;
  using Got = std::function<void(absl::StatusOr<std::string>)>;
  struct Outgoing;

  template <class Step>
  void OnStrand(Step step) {
    asio::dispatch(transport_->tcp().get_executor(),
                   [self = shared_from_this(), step = std::move(step)]() mutable { step(); });
  }
  // Closes the connection unless the timer is set anew, or cancelled, within `patience`.
  void Await(asio::steady_timer& timer, std::chrono::milliseconds patience);
  void Drop();
  void SetBusy(bool busy);

  void NextRequest();
  void ReadHead();
  void Dispatch(int malformed);
  void FillRequest();

  // One read is under way at most. It serves whoever wants bytes; with nobody wanting any it keeps what the client
  // sends ahead, up to one read, and sees the client leave.
  void StartRead();
  void TakeRead(error_code error, size_t size);
  void ReadMore(std::function<void(error_code)> then);
  void ReadAhead();
  void Left();

  void NextPiece(size_t limit, Got got);
  void Collect(size_t limit, std::shared_ptr<std::string> body, Got got);
  void SendContinue(std::function<void()> then);

  void Write(std::string head, std::shared_ptr<const std::string> body, std::function<void(bool)> done);
  void WriteNext(std::shared_ptr<Outgoing> out);
  void Finished();
  void Linger();

  std::unique_ptr<Transport> transport_;
  const std::string remote_;
  Shared& shared_;
  asio::steady_timer read_timer_;
  asio::steady_timer write_timer_;
  bool busy_ = false;

  std::array<char, 16 << 10> incoming_;
  std::string received_;  // Not parsed yet.
  std::function<void(error_code)> wanted_;
  bool reading_ = false;
  bool left_ = false;  // The client has closed.
  bool lingering_ = false;
  size_t lingered_ = 0;

  std::optional<Parser> parser_;
  Request request_;
  bool first_ = true;
  bool continue_expected_ = false;
  size_t body_taken_ = 0;
  std::chrono::steady_clock::time_point body_deadline_;

  bool writing_ = false;
  std::string stream_head_;
  bool chunked_ = false;
  bool head_only_ = false;
  bool keep_alive_ = false;
  std::function<void()> closed_;
};

}  // namespace lintel::gateway
