// Projects, layouts and rooms on real PostgreSQL through a real server, with a project to begin with and an identity
// that knows the uploads a test gave it.
#pragma once

#include <gtest/gtest.h>

#include "lintel/identity/v1/identity.pb.h"
#include "platform/ids/ids.h"
#include "platform/status/status.h"
#include "platform/testing/database.h"
#include "platform/testing/fake_peer.h"
#include "platform/testing/server.h"
#include "services/inventory/api/layouts_service.h"
#include "services/inventory/api/projects_service.h"
#include "services/inventory/api/rooms_service.h"
#include "services/inventory/embedded.h"

namespace lintel::inventory {

using operations::v1::Operation;

class RoomsServiceTest : public ::testing::Test {
 protected:
  void SetUp() override {
    projects_.Register(host_.server());
    layouts_.Register(host_.server());
    rooms_.Register(host_.server());
    operations_.Serve(host_.server());
    using identity::v1::TakeFilesRequest;
    using identity::v1::TakeFilesResponse;
    identity_.Answer<TakeFilesResponse, TakeFilesRequest>(
        "lintel.identity.v1.IdentityService/TakeFiles",
        [this](const TakeFilesRequest& request) -> absl::StatusOr<TakeFilesResponse> {
          TakeFilesResponse response;
          for (const std::string& name : request.names()) {
            const auto found = uploads_.find(name);
            if (found == uploads_.end()) return Missing("file", name);
            response.add_files()->set_content_type(found->second);
          }
          return response;
        });
    host_.Start();
    runner_.Start();
    v1::CreateProjectRequest request;
    request.mutable_project()->set_display_name("示例苑");
    project_ = host_.channel()
                   .Call<v1::Project>("lintel.inventory.v1.ProjectsService/CreateProject", request, host_.As(manager_))
                   ->name();
  }
  void TearDown() override { runner_.Stop(); }

  template <class Reply>
  absl::StatusOr<Reply> Send(const std::string& method, const google::protobuf::Message& request) {
    return As<Reply>(manager_, "RoomsService/" + method, request);
  }
  template <class Reply>
  absl::StatusOr<Reply> As(const Principal& who, const std::string& method, const google::protobuf::Message& request) {
    return host_.channel().Call<Reply>("lintel.inventory.v1." + method, request, host_.As(who));
  }
  // An operator who may see another project only.
  static Principal Elsewhere() {
    Principal elsewhere = testing::OperatorWith({"project.manage", "room.read", "room.manage"});
    elsewhere.all_projects = false;
    elsewhere.project_ids = {NewId()};
    return elsewhere;
  }
  v1::GenerateRoomsRequest Tower(int floors) {
    v1::GenerateRoomsRequest request;
    request.set_parent(project_);
    request.set_building("3栋");
    request.set_entrance("1单元");
    request.set_first_floor(1);
    request.set_last_floor(floors);
    for (int unit = 0; unit < 50; ++unit) request.add_units()->set_built_area_hundredths(9642);
    request.mutable_unit_price()->set_minor_units(3'021'600);
    request.set_available(true);
    return request;
  }
  absl::StatusOr<Operation> Import(const std::string& filename, const std::string& content, v1::Rounding rounding,
                                   bool dry_run = false) {
    v1::ImportRoomsRequest request;
    request.set_parent(project_);
    request.set_filename(filename);
    request.set_content(content);
    request.set_rounding(rounding);
    request.set_dry_run(dry_run);
    request.set_wait(true);
    return Send<Operation>("ImportRooms", request);
  }
  static int Number(const Operation& operation, const std::string& field) {
    return static_cast<int>(operation.response().fields().at(field).number_value());
  }
  static std::string Total(const Operation& operation, const std::string& field) {
    const auto& value = operation.response().fields().at("totals").struct_value().fields().at(field);
    return value.has_struct_value() ? value.struct_value().fields().at("minorUnits").string_value()
                                    : value.string_value();
  }

  const Principal manager_ = testing::OperatorWith(
      {"project.manage", "room.manage", "room.read", "room.release", "deal.read", "price.publish"});
  testing::TestDatabase database_{"inventory", InventoryMigrations()};
  const Reasons reasons_{InventoryReasons()};
  Metrics metrics_{"inventory"};
  Commands commands_{database_.app(), WallClock};
  JobRunner runner_{database_.app(), database_.job(), WallClock, metrics_};
  Operations operations_{"inventory", commands_, reasons_};
  testing::TestServer host_{InventoryReasons()};
  std::map<std::string, std::string> uploads_;  // Type by name, as identity knows them.
  testing::FakePeer identity_;
  RoomImports imports_{commands_, operations_, runner_, identity_.channel(), SheetOptions{}};
  ProjectsService projects_{commands_};
  LayoutsService layouts_{commands_, identity_.channel()};
  RoomsService rooms_{commands_, imports_};
  std::string project_;
};

}  // namespace lintel::inventory
