// Opens claims in groups. On opening day hundreds of consultants press at the same second: claims that come while a
// transaction runs go together into the next one, so that a few statements and one flush of the disk serve them all
// (docs/adr/0010). A claim that comes alone is opened alone, at once.
#pragma once

#include "platform/command/command.h"
#include "platform/group/group.h"
#include "services/inventory/api/convert.h"

namespace lintel::inventory {

class OpenClaims {
 public:
  explicit OpenClaims(Commands& commands);

  // The claim's id is what makes it happen once. A refused id can never claim again.
  absl::StatusOr<v1::Claim> Open(const Call& call, const v1::OpenClaimRequest& request);

  // Groups that run at the same time, and the claims that wait for the next one.
  static constexpr size_t kAtOnce = 2;
  size_t waiting() { return groups_.waiting(); }

 private:
  struct Order {
    const Call& call;
    Cause cause;
    RoomName room;
    ClaimRequest wanted;
    std::string reason;
    absl::StatusOr<v1::Claim> answer;
  };
  using Orders = std::vector<Order*>;

  void Work(const Orders& orders);
  absl::Status OpenAll(pg::Transaction& tx, const Orders& orders);
  static absl::StatusOr<Room> Decide(pg::Transaction& tx, const Order& order, const std::map<std::string, bool>& closed,
                                     const std::map<std::string, Room>& rooms);

  Commands& commands_;
  Groups<Order> groups_;
};

}  // namespace lintel::inventory
