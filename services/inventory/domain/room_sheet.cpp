#include "services/inventory/domain/room_sheet.h"

#include <charconv>
#include <map>

#include "absl/strings/ascii.h"
#include "platform/status/status.h"
#include "services/inventory/domain/layout.h"
#include "services/inventory/domain/orientation.h"

namespace lintel::inventory {
namespace {

enum class Column { kBuilding, kEntrance, kFloor, kNumber, kUnitPrice, kBuiltArea, kInnerArea, kLayout, kOrientation };

// Header words that people use; compared without spaces and without what stands in brackets.
const std::map<std::string, Column>& HeaderWords() {
  static const std::map<std::string, Column> words = {{"楼栋", Column::kBuilding},
                                                      {"栋号", Column::kBuilding},
                                                      {"楼幢", Column::kBuilding},
                                                      {"幢号", Column::kBuilding},
                                                      {"楼号", Column::kBuilding},
                                                      {"building", Column::kBuilding},
                                                      {"单元", Column::kEntrance},
                                                      {"单元号", Column::kEntrance},
                                                      {"entrance", Column::kEntrance},
                                                      {"楼层", Column::kFloor},
                                                      {"层", Column::kFloor},
                                                      {"floor", Column::kFloor},
                                                      {"房号", Column::kNumber},
                                                      {"房间号", Column::kNumber},
                                                      {"室号", Column::kNumber},
                                                      {"number", Column::kNumber},
                                                      {"room", Column::kNumber},
                                                      {"预售单价", Column::kUnitPrice},
                                                      {"单价", Column::kUnitPrice},
                                                      {"unitprice", Column::kUnitPrice},
                                                      {"建筑面积", Column::kBuiltArea},
                                                      {"面积", Column::kBuiltArea},
                                                      {"builtarea", Column::kBuiltArea},
                                                      {"户内面积", Column::kInnerArea},
                                                      {"套内面积", Column::kInnerArea},
                                                      {"套内建筑面积", Column::kInnerArea},
                                                      {"innerarea", Column::kInnerArea},
                                                      {"户型", Column::kLayout},
                                                      {"layout", Column::kLayout},
                                                      {"朝向", Column::kOrientation},
                                                      {"orientation", Column::kOrientation}};
  return words;
}

std::string HeaderKey(const std::string& header) {
  std::string key;
  for (size_t at = 0; at < header.size(); ++at) {
    if (header[at] == '(' || header.compare(at, 3, "（") == 0) break;
    if (header[at] != ' ' && header[at] != '_') key += absl::ascii_tolower(header[at]);
  }
  return key;
}

struct Header {
  std::map<Column, size_t> at;
  std::map<Column, std::string> word;  // As the sender wrote it.
};

absl::StatusOr<Header> ReadHeader(const CellRow& row) {
  Header header;
  for (size_t i = 0; i < row.cells.size(); ++i) {
    const auto known = HeaderWords().find(HeaderKey(row.cells[i]));
    if (known == HeaderWords().end() || header.at.contains(known->second)) continue;
    header.at[known->second] = i;
    header.word[known->second] = row.cells[i];
  }
  static const std::map<Column, std::string> needed = {{Column::kBuilding, "楼栋"},
                                                       {Column::kFloor, "楼层"},
                                                       {Column::kNumber, "房号"},
                                                       {Column::kBuiltArea, "建筑面积"}};
  for (const auto& [column, word] : needed) {
    if (header.at.contains(column)) continue;
    return WithReason(absl::StatusCode::kInvalidArgument, "SHEET_COLUMNS", "the sheet has no column " + word,
                      {{"missing", word}});
  }
  return header;
}

// Reads the cells of one row; every bad cell is noted, so that one pass names them all.
class RowReader {
 public:
  RowReader(const Header& header, const CellRow& row, std::vector<RejectedCell>& rejected)
      : header_(header), row_(row), rejected_(rejected) {}

  std::string Text(Column column) const {
    const auto at = header_.at.find(column);
    if (at == header_.at.end() || at->second >= row_.cells.size()) return "";
    return std::string(absl::StripAsciiWhitespace(row_.cells[at->second]));
  }
  std::string Needed(Column column) {
    std::string text = Text(column);
    if (text.empty()) Reject(column, "CELL_MISSING");
    if (text.size() > 120) Reject(column, "CELL_TOO_LONG");
    return text;
  }
  int Floor() {
    std::string text = Needed(Column::kFloor);
    for (const std::string suffix : {"层", "F", "f"}) {
      if (text.size() > suffix.size() && text.ends_with(suffix)) text.resize(text.size() - suffix.size());
    }
    int floor = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), floor);
    if (error != std::errc() || end != text.data() + text.size()) {
      if (!text.empty()) Reject(Column::kFloor, "CELL_NOT_A_NUMBER");
    } else if (floor < -9 || floor > 200 || floor == 0) {
      Reject(Column::kFloor, "CELL_OUT_OF_RANGE");
    }
    return floor;
  }
  Area ReadArea(Column column, bool needed) {
    const std::string text = needed ? Needed(column) : Text(column);
    if (text.empty()) return Area{};
    const auto area = ParseArea(text);
    if (!area.ok()) Reject(column, "CELL_NOT_AN_AREA");
    return area.ok() ? *area : Area{};
  }
  std::optional<Money> UnitPrice() {
    const std::string text = Text(Column::kUnitPrice);
    if (text.empty() || text == "--") return std::nullopt;
    const auto price = ParseDecimal(text);
    if (price.ok() && price->minor_units > 0) return *price;
    Reject(Column::kUnitPrice, "CELL_NOT_A_SUM");
    return std::nullopt;
  }
  void Reject(Column column, const std::string& reason) {
    const auto word = header_.word.find(column);
    if (rejected_.size() < kMostRejected) {
      rejected_.push_back({row_.number, word == header_.word.end() ? "" : word->second, reason});
    }
  }

