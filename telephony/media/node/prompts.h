// Prompts of calls as encoded audio: recordings and speech rendered once in threads of their own and kept, so that a
// menu that was heard before plays at once.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "telephony/media/audio/prompt.h"
#include "telephony/media/node/mailbox.h"
#include "telephony/speech/synthesiser.h"

namespace lintel::media {

using PromptList = std::vector<PromptPtr>;

class Prompts {
 public:
  // `voice` and `recordings` outlive it; answers are posted to `mailbox`.
  Prompts(speech::Voice& voice, const speech::Recordings& recordings, Mailbox& mailbox);
  ~Prompts();

  // Calls `ready` in the SIP thread: at once for what is known, later otherwise. What cannot be rendered is a short
  // silence, so that the flow goes on.
  void Render(speech::Language language, const speech::Spoken& parts, std::function<void(const PromptList&)> ready);

  // The music of a name, from its recording; the node's own when it has none. Read once per name.
  PromptPtr Music(const std::string& name);
  const PromptPtr& ringback() const { return ringback_; }

 private:
  struct Job {
    std::string key;
    speech::Language language;
    speech::Spoken parts;
    std::function<void(const PromptList&)> ready;
  };
  static constexpr size_t kMostKept = 512;
  static constexpr size_t kMostWaiting = 1000;
  static constexpr int kThreads = 2;

  void Work();
  void Finish(Job job);

  speech::Voice& voice_;
  const speech::Recordings& recordings_;
  Mailbox& mailbox_;
  std::map<std::string, PromptList> kept_;  // SIP thread.
  std::map<std::string, PromptPtr> music_;  // SIP thread.
  const PromptPtr own_music_ = HoldMusic();
  const PromptPtr ringback_ = RingbackTone();
  const PromptList silence_{Tone(0, 20, 0)};
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Job> jobs_;  // Guarded by mutex_.
  bool stop_ = false;     // Guarded by mutex_.
  std::vector<std::thread> threads_;
};

}  // namespace lintel::media
