// The console's files, served from memory.
#include <brotli/decode.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include "gateway/testing/running_gateway.h"
#include "platform/testing/folder.h"

namespace lintel::gateway::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string Long(const std::string& begin) {
  std::string text = begin;
  for (int i = 0; i < 500; ++i) text += "line " + std::to_string(i) + "\n";
  return text;
}

std::string Unpacked(const Answer& answer) {
  std::string out(1 << 20, '\0');
  size_t size = out.size();
  const auto* bytes = reinterpret_cast<const uint8_t*>(answer.body.data());
  if (answer.Header("content-encoding") == "br") {
    BrotliDecoderDecompress(answer.body.size(), bytes, &size, reinterpret_cast<uint8_t*>(out.data()));
    return out.substr(0, size);
  }
  z_stream stream{};
  inflateInit2(&stream, 15 + 16);
  stream.next_in = const_cast<uint8_t*>(bytes);
  stream.avail_in = static_cast<uInt>(answer.body.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  inflate(&stream, Z_FINISH);
  inflateEnd(&stream);
  return out.substr(0, stream.total_out);
}

class Console : public ::testing::Test {
 protected:
  Console() {
    folder_.Write("web/index.html", page_);
    folder_.Write("web/assets/app-1a2b3c.js", script_);
    folder_.Write("web/logo.png", "\x89PNG");
    folder_.Write("secret.txt", "secret");
    gateway_ = std::make_unique<RunningGateway>([](const FakeCall&) { return FakeAnswer{.json = {"{}"}}; },
                                                RunOptions{.web_root = folder_.path() + "/web"});
  }
  const std::string page_ = Long("<!doctype html>");
  const std::string script_ = Long("// script\n");
  const lintel::testing::Folder folder_;
  std::unique_ptr<RunningGateway> gateway_;
};

TEST_F(Console, CompressesAsTheClientWishes) {
  for (const auto& [wish, coding] : std::vector<std::pair<std::string, std::string>>{{"br", "br"},
                                                                                     {"gzip", "gzip"},
                                                                                     {"gzip, deflate, br", "br"},
                                                                                     {"br;q=0, gzip", "gzip"},
                                                                                     {"gzip;q=0.5", "gzip"}}) {
    const Answer answer = gateway_->Ask("GET", "/assets/app-1a2b3c.js", "Accept-Encoding: " + wish + "\r\n");
    EXPECT_EQ(answer.Header("content-encoding"), coding) << wish;
    EXPECT_LT(answer.body.size(), script_.size()) << wish;
    EXPECT_EQ(Unpacked(answer), script_) << wish;
    EXPECT_EQ(answer.Header("vary"), "Accept-Encoding");
  }
  for (const std::string wish : {"", "Accept-Encoding: deflate\r\n", "Accept-Encoding: br;q=0, gzip;q=0\r\n"}) {
    const Answer answer = gateway_->Ask("GET", "/assets/app-1a2b3c.js", wish);
    EXPECT_EQ(answer.Header("content-encoding"), "") << wish;
    EXPECT_EQ(answer.body, script_) << wish;
  }
  EXPECT_EQ(gateway_->Ask("GET", "/logo.png", "Accept-Encoding: br\r\n").Header("content-encoding"), "");
}

TEST_F(Console, SendsNothingToWhoHasTheFile) {
  const Answer first = gateway_->Ask("GET", "/", "Accept-Encoding: br\r\n");
  for (const std::string coding : {"br", "gzip", "deflate"}) {
    const Answer again = gateway_->Ask(
        "GET", "/", "Accept-Encoding: " + coding + "\r\nIf-None-Match: \"x\", " + first.Header("etag") + "\r\n");
    EXPECT_EQ(again.status, 304);
    EXPECT_EQ(again.body, "");
    EXPECT_EQ(again.Header("etag"), first.Header("etag"));
  }
  EXPECT_EQ(gateway_->Ask("GET", "/", "If-None-Match: \"other\"\r\n").status, 200);
}

TEST_F(Console, MayBeKeptForEverWhereTheNameHoldsAHashOnly) {
  EXPECT_EQ(gateway_->Ask("GET", "/assets/app-1a2b3c.js").Header("cache-control"),
            "public, max-age=31536000, immutable");
  for (const std::string path : {"/", "/index.html", "/rooms/1806", "/logo.png"}) {
    EXPECT_EQ(gateway_->Ask("GET", path).Header("cache-control"), "no-cache") << path;
  }
}

TEST_F(Console, AnswersItsOwnPagesWithTheIndexAndMissingFilesWithNotFound) {
  EXPECT_EQ(gateway_->Ask("GET", "/rooms/1806?tab=price").body, page_);
  EXPECT_EQ(gateway_->Ask("GET", "/assets/missing.js").status, 404);
  EXPECT_EQ(gateway_->Ask("POST", "/", "", "{}").status, 404);
}

TEST_F(Console, LetsNobodyClimbOutOfItsFolder) {
  for (const std::string path : {"/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/assets/../../secret.txt",
                                 "/assets/%2E%2E/%2E%2E/x", "/..%5csecret.txt", "/..\\secret.txt", "/..", "/assets/..",
                                 "/%00", "/secret.txt%00.js"}) {
    const Answer answer = gateway_->Ask("GET", path);
    EXPECT_EQ(answer.status, 404) << path;
    EXPECT_NE(answer.body, "secret") << path;
    EXPECT_THAT(answer.body, Not(HasSubstr("doctype"))) << path;
  }
}

TEST_F(Console, AnswersHeadWithTheHeadAlone) {
  const Answer whole = gateway_->Ask("GET", "/assets/app-1a2b3c.js", "Accept-Encoding: gzip\r\n");
  HttpClient client(gateway_->port());
  for (int i = 0; i < 2; ++i) {  // A body would be taken for the second answer.
    const Answer head = client.Ask("HEAD", "/assets/app-1a2b3c.js", "Accept-Encoding: gzip\r\n");
    EXPECT_EQ(head.status, 200);
    EXPECT_EQ(head.Header("content-length"), std::to_string(whole.body.size()));
    EXPECT_EQ(head.Header("etag"), whole.Header("etag"));
  }
}

}  // namespace
}  // namespace lintel::gateway::testing
