#include "platform/blob/blob.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "platform/status/status.h"
#include "platform/testing/folder.h"

namespace lintel {
namespace {

namespace fs = std::filesystem;

class BlobTest : public ::testing::Test {
 protected:
  absl::StatusOr<BlobInfo> Put(const std::string& bytes, size_t piece = 10'000, int64_t most = 1 << 30) {
    size_t at = 0;
    return blobs_.Put(1, most, [&](std::string& chunk) {
      if (at >= bytes.size()) return false;
      chunk = bytes.substr(at, piece);
      at += chunk.size();
      return true;
    });
  }
  std::string Range(const BlobInfo& info, int64_t offset, int64_t length) {
    std::string all;
    const absl::Status status = blobs_.Get(1, info, offset, length, [&](const std::string& piece) {
      all += piece;
      return true;
    });
    return status.ok() ? all : std::string(status.message());
  }
  std::string File() {
    for (const auto& entry : fs::recursive_directory_iterator(home_ / "blob")) {
      if (entry.is_regular_file()) return entry.path();
    }
    return "";
  }
  static std::string Pattern(size_t size) {
    std::string bytes(size, '\0');
    for (size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>(i * 31 + i / 977);
    return bytes;
  }

  const testing::Folder home_;
  Blobs blobs_{home_ / "blob", home_ / "secrets/tenant.key"};
};

TEST_F(BlobTest, GivesBackWhatWasPutAroundEveryBoundaryOfABlock) {
  for (const size_t size : {size_t{0}, size_t{1}, size_t{65535}, size_t{65536}, size_t{65537}, size_t{200000}}) {
    const std::string bytes = Pattern(size);
    const auto info = Put(bytes);
    ASSERT_TRUE(info.ok()) << info.status();
    EXPECT_EQ(info->size_bytes, static_cast<int64_t>(size));
    EXPECT_EQ(*blobs_.Read(1, *info), bytes);
  }
}

TEST_F(BlobTest, AnswersRangesAcrossBlocks) {
  const std::string bytes = Pattern(200000);
  const BlobInfo info = *Put(bytes, 70'000);
  EXPECT_EQ(Range(info, 65530, 20), bytes.substr(65530, 20));
  EXPECT_EQ(Range(info, 131072, 1), bytes.substr(131072, 1));
  EXPECT_EQ(Range(info, 199990, 100), bytes.substr(199990));
  EXPECT_EQ(Range(info, 200000, 5), "");
  EXPECT_EQ(blobs_.Get(1, info, 200001, 1, nullptr).code(), absl::StatusCode::kOutOfRange);
}

TEST_F(BlobTest, TheDiskHoldsNoPlainText) {
  const BlobInfo info = *Put("a very recognisable sentence");
  std::ifstream file(File(), std::ios::binary);
  const std::string stored{std::istreambuf_iterator<char>(file), {}};
  EXPECT_EQ(stored.find("recognisable"), std::string::npos);
  EXPECT_EQ(info.sha256.size(), 64U);
}

TEST_F(BlobTest, WithoutItsKeyOrUnderAnotherTenantItIsUnreadable) {
  BlobInfo info = *Put("secret");
  EXPECT_EQ(ReasonOf(blobs_.Read(2, info).status()), "BLOB_DAMAGED");
  info.wrapped_key.clear();
  EXPECT_EQ(ReasonOf(blobs_.Read(1, info).status()), "BLOB_DAMAGED");
}

TEST_F(BlobTest, AChangedByteAndAFileCutShortAreNoticed) {
  const BlobInfo info = *Put(Pattern(100000));
  fs::resize_file(File(), 65536 + 16);
  EXPECT_EQ(ReasonOf(blobs_.Read(1, info).status()), "BLOB_DAMAGED");
  BlobInfo shorter = info;
  shorter.size_bytes = 65536;  // Even when the owner's row says so too.
  EXPECT_EQ(ReasonOf(blobs_.Read(1, shorter).status()), "BLOB_DAMAGED");
}

TEST_F(BlobTest, BeyondTheLimitNothingIsLeftBehind) {
  EXPECT_EQ(ReasonOf(Put(Pattern(1001), 100, 1000).status()), "FILE_TOO_LARGE");
  EXPECT_EQ(File(), "");
  EXPECT_TRUE(Put(Pattern(1000), 100, 1000).ok());
}

TEST_F(BlobTest, AnotherProcessOfTheSameHomeReadsIt) {
  const BlobInfo info = *Put("shared");
  Blobs other(home_ / "blob", home_ / "secrets/tenant.key");
  EXPECT_EQ(*other.Read(1, info), "shared");
  other.Remove(info.id);
  EXPECT_EQ(blobs_.Read(1, info).status().code(), absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace lintel
