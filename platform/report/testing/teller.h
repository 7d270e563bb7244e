// How the story's events look: one method per kind of announcement.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "lintel/inventory/v1/rooms.pb.h"
#include "lintel/sales/v1/sales.pb.h"
#include "lintel/type/money.pb.h"
#include "platform/report/testing/story.h"

namespace lintel::testing {

class Teller {
 public:
  explicit Teller(Story& story) : story_(story) {}

  void OpenProject(int64_t tenant, int project, const std::string& name, const std::string& zone,
                   const std::vector<int>& rooms);
  void ChangeRoom(int64_t tenant, int project, int number, inventory::v1::RoomState to, int64_t version,
                  const std::string& time);
  void Register(int64_t tenant, int number, const std::string& source, const std::string& time);
  void Visit(int64_t tenant, int visit, int customer, int project, const std::string& kind, bool first,
             const std::string& time);
  void Hold(int64_t tenant, int hold, int deal, int project, int room, int customer, const std::string& time);
  void EndHold(int hold, int deal, int project, int room, int customer, sales::v1::DocumentState state,
               const std::string& time);
  void Subscribe(int64_t tenant, int subscription, int deal, int project, int room, int customer, int64_t list_price,
                 int64_t price, const std::string& time);
  void Sign();
  void Due();
  void Receipt(int64_t tenant, int receipt, const std::string& number, int deal, int project, int room, int customer,
               int64_t fen, const std::string& method, int reversal_of,
               const std::vector<std::pair<int, int64_t>>& allocations, const std::string& time);
  void Erase(int number);
  void Call(int64_t tenant, int number, const std::string& outcome, const std::string& time);

  static std::string Project(int number);
  static std::string Room(int project, int number);
  static std::string Customer(int number);

 private:
  static void SetTime(google::protobuf::Timestamp* field, const std::string& time);
  static void SetDate(google::type::Date* field, const std::string& text);
  static void SetMoney(type::Money* field, int64_t fen);

  Story& story_;
};

}  // namespace lintel::testing
