/* {
  "id": "ANA-06",
  "title": {"zh": "客户来源渠道分析", "en": "Customers by source"},
  "note": {"zh": "当月首次接触的客户按来源分组，以及他们至今的到访、认购与签约；不足五人的分组显示为“<5”。",
           "en": "Customers whose first contact was in the month, by source, and what became of them until now; groups under five people are shown as \"<5\"."},
  "parameters": [
    {"name": "project", "type": "project", "title": {"zh": "楼盘", "en": "Project"}},
    {"name": "month", "type": "month", "title": {"zh": "月份", "en": "Month"}}
  ],
  "columns": [
    {"name": "source", "type": "code", "key": true, "title": {"zh": "来源", "en": "Source"},
     "definition": {"zh": "首次接触时登记的来源", "en": "The source recorded at the first contact"},
     "labels": {"walk-in": {"zh": "自然来访", "en": "Walk-in"}, "phone": {"zh": "来电", "en": "Phone call"},
                "referral": {"zh": "老客户介绍", "en": "Referral"}, "channel": {"zh": "渠道带客", "en": "Channel partner"},
                "web": {"zh": "网络", "en": "Web"}, "outdoor": {"zh": "户外广告", "en": "Outdoor advertising"},
                "event": {"zh": "活动", "en": "Event"}, "none": {"zh": "未登记", "en": "Not recorded"}}},
    {"name": "customers", "type": "integer", "opens": true, "people": true, "total": true, "title": {"zh": "客户", "en": "Customers"},
     "definition": {"zh": "当月首次接触的客户人数", "en": "Customers whose first contact with the project was in the month"}},
    {"name": "visited", "type": "integer", "opens": true, "people": true, "total": true, "title": {"zh": "到访", "en": "Visited"},
     "definition": {"zh": "其中到访过的人数", "en": "Those of them who have visited"}},
    {"name": "subscribed", "type": "integer", "opens": true, "people": true, "total": true, "title": {"zh": "认购", "en": "Subscribed"},
     "definition": {"zh": "其中认购过的人数", "en": "Those of them who have subscribed"}},
    {"name": "signed", "type": "integer", "opens": true, "people": true, "total": true, "title": {"zh": "签约", "en": "Signed"},
     "definition": {"zh": "其中签约的人数", "en": "Those of them who have signed"}},
    {"name": "conversion", "type": "percent", "title": {"zh": "签约率", "en": "Conversion"},
     "definition": {"zh": "签约人数与客户人数之比", "en": "Signed of customers"}}
  ],
  "detailColumns": [
    {"name": "customer", "type": "customer", "title": {"zh": "客户", "en": "Customer"}, "definition": {"zh": "客户", "en": "The customer"}},
    {"name": "project", "type": "resource", "title": {"zh": "楼盘", "en": "Project"}, "definition": {"zh": "楼盘名称", "en": "The project"}},
    {"name": "first_contact", "type": "instant", "title": {"zh": "首次接触", "en": "First contact"}, "definition": {"zh": "首次接触的时间", "en": "When the first contact was"}}
  ],
  "chart": {"kind": "bar", "category": "source", "series": ["customers", "visited", "signed"]}
} */
-- figures
WITH met AS (
  SELECT DISTINCT ON (i.customer_id) i.customer_id, i.project_id, i.first_time, i.visited
    FROM fact_interest i
    JOIN dim_project p USING (tenant_id, project_id)
   WHERE i.project_id = ANY(:projects::uuid[])
     AND i.first_time >= :month::date::timestamp AT TIME ZONE p.time_zone
     AND i.first_time < :month_end::date::timestamp AT TIME ZONE p.time_zone
   ORDER BY i.customer_id, i.first_time, i.project_id
),
people AS (
  SELECT coalesce(nullif(c.source, ''), 'none') AS source, m.visited,
         EXISTS (SELECT FROM fact_deal d WHERE d.customer_id = m.customer_id AND d.project_id = ANY(:projects::uuid[])) AS subscribed,
         EXISTS (SELECT FROM fact_deal d WHERE d.customer_id = m.customer_id AND d.project_id = ANY(:projects::uuid[])
                                           AND d.contract_id IS NOT NULL) AS signed
    FROM met m
    LEFT JOIN dim_customer c USING (customer_id)
)
SELECT source, count(*) AS customers, count(*) FILTER (WHERE visited) AS visited, count(*) FILTER (WHERE subscribed) AS subscribed,
       count(*) FILTER (WHERE signed) AS signed, round(count(*) FILTER (WHERE signed) * 1000000.0 / count(*))::bigint AS conversion
  FROM people
 GROUP BY source
 ORDER BY count(*) DESC, source
-- detail
WITH met AS (
  SELECT DISTINCT ON (i.customer_id) i.customer_id, i.project_id, i.first_time, i.visited, p.display_name
    FROM fact_interest i
    JOIN dim_project p USING (tenant_id, project_id)
   WHERE i.project_id = ANY(:projects::uuid[])
     AND i.first_time >= :month::date::timestamp AT TIME ZONE p.time_zone
     AND i.first_time < :month_end::date::timestamp AT TIME ZONE p.time_zone
   ORDER BY i.customer_id, i.first_time, i.project_id
)
SELECT 'customers/' || m.customer_id AS customer, m.display_name AS project, 'projects/' || m.project_id AS project_name,
       m.first_time AS first_contact, 1 AS figure
  FROM met m
  LEFT JOIN dim_customer c USING (customer_id)
 WHERE (:all = 'true' OR coalesce(nullif(c.source, ''), 'none') = :key_source)
   AND CASE :column
         WHEN 'customers' THEN true
         WHEN 'visited' THEN m.visited
         ELSE EXISTS (SELECT FROM fact_deal d WHERE d.customer_id = m.customer_id AND d.project_id = ANY(:projects::uuid[])
                                                AND (:column = 'subscribed' OR d.contract_id IS NOT NULL))
       END
 ORDER BY m.first_time, m.customer_id
