/* {
  "id": "RPT-01",
  "title": {"zh": "销售日报表", "en": "Daily sales report"},
  "note": {"zh": "一天内的来电、来访、保留、认购、签约与收款，按楼盘统计；一天按楼盘所在时区的零点到零点计。退房与换房尚无单据，不列。",
           "en": "Calls, visits, holds, subscriptions, contracts and money of one day by project; a day runs from midnight to midnight in the project's time zone. Returns and exchanges are not listed: there are no documents for them yet."},
  "parameters": [
    {"name": "project", "type": "project", "title": {"zh": "楼盘", "en": "Project"}},
    {"name": "date", "type": "date", "title": {"zh": "日期", "en": "Date"}}
  ],
  "columns": [
    {"name": "project", "type": "resource", "key": true, "title": {"zh": "楼盘", "en": "Project"},
     "definition": {"zh": "楼盘名称", "en": "The project"}},
    {"name": "calls", "type": "integer", "opens": true, "total": true, "title": {"zh": "来电", "en": "Calls"},
     "definition": {"zh": "当日打进热线的电话，不分楼盘，列在热线一行", "en": "Calls that reached the hotline that day; they belong to no project and stand in a row of their own"}},
    {"name": "phone_contacts", "type": "integer", "opens": true, "total": true, "title": {"zh": "电话跟进", "en": "Contacts by phone"},
     "definition": {"zh": "当日就该楼盘登记的电话跟进次数", "en": "Contacts by phone about the project recorded that day"}},
    {"name": "first_visits", "type": "integer", "opens": true, "total": true, "title": {"zh": "首访", "en": "First visits"},
     "definition": {"zh": "客户首次到访该楼盘的次数", "en": "Visits that were the customer's first to the project"}},
    {"name": "repeat_visits", "type": "integer", "opens": true, "total": true, "title": {"zh": "复访", "en": "Repeat visits"},
     "definition": {"zh": "客户再次到访该楼盘的次数", "en": "Visits of customers who had been there before"}},
    {"name": "holds", "type": "integer", "opens": true, "total": true, "title": {"zh": "保留", "en": "Holds"},
     "definition": {"zh": "当日新增的房间保留，含已释放与过期的", "en": "Holds placed that day, also those released or expired since"}},
    {"name": "subscriptions", "type": "integer", "opens": true, "total": true, "title": {"zh": "认购", "en": "Subscriptions"},
     "definition": {"zh": "当日生效的认购套数", "en": "Subscriptions that became active that day"}},
    {"name": "contracts", "type": "integer", "opens": true, "total": true, "title": {"zh": "签约", "en": "Contracts"},
     "definition": {"zh": "签约日期为当日的合同套数", "en": "Contracts whose signing date is that day"}},
    {"name": "contract_amount", "type": "money", "opens": true, "total": true, "title": {"zh": "签约金额", "en": "Contract amount"},
     "definition": {"zh": "当日签约合同的总价之和", "en": "Sum of the prices of those contracts"}},
    {"name": "received", "type": "money", "opens": true, "total": true, "title": {"zh": "收款", "en": "Received"},
     "definition": {"zh": "入账日期为当日的收款，冲销为负", "en": "Receipts booked that day; reversals are negative"}}
  ],
  "detailColumns": [
    {"name": "time", "type": "instant", "title": {"zh": "时间", "en": "Time"}, "definition": {"zh": "发生时间", "en": "When it happened"}},
    {"name": "project", "type": "resource", "title": {"zh": "楼盘", "en": "Project"}, "definition": {"zh": "楼盘名称", "en": "The project"}},
    {"name": "room", "type": "resource", "title": {"zh": "房间", "en": "Room"}, "definition": {"zh": "楼栋、单元与房号；来访没有", "en": "Building, entrance and number; none for a visit"}},
    {"name": "customer", "type": "customer", "title": {"zh": "客户", "en": "Customer"}, "definition": {"zh": "客户，合同为第一买受人", "en": "The customer; of a contract the first buyer"}},
    {"name": "document", "type": "resource", "title": {"zh": "单据", "en": "Document"}, "definition": {"zh": "合同号、收据号等", "en": "Contract number, receipt number and so on"}}
  ],
  "chart": {"kind": "bar", "category": "project", "series": ["holds", "subscriptions", "contracts"]}
} */
-- figures
WITH day AS (
  SELECT project_id, display_name,
         :date::date::timestamp AT TIME ZONE time_zone AS start_time,
         (:date::date + 1)::timestamp AT TIME ZONE time_zone AS end_time
    FROM dim_project
   WHERE project_id = ANY(:projects::uuid[])
),
visits AS (
  SELECT d.project_id,
         count(*) FILTER (WHERE v.kind = 'call') AS phone_contacts,
         count(*) FILTER (WHERE v.kind = 'visit' AND v.first) AS first_visits,
         count(*) FILTER (WHERE v.kind = 'visit' AND NOT v.first) AS repeat_visits
    FROM day d JOIN fact_visit v ON v.project_id = d.project_id AND v.time >= d.start_time AND v.time < d.end_time
   GROUP BY d.project_id
),
holds AS (
  SELECT d.project_id, count(*) AS holds
    FROM day d JOIN fact_hold h ON h.project_id = d.project_id AND h.placed_time >= d.start_time AND h.placed_time < d.end_time
   GROUP BY d.project_id
),
subscriptions AS (
  SELECT d.project_id, count(*) AS subscriptions
    FROM day d JOIN fact_deal s ON s.project_id = d.project_id AND s.subscribed_time >= d.start_time AND s.subscribed_time < d.end_time
   GROUP BY d.project_id
),
contracts AS (
  SELECT project_id, count(*) AS contracts, sum(price) AS contract_amount
    FROM fact_deal WHERE project_id = ANY(:projects::uuid[]) AND sign_date = :date::date GROUP BY project_id
),
received AS (
  SELECT project_id, sum(amount) AS received
    FROM fact_receipt WHERE project_id = ANY(:projects::uuid[]) AND book_date = :date::date GROUP BY project_id
)
SELECT d.display_name AS project, 'projects/' || d.project_id AS project_name, 0 AS calls,
       coalesce(phone_contacts, 0) AS phone_contacts, coalesce(first_visits, 0) AS first_visits,
       coalesce(repeat_visits, 0) AS repeat_visits, coalesce(holds, 0) AS holds, coalesce(subscriptions, 0) AS subscriptions,
       coalesce(contracts, 0) AS contracts, coalesce(contract_amount, 0) AS contract_amount, coalesce(received, 0) AS received
  FROM day d
  LEFT JOIN visits USING (project_id)
  LEFT JOIN holds USING (project_id)
  LEFT JOIN subscriptions USING (project_id)
  LEFT JOIN contracts USING (project_id)
  LEFT JOIN received USING (project_id)
