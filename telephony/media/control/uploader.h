// Brings spooled recordings to `telephony`, oldest first, until each is taken; only then the file is removed. Size and
// SHA-256 go ahead, so that one which was cut on its way is refused and sent again.
#pragma once

#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <thread>

#include "platform/client/channel.h"
#include "telephony/media/recording/recorder.h"

namespace lintel::media {

class Uploader {
 public:
  Uploader(std::filesystem::path spool, Channel& channel);
  ~Uploader();

  void Start();
  void Stop();
  // There is something new in the spool. Threads: any.
  void Notify();

  uint64_t uploaded() const { return uploaded_.load(); }

 private:
  void Run();
  // False when `telephony` did not take it now.
  bool Upload(const Spooled& spooled);

  const std::filesystem::path spool_;
  Channel& channel_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool news_ = true;   // Guarded by mutex_; a dead node may have left something.
  bool stop_ = false;  // Guarded by mutex_.
  std::atomic<uint64_t> uploaded_{0};
  std::thread thread_;
};

}  // namespace lintel::media