 private:
  const Header& header_;
  const CellRow& row_;
  std::vector<RejectedCell>& rejected_;
};

Room ReadRoom(RowReader& reader, Rounding rounding) {
  Room room;
  room.place.building = reader.Needed(Column::kBuilding);
  room.place.entrance = reader.Text(Column::kEntrance);
  if (room.place.entrance == "--" || room.place.entrance == "-") room.place.entrance.clear();
  room.place.floor = reader.Floor();
  room.place.number = reader.Needed(Column::kNumber);
  room.layout = reader.Text(Column::kLayout);
  if (!IsLayoutCode(room.layout)) reader.Reject(Column::kLayout, "CELL_TOO_LONG");
  room.orientation = ToOrientation(reader.Text(Column::kOrientation));
  room.built_area = reader.ReadArea(Column::kBuiltArea, true);
  room.inner_area = reader.ReadArea(Column::kInnerArea, false);
  if (room.inner_area > room.built_area) reader.Reject(Column::kInnerArea, "CELL_OUT_OF_RANGE");
  room.unit_price = reader.UnitPrice();
  if (room.unit_price && room.built_area.hundredths > 0) {
    const auto price = PriceOf(*room.unit_price, room.built_area, rounding);
    if (!price.ok() || price->minor_units <= 0) {
      reader.Reject(Column::kUnitPrice, "CELL_OUT_OF_RANGE");
    } else {
      room.list_price = *price;
    }
  }
  return room;
}

bool SameFacts(const Room& a, const Room& b) {
  return a.built_area == b.built_area && a.inner_area == b.inner_area && a.unit_price == b.unit_price &&
         a.list_price == b.list_price && a.layout == b.layout && a.orientation == b.orientation;
}

// The existing room with the sheet's facts; a column the sheet leaves blank keeps what is there.
Room Merge(const Room& existing, const Room& read) {
  Room merged = existing;
  merged.built_area = read.built_area;
  if (read.inner_area.hundredths > 0) merged.inner_area = read.inner_area;
  if (!read.layout.empty()) merged.layout = read.layout;
  if (!read.orientation.empty()) merged.orientation = read.orientation;
  if (read.unit_price) {
    merged.unit_price = read.unit_price;
    merged.list_price = read.list_price;
  }
  return merged;
}

}  // namespace

absl::StatusOr<RoomSheet> ReadRooms(const std::vector<CellRow>& rows, Rounding rounding) {
  if (rows.size() < 2) {
    return WithReason(absl::StatusCode::kInvalidArgument, "SHEET_EMPTY", "the sheet has no rows under its header");
  }
  if (rows.size() > kMostSheetRows + 1) {
    return WithReason(absl::StatusCode::kInvalidArgument, "SHEET_ROWS", "the sheet has more than 50000 rows");
  }
  ASSIGN_OR_RETURN(const Header header, ReadHeader(rows.front()));
  RoomSheet sheet;
  std::map<Place, int> seen;
  for (size_t i = 1; i < rows.size(); ++i) {
    const size_t bad_before = sheet.rejected.size();
    RowReader reader{header, rows[i], sheet.rejected};
    Room room = ReadRoom(reader, rounding);
    if (sheet.rejected.size() > bad_before) continue;
    if (!seen.emplace(room.place, rows[i].number).second) {
      reader.Reject(Column::kNumber, "ROOM_TWICE");
      continue;
    }
    sheet.rooms.push_back(std::move(room));
  }
  return sheet;
}

ImportPlan PlanImport(const RoomSheet& sheet, const std::vector<Room>& existing,
                      const std::set<std::string>& retired_layouts) {
  std::map<Place, const Room*> by_place;
  for (const Room& room : existing) by_place[room.place] = &room;
  ImportPlan plan{.rejected = sheet.rejected};
  for (const Room& room : sheet.rooms) {
    const auto found = by_place.find(room.place);
    const auto reject = [&](const char* reason) {
      plan.rejected.push_back({0, room.place.building + " " + room.place.entrance + " " + room.place.number, reason});
    };
    const bool keeps_layout = found != by_place.end() && found->second->layout == room.layout;
    if (retired_layouts.contains(room.layout) && !keeps_layout) {
      reject("CELL_LAYOUT_RETIRED");
      continue;
    }
    if (found == by_place.end()) {
      plan.created.push_back(room);
      continue;
    }
    Room merged = Merge(*found->second, room);
    if (SameFacts(merged, *found->second)) {
      ++plan.unchanged;
    } else if (!MayEdit(*found->second).ok()) {
      reject("ROOM_IN_DEAL");
    } else {
      plan.updated.push_back(std::move(merged));
    }
  }
  return plan;
}

}  // namespace lintel::inventory
