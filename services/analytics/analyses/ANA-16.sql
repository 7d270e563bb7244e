/* {
  "id": "ANA-16",
  "title": {"zh": "销售走势分析", "en": "Sales trend"},
  "note": {"zh": "按周（周一至周日）的认购与签约，附四周移动平均；所选日期所在周之后为预测，不是成交。", "en": "Subscriptions and contracts by week, Monday to Sunday, with a moving average over four weeks; what comes after the week of the chosen date is a forecast, not sales."},
  "parameters": [
    {"name": "project", "type": "project", "title": {"zh": "楼盘", "en": "Project"}},
    {"name": "date", "type": "date", "title": {"zh": "截至", "en": "Until"}},
    {"name": "weeks", "type": "weeks", "title": {"zh": "周数", "en": "Weeks"}, "least": 4, "most": 104, "default": 12}
  ],
  "columns": [
    {"name": "week", "type": "date", "key": true, "title": {"zh": "周", "en": "Week"}, "definition": {"zh": "该周的周一", "en": "The week's Monday"}},
    {"name": "subscriptions", "type": "integer", "opens": true, "total": true, "title": {"zh": "认购", "en": "Subscriptions"},
     "definition": {"zh": "该周生效的认购套数，按楼盘时区", "en": "Subscriptions that became active in the week, in the project's time zone"}},
    {"name": "contracts", "type": "integer", "opens": true, "total": true, "title": {"zh": "签约", "en": "Contracts"},
     "definition": {"zh": "签约日期在该周的合同套数", "en": "Contracts whose signing date is in the week"}},
    {"name": "contract_amount", "type": "money", "opens": true, "total": true, "title": {"zh": "签约金额", "en": "Contract amount"},
     "definition": {"zh": "该周合同总价之和", "en": "Sum of the prices of those contracts"}},
    {"name": "moving_average", "type": "money", "title": {"zh": "四周均值", "en": "Four-week average"},
     "definition": {"zh": "该周与前三周签约金额的平均，四舍五入到分", "en": "Average contract amount of this week and the three before, half up to the fen"}},
    {"name": "forecast", "type": "money", "title": {"zh": "预测金额", "en": "Forecast"},
     "definition": {"zh": "所列各周中自首份合同起、已结束各周的签约金额按最小二乘法拟合直线，取未结束的一周及其后四周的值，四舍五入到分，不低于零；已结束的周少于八个则无", "en": "The straight line of least squares through the contract amounts of the weeks shown that are over, from the first contract on, read at the week that is not over and the four after it; half up to the fen, not below zero; none with fewer than eight such weeks"}},
    {"name": "kind", "type": "code", "title": {"zh": "性质", "en": "Kind"}, "definition": {"zh": "预测的周没有成交数", "en": "A week that is forecast has no sales to show"},
     "labels": {"FORECAST": {"zh": "预测", "en": "Forecast"}}}
  ],
  "detailColumns": [
    {"name": "document", "type": "resource", "title": {"zh": "合同号", "en": "Contract"}, "definition": {"zh": "合同编号；未签约的为认购", "en": "The contract's number; a subscription when not signed yet"}},
    {"name": "project", "type": "resource", "title": {"zh": "楼盘", "en": "Project"}, "definition": {"zh": "楼盘名称", "en": "The project"}},
    {"name": "customer", "type": "customer", "title": {"zh": "客户", "en": "Buyer"}, "definition": {"zh": "第一买受人", "en": "The first buyer"}},
    {"name": "date", "type": "date", "title": {"zh": "日期", "en": "Date"}, "definition": {"zh": "认购或签约日期", "en": "Day of subscription or signing"}}
  ],
  "chart": {"kind": "line", "category": "week", "series": ["contract_amount", "moving_average", "forecast"]}
} */
-- figures
WITH weeks AS (
  -- Three more than shown, so that the first average is whole.
  SELECT (date_trunc('week', :date::date::timestamp) - make_interval(weeks => n))::date AS week
    FROM generate_series(0, :weeks::int + 2) n
),
deals AS (
  SELECT d.price, d.sign_date, (d.subscribed_time AT TIME ZONE p.time_zone)::date AS subscribed_date
    FROM fact_deal d
    JOIN dim_project p USING (tenant_id, project_id)
   WHERE d.project_id = ANY(:projects::uuid[])
),
by_week AS (
  SELECT w.week,
         (SELECT count(*) FROM deals WHERE subscribed_date >= w.week AND subscribed_date < w.week + 7) AS subscriptions,
         (SELECT count(*) FROM deals WHERE sign_date >= w.week AND sign_date < w.week + 7) AS contracts,
         (SELECT coalesce(sum(price), 0) FROM deals WHERE sign_date >= w.week AND sign_date < w.week + 7) AS contract_amount
    FROM weeks w
),
averaged AS (
  SELECT b.*, round(avg(contract_amount) OVER (ORDER BY week ROWS BETWEEN 3 PRECEDING AND CURRENT ROW))::bigint AS moving_average,
         row_number() OVER (ORDER BY week DESC) AS back
    FROM by_week b
),
shown AS (
  SELECT week, subscriptions, contracts, contract_amount, moving_average FROM averaged WHERE back <= :weeks::int
),
-- Weeks that are over, numbered, from the first contract on.
points AS (
  SELECT (week - first_value(week) OVER (ORDER BY week)) / 7 AS x, contract_amount AS y, week
    FROM shown
   WHERE week + 6 <= :date::date AND week + 6 >= (SELECT min(sign_date) FROM deals)
),
sums AS (
  SELECT count(*)::numeric AS n, sum(x)::numeric AS x, sum(y)::numeric AS y, sum(x * y)::numeric AS xy,
         sum(x * x)::numeric AS xx, min(week) AS first_week, max(week) AS last_week
    FROM points
),
line AS (
  SELECT n, x, y, (n * xy - x * y) / (n * xx - x * x) AS slope, first_week, last_week FROM sums WHERE n >= 8
),
forecasts AS (
  SELECT week, greatest(0, round((y + slope * (n * ((week - first_week) / 7) - x)) / n))::bigint AS forecast
    FROM line, (SELECT (date_trunc('week', :date::date::timestamp) + make_interval(weeks => k))::date AS week
                  FROM generate_series(0, 4) k) ahead
   WHERE week > last_week
)
SELECT week, subscriptions, contracts, contract_amount, moving_average, forecast,
       CASE WHEN contracts IS NULL THEN 'FORECAST' END AS kind
  FROM shown FULL JOIN forecasts USING (week)
 ORDER BY week
