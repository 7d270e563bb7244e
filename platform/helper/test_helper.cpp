// A helper that misbehaves on request, for helper_test.cpp.
#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <string>

#include "platform/helper/serve.h"

int main() {
  return lintel::ServeHelper([](std::string request) -> std::string {
    if (request == "die") _exit(3);
    if (request == "hang") pause();
    if (request == "descriptors") {
      int open = 0;
      for (int descriptor = 0; descriptor < 1024; ++descriptor) open += fcntl(descriptor, F_GETFD) >= 0 ? 1 : 0;
      return std::to_string(open);
    }
    if (request == "secret") return std::getenv("LINTEL_TEST_SECRET") == nullptr ? "unknown" : "leaked";
    if (request == "long") return std::string(2'000'000, 'x');
    return "echo " + request;
  });
}
