// Calls one service directly over gRPC from several threads and prints one JSON line:
//   bench_rpc claim ADDRESS SERVICE_KEY_FILE TENANT SECONDS THREADS < room names     each room is claimed once
//   bench_rpc room  ADDRESS SERVICE_KEY_FILE TENANT SECONDS THREADS < room names     rooms are read again and again
#include <fmt/format.h>

#include <atomic>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <thread>

#include "lintel/inventory/v1/claims.pb.h"
#include "platform/client/channel.h"
#include "platform/clock/clock.h"
#include "platform/ids/ids.h"
#include "tests/bench/latencies.h"

namespace lintel::bench {
namespace {

namespace v1 = inventory::v1;
using std::chrono::steady_clock;

struct Job {
  bool claim = false;
  int64_t tenant = 0;
  steady_clock::time_point end;
  std::vector<std::string> rooms;
  std::atomic<size_t> next{0};
  std::atomic<size_t> failed{0};
};

absl::Status Claim(Channel& channel, const std::string& room, const CallOptions& options) {
  v1::OpenClaimRequest request;
  request.set_claim_id(NewId());
  request.set_room(room);
  request.set_stage(v1::HELD);
  request.set_document("holds/" + request.claim_id());
  request.mutable_until()->set_seconds(std::chrono::system_clock::to_time_t(WallClock()) + 3600);
  return channel.Call<v1::Claim>("lintel.inventory.v1.ClaimsService/OpenClaim", request, options).status();
}

absl::Status Read(Channel& channel, const std::string& room, const CallOptions& options) {
  v1::GetRoomRequest request;
  request.set_name(room);
  return channel.Call<v1::Room>("lintel.inventory.v1.RoomsService/GetRoom", request, options).status();
}

// Takes rooms until they or the time run out.
void Work(Job& job, Channel& channel, Latencies& latencies) {
  while (steady_clock::now() < job.end) {
    const size_t at = job.next.fetch_add(1);
    if (job.claim && at >= job.rooms.size()) return;
    const std::string& room = job.rooms[at % job.rooms.size()];
    CallOptions options;
    options.deadline = steady_clock::now() + std::chrono::seconds(10);
    options.tenant = job.tenant;
    const auto started = steady_clock::now();
    const absl::Status status = job.claim ? Claim(channel, room, options) : Read(channel, room, options);
    latencies.Add(steady_clock::now() - started);
    if (!status.ok() && job.failed.fetch_add(1) == 0) fmt::print(stderr, "{}\n", status.ToString());
  }
}

int Run(char** arguments) {
  Job job;
  job.claim = arguments[1] == std::string("claim");
  std::string key;
  std::ifstream(arguments[3]) >> key;
  job.tenant = std::strtoll(arguments[4], nullptr, 10);
  const int threads = static_cast<int>(std::strtol(arguments[6], nullptr, 10));
  for (std::string room; std::getline(std::cin, room);) job.rooms.push_back(room);

  const Tokens tokens(key, "", WallClock);
  Channel channel(arguments[2], "bench", "inventory", tokens);
  const auto started = steady_clock::now();
  job.end = started + std::chrono::seconds(std::strtol(arguments[5], nullptr, 10));
  std::vector<Latencies> latencies(threads);
  std::vector<std::jthread> workers;
  for (Latencies& own : latencies) workers.emplace_back([&] { Work(job, channel, own); });
  workers.clear();  // Joins.

  const double seconds = std::chrono::duration<double>(steady_clock::now() - started).count();
  Latencies all;
  for (const Latencies& own : latencies) all.Merge(own);
  fmt::print(R"({{"calls": {}, "failed": {}, "seconds": {:.3f}, "p50Ms": {:.3f}, "p99Ms": {:.3f}}})"
             "\n",
             all.count(), job.failed.load(), seconds, all.Percentile(50), all.Percentile(99));
  return job.failed == 0 ? 0 : 1;
}

}  // namespace
}  // namespace lintel::bench

int main(int count, char** arguments) {
  if (count == 7) return lintel::bench::Run(arguments);
  fmt::print(stderr, "bench_rpc claim|room ADDRESS SERVICE_KEY_FILE TENANT SECONDS THREADS < room names\n");
  return 2;
}
