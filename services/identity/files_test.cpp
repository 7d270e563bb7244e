// Uploads: whose they are, who takes them over, and what becomes of those that nobody takes.
#include "services/identity/testing/fixture.h"

namespace lintel::identity {
namespace {

class Uploads : public IdentityTest {
 protected:
  // `times` chunks of `chunk`.
  absl::StatusOr<v1::File> Upload(const CallOptions& options, const std::string& chunk, int times = 1) {
    int sent = 0;
    return channel_->Upload<v1::File, google::api::HttpBody>("lintel.identity.v1.FilesService/UploadFile", options,
                                                             [&](google::api::HttpBody& message) {
                                                               message.set_data(chunk);
                                                               return ++sent <= times;
                                                             });
  }
  absl::StatusOr<v1::TakeFilesResponse> Take(const std::vector<std::string>& names, const std::string& owner) {
    v1::TakeFilesRequest request;
    for (const std::string& name : names) request.add_names(name);
    CallOptions on_behalf = AsService(first_);
    on_behalf.actor = owner;
    return channel_->Call<v1::TakeFilesResponse>(kInternal + "TakeFiles", request, on_behalf);
  }
  // What the service reads of it; empty when it may not.
  std::string Read(const std::string& name) {
    v1::ReadFileRequest read;
    read.set_name(name);
    std::string bytes;
    const absl::Status done =
        channel_->Stream<google::api::HttpBody>(kInternal + "ReadFile", read, AsService(first_), [&](const auto& part) {
          bytes += part.data();
          return true;
        });
    return done.ok() ? bytes : "";
  }
};

TEST_F(Uploads, AnUploadBelongsToItsOperatorUntilAServiceTakesItAndUnusedOnesGo) {
  const auto agent = SignIn("agent");
  CallOptions options = Options(agent->access_token());
  options.metadata["x-lintel-filename"] = "%E6%88%BF%E9%97%B4.csv";
  const auto file = Upload(options, "房号,面积\n", 3);
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_EQ(file->filename(), "房间.csv");
  EXPECT_EQ(file->content_type(), "text/plain");
  EXPECT_EQ(file->size_bytes(), 42);
  v1::GetFileRequest get;
  get.set_name(file->name());
  EXPECT_FALSE(Do<v1::File>(SignIn("consultant")->access_token(), "FilesService/GetFile", get).ok());
  EXPECT_EQ(Read(file->name()), "");
  EXPECT_FALSE(Take({file->name()}, SignIn("consultant")->operator_()).ok());
  ASSERT_TRUE(Take({file->name()}, agent->operator_()).ok());
  EXPECT_EQ(Read(file->name()), "房号,面积\n房号,面积\n房号,面积\n");

  ASSERT_TRUE(Upload(options, "x").ok());
  ahead_ = std::chrono::hours(25);
  ASSERT_TRUE(identity_.Sweep().ok());
  EXPECT_EQ(database_.Value("SELECT string_agg('files/' || id, ',') FROM files"), file->name());
}

TEST_F(Uploads, FilesAreTakenTogetherOrNotAtAll) {  // SAL-15
  const auto agent = SignIn("agent");
  const CallOptions options = Options(agent->access_token());
  const std::string first = Upload(options, "一")->name();
  const std::string second = Upload(options, "二")->name();
  const auto missing = Take({first, "files/" + NewId(), second}, agent->operator_());
  EXPECT_EQ(missing.status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(FieldOf(Take({first, "scan.pdf"}, agent->operator_()).status()), "names[1]");
  EXPECT_EQ(FieldOf(Take(std::vector<std::string>(101, first), agent->operator_()).status()), "names");
  EXPECT_EQ(Read(first) + Read(second), "") << "none was taken";
  for (int repeated = 0; repeated < 2; ++repeated) {
    const auto taken = Take({second, first, second}, agent->operator_());
    ASSERT_TRUE(taken.ok()) << taken.status();
    ASSERT_EQ(taken->files_size(), 3);
    EXPECT_EQ(taken->files(0).name(), second) << "in the order of the names";
    EXPECT_EQ(taken->files(1).name(), first);
  }
  EXPECT_EQ(Read(first) + Read(second), "一二");
  EXPECT_EQ(database_.Value("SELECT max(cardinality(taken_by)) FROM files"), "1");
}

TEST_F(Uploads, AnUploadThatIsTooLargeOrEmptyLeavesNothing) {
  const CallOptions options = Options(SignIn("agent")->access_token());
  EXPECT_EQ(ReasonOf(Upload(options, std::string(60000, 'x'), 0).status()), "FILE_EMPTY");
  EXPECT_EQ(ReasonOf(Upload(options, std::string(60000, 'x'), 18).status()), "FILE_TOO_LARGE");
  EXPECT_EQ(database_.Value("SELECT count(*) FROM files"), "0");
}

TEST_F(Uploads, AnUploadThatEndsBeforeItsAnnouncedLengthLeavesNothing) {
  CallOptions options = Options(SignIn("agent")->access_token());
  options.metadata["x-lintel-content-length"] = "2";
  EXPECT_EQ(Upload(options, "x", 1).status().code(), absl::StatusCode::kCancelled);
  EXPECT_EQ(database_.Value("SELECT count(*) FROM files"), "0");
  EXPECT_TRUE(Upload(options, "x", 2).ok());
}

}  // namespace
}  // namespace lintel::identity
