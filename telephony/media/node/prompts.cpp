#include "telephony/media/node/prompts.h"

#include <utility>

#include "platform/log/log.h"

namespace lintel::media {
namespace {

std::string KeyOf(speech::Language language, const speech::Spoken& parts) {
  std::string key = speech::ToTag(language);
  for (const speech::SpokenPart& part : parts) {
    key += '\x1f' + std::to_string(static_cast<int>(part.kind)) + '\x1e' + part.value + '\x1e' + part.text;
  }
  return key;
}

}  // namespace

Prompts::Prompts(speech::Voice& voice, const speech::Recordings& recordings, Mailbox& mailbox)
    : voice_(voice), recordings_(recordings), mailbox_(mailbox) {
  for (int i = 0; i < kThreads; ++i) threads_.emplace_back([this] { Work(); });
}

Prompts::~Prompts() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void Prompts::Render(speech::Language language, const speech::Spoken& parts,
                     std::function<void(const PromptList&)> ready) {
  std::string key = KeyOf(language, parts);
  const auto known = kept_.find(key);
  if (known != kept_.end()) return ready(known->second);
  {
    const std::lock_guard lock(mutex_);
    if (jobs_.size() < kMostWaiting) {
      jobs_.push_back({.key = std::move(key), .language = language, .parts = parts, .ready = std::move(ready)});
      changed_.notify_one();
      return;
    }
  }
  ready(silence_);
}

PromptPtr Prompts::Music(const std::string& name) {
  if (name.empty()) return own_music_;
  const auto known = music_.find(name);
  if (known != music_.end()) return known->second;
  const auto samples = recordings_.Load(name, speech::Language::kChinese);
  const PromptPtr music = samples.ok() ? std::make_shared<const Prompt>(**samples) : own_music_;
  if (music_.size() < kMostKept) music_[name] = music;
  return music;
}

void Prompts::Work() {
  for (;;) {
    Job job;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return stop_ || !jobs_.empty(); });
      if (stop_) return;
      job = std::move(jobs_.front());
      jobs_.pop_front();
    }
    Finish(std::move(job));
  }
}

void Prompts::Finish(Job job) {
  const auto rendered = voice_.Render(job.parts, job.language);
  PromptList list;
  if (rendered.ok()) {
    for (const speech::SharedSamples& samples : *rendered) list.push_back(std::make_shared<const Prompt>(*samples));
  } else {
    log::Warn("a prompt cannot be spoken", {{"reason", std::string(rendered.status().message())}});
  }
  const bool keep = !list.empty();
  mailbox_.Post([this, keep, job = std::move(job), list = std::move(list)] {
    if (keep) {
      if (kept_.size() >= kMostKept) kept_.clear();
      kept_[job.key] = list;
    }
    job.ready(keep ? list : silence_);
  });
}

}  // namespace lintel::media
