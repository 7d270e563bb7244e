/* {
  "id": "RPT-07",
  "title": {"zh": "房间状态表", "en": "Room states"},
  "note": {"zh": "每个房间现在的状态、自何时起、由谁操作。", "en": "Every room, its state now, since when and by whom."},
  "parameters": [
    {"name": "project", "type": "project", "title": {"zh": "楼盘", "en": "Project"}}
  ],
  "columns": [
    {"name": "project", "type": "resource", "title": {"zh": "楼盘", "en": "Project"}, "definition": {"zh": "楼盘名称", "en": "The project"}},
    {"name": "building", "type": "text", "title": {"zh": "楼栋", "en": "Building"}, "definition": {"zh": "楼栋名称", "en": "The building"}},
    {"name": "entrance", "type": "text", "title": {"zh": "单元", "en": "Entrance"}, "definition": {"zh": "单元，没有则为空", "en": "The entrance; blank where there is none"}},
    {"name": "floor", "type": "text", "title": {"zh": "楼层", "en": "Floor"}, "definition": {"zh": "所在楼层", "en": "The floor"}},
    {"name": "room", "type": "resource", "key": true, "title": {"zh": "房号", "en": "Room"}, "definition": {"zh": "房号", "en": "The room's number"}},
    {"name": "state", "type": "code", "title": {"zh": "状态", "en": "State"}, "definition": {"zh": "房间现在的状态", "en": "The room's state now"},
     "labels": {"LOCKED": {"zh": "未放盘", "en": "Locked"}, "AVAILABLE": {"zh": "待售", "en": "Available"},
                "HELD": {"zh": "保留", "en": "Held"}, "SUBSCRIBED": {"zh": "认购", "en": "Subscribed"},
                "SIGNED": {"zh": "签约", "en": "Signed"}, "FILED": {"zh": "备案", "en": "Filed"},
                "DELIVERED": {"zh": "已交房", "en": "Delivered"}, "CHANGING": {"zh": "变更中", "en": "Changing"}}},
    {"name": "since", "type": "instant", "title": {"zh": "自何时", "en": "Since"}, "definition": {"zh": "进入该状态的时间", "en": "When it came into this state"}},
    {"name": "held_until", "type": "instant", "title": {"zh": "保留至", "en": "Held until"}, "definition": {"zh": "保留的到期时间", "en": "When the hold runs out"}},
    {"name": "team", "type": "text", "title": {"zh": "团队", "en": "Team"}, "definition": {"zh": "持有房间的团队", "en": "The team that has the room"}},
    {"name": "consultant", "type": "text", "title": {"zh": "经办人", "en": "By"}, "definition": {"zh": "最近一次变更的经办人，置业顾问以编号表示", "en": "Who made the last change; consultants by their code"}},
    {"name": "built_area", "type": "area", "opens": true, "total": true, "title": {"zh": "建筑面积", "en": "Built area"},
     "definition": {"zh": "建筑面积，平方米", "en": "Built area in square metres"}},
    {"name": "list_price", "type": "money", "opens": true, "total": true, "title": {"zh": "表价", "en": "List price"},
     "definition": {"zh": "现行价格表的总价", "en": "Price in the current price table"}}
  ],
  "detailColumns": [
    {"name": "room", "type": "resource", "title": {"zh": "房间", "en": "Room"}, "definition": {"zh": "楼栋、单元与房号", "en": "Building, entrance and number"}},
    {"name": "layout", "type": "text", "title": {"zh": "户型", "en": "Layout"}, "definition": {"zh": "户型代码", "en": "The layout's code"}},
    {"name": "document", "type": "resource", "title": {"zh": "单据", "en": "Document"}, "definition": {"zh": "占用房间的单据", "en": "The document that has the room"}}
  ]
} */
-- figures
SELECT p.display_name AS project, 'projects/' || r.project_id AS project_name, r.building, r.entrance, r.floor,
       r.number AS room, 'projects/' || r.project_id || '/rooms/' || r.room_id AS room_name,
       s.state, s.since, CASE WHEN s.state = 'HELD' THEN s.held_until END AS held_until, s.team,
       coalesce(c.code, nullif(s.actor, '')) AS consultant, r.built_area, r.list_price
  FROM dim_room r
  JOIN fact_room_state s USING (tenant_id, room_id)
  LEFT JOIN dim_project p ON p.tenant_id = r.tenant_id AND p.project_id = r.project_id
  LEFT JOIN LATERAL (SELECT code FROM dim_consultant WHERE operator_name = s.actor AND s.actor <> '' ORDER BY code LIMIT 1) c ON true
 WHERE r.project_id = ANY(:projects::uuid[])
 ORDER BY p.display_name, r.building, r.entrance, r.floor DESC, r.number, r.room_id
-- detail
SELECT concat_ws(' ', nullif(r.building, ''), nullif(r.entrance, ''), r.number) AS room,
       'projects/' || r.project_id || '/rooms/' || r.room_id AS room_name, r.layout,
       split_part(s.document, '/', 1) AS document, s.document AS document_name,
       CASE :column WHEN 'list_price' THEN r.list_price ELSE r.built_area END AS figure
  FROM dim_room r
  JOIN fact_room_state s USING (tenant_id, room_id)
 WHERE r.project_id = ANY(:projects::uuid[]) AND (:all = 'true' OR r.room_id = nullif(:key_room, '')::uuid)
 ORDER BY r.building, r.entrance, r.floor DESC, r.number, r.room_id
