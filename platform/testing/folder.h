// A folder of a test's own, gone with it.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>

#include "platform/ids/ids.h"

namespace lintel::testing {

class Folder {
 public:
  Folder() : path_(std::filesystem::temp_directory_path() / ("lintel-test-" + RandomHex(16))) {
    std::filesystem::create_directories(path_);
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;

  // What is, or may one day be, at `name` in it.
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
  // The whole path of `name`, which may lie in folders.
  std::string Write(const std::string& name, const std::string& contents) const {
    const std::filesystem::path path = path_ / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << contents;
    return path.string();
  }
  std::string path() const { return path_.string(); }

 private:
  const std::filesystem::path path_;
};

}  // namespace lintel::testing
