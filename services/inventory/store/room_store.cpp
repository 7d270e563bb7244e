#include "services/inventory/store/room_store.h"

#include <array>
#include <stdexcept>

#include "platform/status/status.h"

#define ROOM_COLUMNS                                                                                         \
  "id, project_id, building, entrance, floor, number, layout, orientation, built_area_hundredths,"           \
  " inner_area_hundredths, unit_price_minor, list_price_minor, price_version, state, lock_reason, claim_id," \
  " hold_kind, held_until, document, team, state_time, version"

namespace lintel::inventory {
namespace {

constexpr char kFind[] = "SELECT " ROOM_COLUMNS R"sql(
    FROM rooms WHERE tenant_id = $1 AND project_id = $2::uuid AND id = $3::uuid
     AND ($4 OR project_id = ANY($5::uuid[])))sql";
constexpr char kFindForUpdate[] = "SELECT " ROOM_COLUMNS R"sql(
    FROM rooms WHERE tenant_id = $1 AND project_id = $2::uuid AND id = $3::uuid
     AND ($4 OR project_id = ANY($5::uuid[])) FOR UPDATE)sql";
constexpr char kFindByClaim[] = "SELECT " ROOM_COLUMNS R"sql(
    FROM rooms WHERE tenant_id = $1 AND claim_id = $2::uuid)sql";
constexpr char kFindByClaimForUpdate[] = "SELECT " ROOM_COLUMNS R"sql(
    FROM rooms WHERE tenant_id = $1 AND claim_id = $2::uuid FOR UPDATE)sql";
constexpr char kFindAll[] = "SELECT " ROOM_COLUMNS R"sql(
    FROM rooms WHERE tenant_id = $1 AND project_id = $2::uuid AND ($3 OR project_id = ANY($4::uuid[]))
   ORDER BY building, entrance, floor DESC, number)sql";
constexpr char kLock[] = "SELECT " ROOM_COLUMNS R"sql(
    FROM rooms WHERE tenant_id = $1 AND id = ANY($2::uuid[]) AND ($3 OR project_id = ANY($4::uuid[]))
   ORDER BY id FOR UPDATE)sql";

constexpr char kInsert[] = R"sql(
  INSERT INTO rooms (tenant_id, id, project_id, building, entrance, floor, number, layout, orientation,
                     built_area_hundredths, inner_area_hundredths, unit_price_minor, list_price_minor, price_version,
                     state, lock_reason, state_time, version)
  SELECT $1, r.id, r.project_id, r.building, r.entrance, r.floor, r.number, r.layout, r.orientation, r.built, r.inner_area,
         r.unit_price, r.list_price, r.price_version, r.state, r.lock_reason, r.state_time, 1
    FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::int[], $7::text[], $8::text[], $9::text[],
                $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[], $14::int[], $15::smallint[], $16::text[],
                $17::timestamptz[])
         AS r (id, project_id, building, entrance, floor, number, layout, orientation, built, inner_area, unit_price,
               list_price, price_version, state, lock_reason, state_time)
  ON CONFLICT DO NOTHING)sql";

constexpr char kSave[] = R"sql(
  UPDATE rooms
     SET layout = $3, orientation = $4, built_area_hundredths = $5, inner_area_hundredths = $6, unit_price_minor = $7,
         list_price_minor = $8, price_version = $9, state = $10, lock_reason = $11, claim_id = $12::uuid, hold_kind = $13,
         held_until = $14, document = $15, team = $16, state_time = $17, version = version + 1
   WHERE tenant_id = $1 AND id = $2::uuid
  RETURNING version)sql";

constexpr char kSaveTransitions[] = R"sql(
  WITH wanted AS (
    SELECT * FROM unnest($2::uuid[], $3::bigint[], $4::smallint[], $5::smallint[], $6::text[], $7::text[], $8::smallint[],
                         $9::text[], $10::text[], $11::text[], $12::timestamptz[], $13::text[], $14::text[], $15::int[],
                         $16::timestamptz[])
             AS w (id, version, from_state, state, lock_reason, claim_id, hold_kind, held_until, document, team, state_time,
                   actor, reason, price_version, time)),
  saved AS (
    UPDATE rooms AS r
       SET state = w.state, lock_reason = w.lock_reason, claim_id = nullif(w.claim_id, '')::uuid, hold_kind = w.hold_kind,
           held_until = nullif(w.held_until, '')::timestamptz, document = w.document, team = w.team,
           state_time = w.state_time, version = w.version
      FROM wanted AS w WHERE r.tenant_id = $1 AND r.id = w.id AND r.version = w.version - 1
    RETURNING r.id)
  INSERT INTO room_transitions (tenant_id, room_id, version, from_state, to_state, actor, reason, price_version, time)
  SELECT $1, w.id, w.version, w.from_state, w.state, w.actor, w.reason, w.price_version, w.time
    FROM wanted AS w JOIN saved USING (id))sql";
