/* {
  "id": "TST-01",
  "title": {"zh": "示例报表", "en": "Sample report"},
  "note": {"zh": "测试用。", "en": "For tests."},
  "parameters": [
    {"name": "project", "type": "project", "title": {"zh": "楼盘", "en": "Project"}},
    {"name": "date", "type": "date", "title": {"zh": "日期", "en": "Date"}},
    {"name": "month", "type": "month", "title": {"zh": "月份", "en": "Month"}},
    {"name": "weeks", "type": "number", "title": {"zh": "周数", "en": "Weeks"}, "least": 1, "most": 52, "default": 8},
    {"name": "side", "type": "choice", "title": {"zh": "口径", "en": "Side"}, "choices": [
      {"value": "PRICE", "title": {"zh": "按金额", "en": "By price"}}, {"value": "AREA", "title": {"zh": "按面积", "en": "By area"}}]},
    {"name": "least_area", "when": {"side": "AREA"}, "type": "number", "title": {"zh": "起算面积", "en": "From area"}, "least": 1, "most": 900, "default": 60}
  ],
  "columns": [
    {"name": "building", "type": "text", "key": true,
     "title": {"zh": "楼栋", "en": "Building"}, "definition": {"zh": "楼栋名称", "en": "The building's name"}},
    {"name": "state", "type": "code", "title": {"zh": "状态", "en": "State"}, "definition": {"zh": "当前状态", "en": "State now"},
     "labels": {"SIGNED": {"zh": "签约", "en": "Signed"}}},
    {"name": "room_count", "type": "integer", "opens": true, "total": true,
     "title": {"zh": "套数", "en": "Rooms"}, "definition": {"zh": "房间套数", "en": "Number of rooms"}},
    {"name": "price", "type": "money", "opens": true, "total": true,
     "title": {"zh": "金额", "en": "Price"}, "definition": {"zh": "成交金额", "en": "Sum of prices"}},
    {"name": "built_area", "type": "area", "title": {"zh": "面积", "en": "Area"}, "definition": {"zh": "建筑面积", "en": "Built area"}},
    {"name": "share", "when": {"side": "PRICE"}, "type": "percent", "title": {"zh": "占比", "en": "Share"}, "definition": {"zh": "金额占比", "en": "Share of the price"}},
    {"name": "share", "when": {"side": "AREA"}, "type": "percent", "title": {"zh": "占比", "en": "Share"}, "definition": {"zh": "面积占比", "en": "Share of the area"}},
    {"name": "sign_date", "type": "date", "title": {"zh": "签约日", "en": "Signed on"}, "definition": {"zh": "签约日期", "en": "Day of signing"}},
    {"name": "booked", "type": "instant", "title": {"zh": "时间", "en": "Time"}, "definition": {"zh": "入账时间", "en": "When booked"}},
    {"name": "room", "type": "resource", "title": {"zh": "房间", "en": "Room"}, "definition": {"zh": "房间", "en": "Room"}},
    {"name": "buyer", "type": "customer", "title": {"zh": "客户", "en": "Buyer"}, "definition": {"zh": "客户", "en": "Buyer"}},
    {"name": "written", "type": "capitals", "title": {"zh": "大写", "en": "In words"}, "definition": {"zh": "金额大写", "en": "Price in capitals"}}
  ],
  "detailColumns": [
    {"name": "figure", "type": "integer", "title": {"zh": "计入", "en": "Counts"}, "definition": {"zh": "计入的数", "en": "What it adds"}}
  ],
  "chart": {"kind": "bar", "series": ["price"]}
} */
-- figures
SELECT 'x'::text AS building WHERE ':quoted' <> '' AND project_id = ANY(:projects::uuid[]) AND day = :date -- :comment
-- detail
SELECT 1 AS figure WHERE project_id = ANY(:projects::uuid[])
