/* {
  "id": "RPT-12",
  "title": {"zh": "销售统计明细表", "en": "Sales in detail"},
  "note": {"zh": "一笔交易一行：当月认购或签约的交易及其价格、折扣与收款进度。", "en": "One line per deal that was subscribed or signed in the month: prices, discount and what was paid."},
  "parameters": [
    {"name": "project", "type": "project", "title": {"zh": "楼盘", "en": "Project"}},
    {"name": "month", "type": "month", "title": {"zh": "月份", "en": "Month"}}
  ],
  "columns": [
    {"name": "deal", "type": "resource", "key": true, "title": {"zh": "合同号", "en": "Contract"},
     "definition": {"zh": "合同编号；未签约的为认购", "en": "The contract's number; a subscription when not signed yet"}},
    {"name": "project", "type": "resource", "title": {"zh": "楼盘", "en": "Project"}, "definition": {"zh": "楼盘名称", "en": "The project"}},
    {"name": "room", "type": "resource", "title": {"zh": "房间", "en": "Room"}, "definition": {"zh": "楼栋、单元与房号", "en": "Building, entrance and number"}},
    {"name": "customer", "type": "customer", "title": {"zh": "客户", "en": "Buyer"}, "definition": {"zh": "第一买受人", "en": "The first buyer"}},
    {"name": "consultant", "type": "text", "title": {"zh": "置业顾问", "en": "Consultant"}, "definition": {"zh": "置业顾问编号", "en": "The consultant's code"}},
    {"name": "subscribed_date", "type": "date", "title": {"zh": "认购日期", "en": "Subscribed"}, "definition": {"zh": "认购生效的日期", "en": "The day the subscription became active"}},
    {"name": "sign_date", "type": "date", "title": {"zh": "签约日期", "en": "Signed"}, "definition": {"zh": "合同签约日期", "en": "The day the contract was signed"}},
    {"name": "plan", "type": "code", "title": {"zh": "付款方式", "en": "Payment"}, "definition": {"zh": "付款方案的种类", "en": "Kind of payment plan"},
     "labels": {"ONE_OFF": {"zh": "一次性", "en": "One-off"}, "INSTALMENTS": {"zh": "分期", "en": "Instalments"}, "MORTGAGE": {"zh": "按揭", "en": "Mortgage"}}},
    {"name": "built_area", "type": "area", "total": true, "title": {"zh": "建筑面积", "en": "Built area"}, "definition": {"zh": "建筑面积，平方米", "en": "Built area in square metres"}},
    {"name": "list_price", "type": "money", "total": true, "title": {"zh": "表价", "en": "List price"}, "definition": {"zh": "认购时价格表的总价", "en": "Price in the price table at the subscription"}},
    {"name": "price", "type": "money", "opens": true, "total": true, "title": {"zh": "成交价", "en": "Price"}, "definition": {"zh": "合同总价，未签约的为认购总价；由应收款构成", "en": "The contract's price, or the subscription's; made up of receivables"}},
    {"name": "discount", "type": "percent", "title": {"zh": "优惠", "en": "Discount"}, "definition": {"zh": "表价减成交价后与表价之比", "en": "List price less price, of the list price"}},
    {"name": "received", "type": "money", "opens": true, "total": true, "title": {"zh": "已收", "en": "Received"}, "definition": {"zh": "该交易至今的收款，冲销为负", "en": "All receipts of the deal until now; reversals are negative"}},
    {"name": "outstanding", "type": "money", "total": true, "title": {"zh": "未收", "en": "Outstanding"}, "definition": {"zh": "成交价减已收", "en": "Price less received"}}
  ],
  "detailColumns": [
    {"name": "document", "type": "resource", "title": {"zh": "单据", "en": "Document"}, "definition": {"zh": "收据号，或交易本身", "en": "The receipt's number, or the deal itself"}},
    {"name": "room", "type": "resource", "title": {"zh": "房间", "en": "Room"}, "definition": {"zh": "楼栋、单元与房号", "en": "Building, entrance and number"}},
    {"name": "date", "type": "date", "title": {"zh": "日期", "en": "Date"}, "definition": {"zh": "入账日期，或签约、认购日期", "en": "Booking day, or day of signing or subscription"}}
  ]
} */
-- figures
SELECT coalesce(nullif(d.contract_number, ''), '—') AS deal, 'deals/' || d.deal_id AS deal_name,
       p.display_name AS project, 'projects/' || d.project_id AS project_name,
       concat_ws(' ', nullif(r.building, ''), nullif(r.entrance, ''), r.number) AS room,
       'projects/' || d.project_id || '/rooms/' || d.room_id AS room_name,
       'customers/' || d.customer_ids[1] AS customer, c.code AS consultant,
       (d.subscribed_time AT TIME ZONE p.time_zone)::date AS subscribed_date, d.sign_date, nullif(d.payment_plan_kind, '') AS plan,
       d.built_area, d.list_price, d.price,
       CASE WHEN d.list_price > 0 THEN round((d.list_price - d.price) * 1000000.0 / d.list_price)::bigint END AS discount,
       coalesce(m.received, 0) AS received, d.price - coalesce(m.received, 0) AS outstanding
  FROM fact_deal d
  JOIN dim_project p USING (tenant_id, project_id)
  LEFT JOIN dim_room r USING (tenant_id, room_id)
  LEFT JOIN dim_consultant c USING (tenant_id, consultant_id)
  LEFT JOIN LATERAL (SELECT sum(amount) AS received FROM fact_receipt f WHERE f.deal_id = d.deal_id) m ON true
 WHERE d.project_id = ANY(:projects::uuid[])
   AND ((d.sign_date >= :month::date AND d.sign_date < :month_end::date)
     OR (d.subscribed_time >= :month::date::timestamp AT TIME ZONE p.time_zone
     AND d.subscribed_time < :month_end::date::timestamp AT TIME ZONE p.time_zone))
 ORDER BY coalesce(d.sign_date, (d.subscribed_time AT TIME ZONE p.time_zone)::date), d.contract_number, d.deal_id
-- detail
WITH deals AS (
  SELECT d.*, p.time_zone
    FROM fact_deal d
    JOIN dim_project p USING (tenant_id, project_id)
   WHERE d.project_id = ANY(:projects::uuid[]) AND (:all = 'true' OR d.deal_id = nullif(:key_deal, '')::uuid)
     AND ((d.sign_date >= :month::date AND d.sign_date < :month_end::date)
       OR (d.subscribed_time >= :month::date::timestamp AT TIME ZONE p.time_zone
       AND d.subscribed_time < :month_end::date::timestamp AT TIME ZONE p.time_zone))
),
behind AS (
  SELECT 'received' AS figure_of, f.number AS document, 'receipts/' || f.receipt_id AS document_name, d.project_id, d.room_id,
         f.book_date AS date, f.amount AS figure
    FROM deals d JOIN fact_receipt f ON f.deal_id = d.deal_id
  UNION ALL
  SELECT 'price', d.contract_number, 'deals/' || d.deal_id, d.project_id, d.room_id,
         coalesce(d.sign_date, (d.subscribed_time AT TIME ZONE d.time_zone)::date), d.price
    FROM deals d
)
SELECT b.document, b.document_name, concat_ws(' ', nullif(r.building, ''), nullif(r.entrance, ''), r.number) AS room,
       'projects/' || b.project_id || '/rooms/' || b.room_id AS room_name, b.date, b.figure
  FROM behind b
  LEFT JOIN dim_room r USING (room_id)
 WHERE b.figure_of = :column
 ORDER BY b.date, b.document, b.document_name