constexpr char kHistory[] = R"sql(
  SELECT from_state, to_state, time, actor, reason, price_version
    FROM room_transitions WHERE tenant_id = $1 AND room_id = $2::uuid ORDER BY version DESC LIMIT 200)sql";

std::optional<Money> ToMoney(const pqxx::field& field) {
  return field.is_null() ? std::nullopt : std::optional<Money>(Fen(field.as<int64_t>()));
}

std::optional<int64_t> MinorUnits(const std::optional<Money>& money) {
  return money ? std::optional<int64_t>(money->minor_units) : std::nullopt;
}

Availability ToAvailability(const pqxx::row& row) {
  const int state = row["state"].as<int>();
  if (state == 1) return Locked{row["lock_reason"].as<std::string>()};
  if (state == 2) return Available{};
  return Taken{.stage = static_cast<Stage>(state),
               .claim_id = row["claim_id"].as<std::string>(),
               .hold_kind = static_cast<HoldKind>(row["hold_kind"].as<int>()),
               .held_until = pg::ToOptionalInstant(row["held_until"]),
               .document = row["document"].as<std::string>(),
               .team = row["team"].as<std::string>()};
}

std::string LockReason(const Availability& availability) {
  const auto* locked = std::get_if<Locked>(&availability);
  return locked == nullptr ? "" : locked->reason;
}

std::string NullOr(const std::optional<Money>& money) { return money ? std::to_string(money->minor_units) : "NULL"; }

// "{1,NULL,3}" of numbers.
template <class Value>
std::string NumbersOf(const std::vector<Room>& rooms, const Value& value) {
  std::string array = "{";
  for (const Room& room : rooms) array += (array.size() > 1 ? "," : "") + value(room);
  return array + "}";
}

template <class Value>
std::string TextsOf(const std::vector<Room>& rooms, const Value& value) {
  std::vector<std::string> texts;
  texts.reserve(rooms.size());
  for (const Room& room : rooms) texts.push_back(value(room));
  return pg::ArrayOf(texts);
}

}  // namespace

Room ToRoom(const pqxx::row& row) {
  return Room{.id = row["id"].as<std::string>(),
              .project_id = row["project_id"].as<std::string>(),
              .place = {.building = row["building"].as<std::string>(),
                        .entrance = row["entrance"].as<std::string>(),
                        .floor = row["floor"].as<int>(),
                        .number = row["number"].as<std::string>()},
              .layout = row["layout"].as<std::string>(),
              .orientation = row["orientation"].as<std::string>(),
              .built_area = Area{row["built_area_hundredths"].as<int64_t>()},
              .inner_area = Area{row["inner_area_hundredths"].as<int64_t>()},
              .unit_price = ToMoney(row["unit_price_minor"]),
              .list_price = ToMoney(row["list_price_minor"]),
              .price_version = row["price_version"].as<int>(),
              .availability = ToAvailability(row),
              .state_time = pg::ToInstant(row["state_time"]),
              .version = row["version"].as<int64_t>()};
}

absl::StatusOr<Room> RoomStore::FindOne(const char* sql, const std::string& project_id, const std::string& room_id) {
  const pqxx::result rows =
      tx_.Query(sql, scope_.tenant, project_id, room_id, scope_.all_projects, pg::ArrayOf(scope_.project_ids));
  if (rows.empty()) return Missing("room", room_id);
  return ToRoom(rows.front());
}

absl::StatusOr<Room> RoomStore::Find(const std::string& project_id, const std::string& room_id) {
  return FindOne(kFind, project_id, room_id);
}

absl::StatusOr<Room> RoomStore::FindForUpdate(const std::string& project_id, const std::string& room_id) {
  return FindOne(kFindForUpdate, project_id, room_id);
}

absl::StatusOr<Room> RoomStore::FindClaimed(const char* sql, const std::string& claim_id) {
  const pqxx::result rows = tx_.Query(sql, scope_.tenant, claim_id);
  if (rows.empty()) return Missing("claim", claim_id);
  return ToRoom(rows.front());
}

absl::StatusOr<Room> RoomStore::FindByClaim(const std::string& claim_id) { return FindClaimed(kFindByClaim, claim_id); }

absl::StatusOr<Room> RoomStore::FindByClaimForUpdate(const std::string& claim_id) {
  return FindClaimed(kFindByClaimForUpdate, claim_id);
}

std::vector<Room> RoomStore::FindAll(const std::string& project_id) {
  std::vector<Room> rooms;
  for (const auto& row :
       tx_.Query(kFindAll, scope_.tenant, project_id, scope_.all_projects, pg::ArrayOf(scope_.project_ids))) {
    rooms.push_back(ToRoom(row));
  }
  return rooms;
}

std::vector<Room> RoomStore::Lock(const std::vector<std::string>& room_ids) {
  std::vector<Room> rooms;
  for (const auto& row :
       tx_.Query(kLock, scope_.tenant, pg::ArrayOf(room_ids), scope_.all_projects, pg::ArrayOf(scope_.project_ids))) {
    rooms.push_back(ToRoom(row));
  }
  return rooms;
}

