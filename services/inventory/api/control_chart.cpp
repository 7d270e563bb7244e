#include "services/inventory/api/control_chart.h"

#include <set>

#include "platform/status/status.h"

namespace lintel::inventory {
namespace {

constexpr char kVersion[] = R"sql(
  SELECT h.epoch, h.position, r.rooms, r.versions
    FROM outbox_head h,
         (SELECT count(*) AS rooms, coalesce(sum(version), 0) AS versions
            FROM rooms WHERE tenant_id = $1 AND project_id = $2::uuid) r)sql";

// The bytes of a UUID in text.
std::string IdBytes(const std::string& id) {
  std::string bytes;
  int high = -1;
  for (const char c : id) {
    if (c == '-') continue;
    const int digit = c <= '9' ? c - '0' : c - 'a' + 10;
    if (high < 0) {
      high = digit;
    } else {
      bytes += static_cast<char>(high << 4 | digit);
      high = -1;
    }
  }
  return bytes;
}

// Indexes into a list of distinct words.
class Dictionary {
 public:
  explicit Dictionary(google::protobuf::RepeatedPtrField<std::string>* words) : words_(words) {}
  int IndexOf(const std::string& word) {
    const auto [entry, is_new] = index_.try_emplace(word, words_->size());
    if (is_new) *words_->Add() = word;
    return entry->second;
  }

 private:
  google::protobuf::RepeatedPtrField<std::string>* words_;
  std::map<std::string, int> index_;
};

}  // namespace

ChartVersion ReadChartVersion(pg::Transaction& tx, int64_t tenant, const std::string& project_id) {
  const pqxx::row row = tx.Query(kVersion, tenant, project_id).front();
  return {.position = fmt::format("inventory:{}-{}", row[0].as<int64_t>(), row[1].as<int64_t>()),
          .etag = fmt::format("\"{}-{}-{}\"", row[0].as<int64_t>(), row[2].as<int64_t>(), row[3].as<std::string>())};
}

v1::ControlChart ToChart(const std::vector<Room>& rooms) {
  v1::ControlChart chart;
  Dictionary buildings{chart.mutable_buildings()};
  Dictionary entrances{chart.mutable_entrances()};
  Dictionary layouts{chart.mutable_layouts()};
  layouts.IndexOf("");
  for (size_t i = 0; i < rooms.size(); ++i) {
    const Room& room = rooms[i];
    int state = StateCode(room.availability);
    const auto* taken = std::get_if<Taken>(&room.availability);
    if (taken != nullptr && taken->held_until) {
      state += 16 * static_cast<int>(taken->hold_kind);
      v1::HeldUntil& hold = *chart.add_holds();
      hold.set_index(static_cast<int>(i));
      hold.set_until_unix_s(std::chrono::floor<std::chrono::seconds>(*taken->held_until).time_since_epoch().count());
    }
    chart.mutable_room_ids()->append(IdBytes(room.id));
    chart.mutable_states()->push_back(static_cast<char>(state));
    chart.add_building_index(buildings.IndexOf(room.place.building));
    chart.add_entrance_index(entrances.IndexOf(room.place.entrance));
    chart.add_layout_index(layouts.IndexOf(room.layout));
    chart.add_floors(room.place.floor);
    chart.add_numbers(room.place.number);
    chart.add_built_area_hundredths(static_cast<int>(room.built_area.hundredths));
    chart.add_list_price_minor(room.list_price ? room.list_price->minor_units : 0);
  }
  return chart;
}

absl::Status CheckPlacesFree(const std::vector<Room>& existing, const std::vector<Room>& rooms) {
  std::set<Place> places;
  for (const Room& room : existing) places.insert(room.place);
  for (const Room& room : rooms) {
    if (!places.contains(room.place)) continue;
    return WithReason(absl::StatusCode::kAlreadyExists, "ROOM_EXISTS", "there is such a room",
                      {{"room", fmt::format("{} {} {}", room.place.building, room.place.entrance, room.place.number)}});
  }
  return absl::OkStatus();
}

}  // namespace lintel::inventory
