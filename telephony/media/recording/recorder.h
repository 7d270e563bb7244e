// Writes recordings: two channels (caller left, agent right), taken frame by frame from the worker by a thread of its
// own and spooled under the node's home. A finished file carries tenant and call in its name, so that whatever was
// spooled when the node died is found and uploaded by the next one.
#pragma once

#include <atomic>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/statusor.h"
#include "telephony/media/worker/leg.h"
#include "telephony/media/worker/worker.h"

namespace lintel::media {

// One spooled recording: "<tenant>_<call>.wav".
struct Spooled {
  std::filesystem::path path;
  int64_t tenant = 0;
  std::string call_id;
};

// The recordings ready in `spool`, oldest first.
std::vector<Spooled> ListSpool(const std::filesystem::path& spool);

// Gives files that a dead node left unfinished a right header and their final name. Call once, before Recorder.
void RepairSpool(const std::filesystem::path& spool);

class Recorder {
 public:
  // `finished` is told, in the writer's thread, that there is something new in the spool.
  Recorder(std::filesystem::path spool, WorkerRings& rings, std::function<void()> finished);
  ~Recorder();

  void Start();
  void Stop();  // Finishes every open file.

  // Names a recording before the worker is told of it; the id is never 0. Threads: any.
  uint64_t Open(int64_t tenant, const std::string& call_id);
  // The file is finished once the frames already in the ring are written. Threads: any.
  void Close(uint64_t recording);

  // Takes what waits; the thread calls it, and tests do.
  void Round();

  uint64_t failures() const { return failures_.load(); }

 private:
  struct File {
    std::FILE* stream = nullptr;
    std::filesystem::path part;
    uint32_t frames = 0;
    bool failed = false;
  };

  void Run();
  void Write(const RecordedFrame& frame);
  bool Append(File& file, const RecordedFrame& frame);
  void Finish(File& file);

  const std::filesystem::path spool_;
  WorkerRings& rings_;
  const std::function<void()> finished_;
  std::mutex mutex_;
  uint64_t next_ = 1;
  std::map<uint64_t, File> files_;  // Guarded by mutex_ as to its shape; the writer alone uses a File.
  std::vector<uint64_t> closing_;   // Guarded by mutex_.
  std::atomic<uint64_t> failures_{0};
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

}  // namespace lintel::media