absl::StatusOr<std::vector<Room>> RoomStore::FindManyForUpdate(const std::string& project_id,
                                                               std::vector<std::string> room_ids) {
  std::sort(room_ids.begin(), room_ids.end());
  room_ids.erase(std::unique(room_ids.begin(), room_ids.end()), room_ids.end());
  std::vector<Room> rooms = Lock(room_ids);
  for (size_t i = 0; i < room_ids.size(); ++i) {
    if (i >= rooms.size() || rooms[i].id != room_ids[i] || rooms[i].project_id != project_id) {
      return Missing("room", room_ids[i]);
    }
  }
  return rooms;
}

bool RoomStore::Insert(const std::vector<Room>& rooms) {
  using R = const Room&;
  const auto number = [](int64_t value) { return std::to_string(value); };
  const pqxx::result inserted = tx_.Query(
      kInsert, scope_.tenant, TextsOf(rooms, [](R r) { return r.id; }),
      TextsOf(rooms, [](R r) { return r.project_id; }), TextsOf(rooms, [](R r) { return r.place.building; }),
      TextsOf(rooms, [](R r) { return r.place.entrance; }),
      NumbersOf(rooms, [&](R r) { return number(r.place.floor); }), TextsOf(rooms, [](R r) { return r.place.number; }),
      TextsOf(rooms, [](R r) { return r.layout; }), TextsOf(rooms, [](R r) { return r.orientation; }),
      NumbersOf(rooms, [&](R r) { return number(r.built_area.hundredths); }),
      NumbersOf(rooms, [&](R r) { return number(r.inner_area.hundredths); }),
      NumbersOf(rooms, [](R r) { return NullOr(r.unit_price); }),
      NumbersOf(rooms, [](R r) { return NullOr(r.list_price); }),
      NumbersOf(rooms, [&](R r) { return number(r.price_version); }),
      NumbersOf(rooms, [&](R r) { return number(StateCode(r.availability)); }),
      TextsOf(rooms, [](R r) { return LockReason(r.availability); }),
      TextsOf(rooms, [](R r) { return ToRfc3339(r.state_time); }));
  return inserted.affected_rows() == rooms.size();
}

void RoomStore::Save(Room& room) {
  const auto* taken = std::get_if<Taken>(&room.availability);
  const Taken none;
  const Taken& deal = taken == nullptr ? none : *taken;
  const pqxx::result saved =
      tx_.Query(kSave, scope_.tenant, room.id, room.layout, room.orientation, room.built_area.hundredths,
                room.inner_area.hundredths, MinorUnits(room.unit_price), MinorUnits(room.list_price),
                room.price_version, StateCode(room.availability), LockReason(room.availability),
                taken == nullptr ? std::nullopt : std::optional<std::string>(deal.claim_id),
                static_cast<int>(deal.hold_kind), deal.held_until, deal.document, deal.team, room.state_time);
  room.version = saved[0][0].as<int64_t>();
}

void RoomStore::SaveTransitions(const std::vector<RoomTransition>& transitions) {
  std::array<std::vector<std::string>, 15> columns;
  for (const RoomTransition& one : transitions) {
    const Room& room = one.after;
    const auto* taken = std::get_if<Taken>(&room.availability);
    const Taken none;
    const Taken& deal = taken == nullptr ? none : *taken;
    size_t at = 0;
    for (std::string value :
         {room.id, std::to_string(room.version), std::to_string(StateCode(one.before.availability)),
          std::to_string(StateCode(room.availability)), LockReason(room.availability), deal.claim_id,
          std::to_string(static_cast<int>(deal.hold_kind)), deal.held_until ? ToRfc3339(*deal.held_until) : "",
          deal.document, deal.team, ToRfc3339(room.state_time), one.cause.actor, one.reason,
          std::to_string(room.price_version), ToRfc3339(one.cause.now)}) {
      columns[at++].push_back(std::move(value));
    }
  }
  const auto save = [&](const auto&... column) {
    return tx_.Query(kSaveTransitions, scope_.tenant, pg::ArrayOf(column)...);
  };
  // The locks make another answer impossible; half a transition would be for ever, so it is checked.
  if (std::apply(save, columns).affected_rows() != transitions.size()) {
    throw std::runtime_error("a room changed under its lock");
  }
}

std::vector<Transition> RoomStore::History(const std::string& room_id) {
  std::vector<Transition> history;
  for (const auto& row : tx_.Query(kHistory, scope_.tenant, room_id)) {
    history.push_back({.from = row[0].as<int>(),
                       .to = row[1].as<int>(),
                       .time = pg::ToInstant(row[2]),
                       .actor = row[3].as<std::string>(),
                       .reason = row[4].as<std::string>(),
                       .price_version = row[5].as<int>()});
  }
  return history;
}

}  // namespace lintel::inventory
