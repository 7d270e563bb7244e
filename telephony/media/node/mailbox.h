// Work for the SIP thread from any other one.
#pragma once

#include <functional>
#include <mutex>
#include <vector>

namespace lintel::media {

class Mailbox {
 public:
  Mailbox();  // Throws std::system_error when the system has no descriptor left.
  ~Mailbox();
  Mailbox(const Mailbox&) = delete;
  Mailbox& operator=(const Mailbox&) = delete;

  // Threads: any.
  void Post(std::function<void()> work);
  // Readable when there is work; the audio worker wakes the SIP thread by it, too.
  int descriptor() const { return descriptor_; }
  // SIP thread.
  void RunAll();

 private:
  int descriptor_;
  std::mutex mutex_;
  std::vector<std::function<void()>> waiting_;  // Guarded by mutex_.
};

}  // namespace lintel::media