UNION ALL
SELECT CASE :language WHEN 'en' THEN 'Hotline' ELSE '热线' END, 'hotline', count(*), 0, 0, 0, 0, 0, 0, 0, 0
  FROM fact_call
 WHERE start_time >= :date::date::timestamp AT TIME ZONE :zone AND start_time < (:date::date + 1)::timestamp AT TIME ZONE :zone
HAVING :everywhere = 'true'
 ORDER BY project_name DESC
-- detail
WITH day AS (
  SELECT project_id, display_name,
         :date::date::timestamp AT TIME ZONE time_zone AS start_time,
         (:date::date + 1)::timestamp AT TIME ZONE time_zone AS end_time
    FROM dim_project
   WHERE project_id = ANY(:projects::uuid[]) AND (:all = 'true' OR project_id::text = :key_project)
),
happened AS (
  SELECT CASE WHEN v.kind = 'call' THEN 'phone_contacts' WHEN v.first THEN 'first_visits' ELSE 'repeat_visits' END AS figure_of,
         v.time, v.project_id, NULL::uuid AS room_id, v.customer_id, '' AS document, '' AS document_name, 1 AS figure
    FROM day d JOIN fact_visit v ON v.project_id = d.project_id AND v.time >= d.start_time AND v.time < d.end_time
   WHERE v.kind IN ('call', 'visit')
  UNION ALL
  SELECT 'holds', h.placed_time, h.project_id, h.room_id, h.customer_id, h.state, 'holds/' || h.hold_id, 1
    FROM day d JOIN fact_hold h ON h.project_id = d.project_id AND h.placed_time >= d.start_time AND h.placed_time < d.end_time
  UNION ALL
  SELECT 'subscriptions', s.subscribed_time, s.project_id, s.room_id, s.customer_ids[1], s.payment_plan_kind,
         'subscriptions/' || s.subscription_id, 1
    FROM day d JOIN fact_deal s ON s.project_id = d.project_id AND s.subscribed_time >= d.start_time AND s.subscribed_time < d.end_time
  UNION ALL
  SELECT figure_of, c.signed_time, c.project_id, c.room_id, c.customer_ids[1], c.contract_number, 'contracts/' || c.contract_id,
         CASE figure_of WHEN 'contracts' THEN 1 ELSE c.price END
    FROM day d JOIN fact_deal c ON c.project_id = d.project_id AND c.sign_date = :date::date,
         (VALUES ('contracts'), ('contract_amount')) both_figures (figure_of)
  UNION ALL
  SELECT 'received', r.time, r.project_id, r.room_id, r.customer_id, r.number, 'receipts/' || r.receipt_id, r.amount
    FROM day d JOIN fact_receipt r ON r.project_id = d.project_id AND r.book_date = :date::date
)
SELECT e.time, d.display_name AS project, 'projects/' || e.project_id AS project_name,
       concat_ws(' ', nullif(r.building, ''), nullif(r.entrance, ''), r.number) AS room,
       'projects/' || e.project_id || '/rooms/' || e.room_id AS room_name,
       'customers/' || e.customer_id AS customer, e.document, e.document_name, e.figure
  FROM happened e
  JOIN day d USING (project_id)
  LEFT JOIN dim_room r USING (room_id)
 WHERE e.figure_of = :column
UNION ALL
SELECT c.start_time, NULL, NULL, NULL, NULL, 'customers/' || c.customer_id, c.outcome, 'calls/' || c.call_id, 1
  FROM fact_call c
 WHERE :column = 'calls' AND :everywhere = 'true' AND (:all = 'true' OR :key_project = 'hotline')
   AND c.start_time >= :date::date::timestamp AT TIME ZONE :zone AND c.start_time < (:date::date + 1)::timestamp AT TIME ZONE :zone
 ORDER BY time, document_name