-- detail
WITH span AS (
  SELECT coalesce(nullif(:key_week, '')::date,
                  (date_trunc('week', :date::date::timestamp) - make_interval(weeks => :weeks::int - 1))::date) AS first_day,
         coalesce(nullif(:key_week, '')::date, date_trunc('week', :date::date::timestamp)::date) + 7 AS end_day
),
deals AS (
  SELECT d.*, p.display_name,
         CASE WHEN :column = 'subscriptions' THEN (d.subscribed_time AT TIME ZONE p.time_zone)::date ELSE d.sign_date END AS date
    FROM fact_deal d
    JOIN dim_project p USING (tenant_id, project_id)
   WHERE d.project_id = ANY(:projects::uuid[])
)
SELECT coalesce(nullif(d.contract_number, ''), '—') AS document, 'deals/' || d.deal_id AS document_name, d.display_name AS project,
       'projects/' || d.project_id AS project_name, 'customers/' || d.customer_id AS customer, d.date,
       CASE WHEN :column = 'contract_amount' THEN d.price ELSE 1 END AS figure
  FROM deals d, span s
 WHERE d.date >= s.first_day AND d.date < s.end_day AND (:all = 'true' OR :key_week <> '')
   -- A week that is forecast opens nothing.
   AND d.date < date_trunc('week', :date::date::timestamp)::date + 7
 ORDER BY d.date, d.deal_id
