#include "platform/helper/helper.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <filesystem>

#include "absl/strings/str_cat.h"
#include "platform/status/status.h"

namespace lintel {
namespace {

absl::Status Failed(const std::string& cause) {
  return WithReason(absl::StatusCode::kUnavailable, "HELPER_FAILED",
                    absl::StrCat("The helper process failed: ", cause));
}

absl::Status Late() {
  return WithReason(absl::StatusCode::kDeadlineExceeded, "HELPER_LATE", "The helper process did not answer in time.");
}

absl::Status BeyondLimit(const std::string& what) {
  return WithReason(absl::StatusCode::kOutOfRange, "HELPER_LIMIT",
                    absl::StrCat("A ", what, " is larger than the helper takes."));
}

void Limit(int resource, rlim_t value) {
  const rlimit limit{value, value};
  setrlimit(static_cast<__rlimit_resource>(resource), &limit);
}

// Runs between fork and exec: only calls that are safe there.
[[noreturn]] void BecomeHelper(int socket, pid_t parent, const HelperLimits& limits, char* const* arguments) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(126);  // The parent died before the line above.
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  dup2(socket, STDIN_FILENO);
  const int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
  dup2(null, STDOUT_FILENO);
  close_range(3, ~0U, CLOSE_RANGE_CLOEXEC);
#ifndef __SANITIZE_ADDRESS__
  Limit(RLIMIT_AS, limits.memory_bytes);
#endif
  Limit(RLIMIT_CPU, static_cast<rlim_t>(limits.processor_seconds));
  Limit(RLIMIT_FSIZE, limits.request_bytes);
  Limit(RLIMIT_NOFILE, 32);
  Limit(RLIMIT_CORE, 0);
  char* const environment[] = {const_cast<char*>("LC_ALL=C.UTF-8"), nullptr};
  execve(arguments[0], arguments, environment);
  _exit(127);
}

// Waits until the socket is ready for `events` or the deadline passes.
absl::Status Await(int socket, short events, std::chrono::steady_clock::time_point deadline) {
  while (true) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    if (left.count() <= 0) return Late();
    pollfd ready{.fd = socket, .events = events, .revents = 0};
    const int count = poll(&ready, 1, static_cast<int>(left.count()));
    if (count > 0) return absl::OkStatus();
    if (count < 0 && errno != EINTR) return Failed(std::strerror(errno));
  }
}

}  // namespace

Helper::Helper(std::string program, std::vector<std::string> arguments, HelperLimits limits)
    : program_(std::move(program)), arguments_(std::move(arguments)), limits_(limits) {}

Helper::~Helper() { Kill(); }

pid_t Helper::pid() const {
  const std::lock_guard lock(mutex_);
  return pid_;
}

bool Helper::started() const {
  const std::lock_guard lock(mutex_);
  return started_;
}

absl::Status Helper::Start() {
  if (access(program_.c_str(), X_OK) != 0) return Failed(absl::StrCat(program_, ": ", std::strerror(errno)));
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return Failed(std::strerror(errno));
  std::vector<char*> arguments{const_cast<char*>(program_.c_str())};
  for (const std::string& argument : arguments_) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);

  const pid_t parent = getpid();
  const pid_t child = fork();
  if (child == 0) BecomeHelper(ends[1], parent, limits_, arguments.data());
  close(ends[1]);
  if (child < 0) {
    close(ends[0]);
    return Failed(std::strerror(errno));
  }
  fcntl(ends[0], F_SETFL, O_NONBLOCK);
  pid_ = child;
  socket_ = ends[0];
  calls_ = 0;
  started_ = true;
  return absl::OkStatus();
}

void Helper::Kill() {
  if (pid_ == 0) return;
  close(socket_);
  kill(pid_, SIGKILL);
  while (waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
  }
  pid_ = 0;
  socket_ = -1;
}

absl::Status Helper::Send(std::string_view bytes, Deadline deadline) {
  while (!bytes.empty()) {
    const ssize_t sent = send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent > 0) {
      bytes.remove_prefix(static_cast<size_t>(sent));
    } else if (errno == EAGAIN) {
      RETURN_IF_ERROR(Await(socket_, POLLOUT, deadline));
    } else if (errno != EINTR) {
      return Failed(std::strerror(errno));
    }
  }
  return absl::OkStatus();
}

absl::Status Helper::Receive(char* bytes, size_t count, Deadline deadline) {
  while (count > 0) {
    const ssize_t got = recv(socket_, bytes, count, 0);
    if (got > 0) {
      bytes += got;
      count -= static_cast<size_t>(got);
    } else if (got == 0) {
      return Failed("it ended");
    } else if (errno == EAGAIN) {
      RETURN_IF_ERROR(Await(socket_, POLLIN, deadline));
    } else if (errno != EINTR) {
      return Failed(std::strerror(errno));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> Helper::Exchange(std::string_view request, Deadline deadline) {
  const auto length = static_cast<uint32_t>(request.size());
  RETURN_IF_ERROR(Send({reinterpret_cast<const char*>(&length), sizeof length}, deadline));
  RETURN_IF_ERROR(Send(request, deadline));
  uint32_t reply_length = 0;
  RETURN_IF_ERROR(Receive(reinterpret_cast<char*>(&reply_length), sizeof reply_length, deadline));
  if (reply_length > limits_.reply_bytes) return BeyondLimit("reply");
  std::string reply(reply_length, '\0');
  RETURN_IF_ERROR(Receive(reply.data(), reply.size(), deadline));
  return reply;
}

absl::StatusOr<std::string> Helper::Call(std::string_view request, std::chrono::milliseconds timeout) {
  const Deadline deadline = std::chrono::steady_clock::now() + timeout;
  if (request.size() > limits_.request_bytes) return BeyondLimit("request");
  const std::unique_lock lock(mutex_, deadline);
  if (!lock.owns_lock()) return Late();
  if (calls_ >= limits_.calls) Kill();
  if (pid_ == 0) RETURN_IF_ERROR(Start());
  ++calls_;
  absl::StatusOr<std::string> reply = Exchange(request, deadline);
  if (!reply.ok()) Kill();
  return reply;
}

std::string ProgramBeside(const std::string& name) {
  return (std::filesystem::read_symlink("/proc/self/exe").parent_path() / name).string();
}

}  // namespace lintel
