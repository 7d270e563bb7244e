/* {
  "id": "ANA-16",
  "title": {"zh": "销售走势分析", "en": "Sales trend"},
  "note": {"zh": "按周（周一至周日）或按月（自然月）的认购与签约，附移动平均；所选日期所在的一期之后为预测，不是成交。", "en": "Subscriptions and contracts by week, Monday to Sunday, or by calendar month, with a moving average; what comes after the period of the chosen date is a forecast, not sales."},
  "parameters": [
    {"name": "project", "type": "project", "title": {"zh": "楼盘", "en": "Project"}},
    {"name": "date", "type": "date", "title": {"zh": "截至", "en": "Until"}},
    {"name": "period", "type": "choice", "title": {"zh": "周期", "en": "Period"}, "choices": [
      {"value": "WEEK", "title": {"zh": "按周", "en": "Weeks"}},
      {"value": "MONTH", "title": {"zh": "按月", "en": "Months"}}]},
    {"name": "weeks", "when": {"period": "WEEK"}, "type": "number", "title": {"zh": "周数", "en": "Number of weeks"}, "least": 4, "most": 104, "default": 12},
    {"name": "months", "when": {"period": "MONTH"}, "type": "number", "title": {"zh": "月数", "en": "Number of months"}, "least": 3, "most": 60, "default": 12}
  ],
  "columns": [
    {"name": "week", "when": {"period": "WEEK"}, "type": "date", "key": true, "title": {"zh": "周", "en": "Week"},
     "definition": {"zh": "该周的周一", "en": "The week's Monday"}},
    {"name": "month", "when": {"period": "MONTH"}, "type": "month", "key": true, "title": {"zh": "月份", "en": "Month"},
     "definition": {"zh": "自然月", "en": "The calendar month"}},
    {"name": "subscriptions", "type": "integer", "opens": true, "total": true, "title": {"zh": "认购", "en": "Subscriptions"},
     "definition": {"zh": "该期生效的认购套数，按楼盘时区", "en": "Subscriptions that became active in the period, in the project's time zone"}},
    {"name": "contracts", "type": "integer", "opens": true, "total": true, "title": {"zh": "签约", "en": "Contracts"},
     "definition": {"zh": "签约日期在该期的合同套数", "en": "Contracts whose signing date is in the period"}},
    {"name": "contract_amount", "type": "money", "opens": true, "total": true, "title": {"zh": "签约金额", "en": "Contract amount"},
     "definition": {"zh": "该期合同总价之和", "en": "Sum of the prices of those contracts"}},
    {"name": "moving_average", "when": {"period": "WEEK"}, "type": "money", "title": {"zh": "四周均值", "en": "Four-week average"},
     "definition": {"zh": "该周与前三周签约金额的平均，四舍五入到分", "en": "Average contract amount of this week and the three before, half up to the fen"}},
    {"name": "moving_average", "when": {"period": "MONTH"}, "type": "money", "title": {"zh": "三个月均值", "en": "Three-month average"},
     "definition": {"zh": "该月与前两个月签约金额的平均，四舍五入到分", "en": "Average contract amount of this month and the two before, half up to the fen"}},
    {"name": "forecast", "type": "money", "title": {"zh": "预测金额", "en": "Forecast"},
     "definition": {"zh": "所列各期中自首份合同起、已结束各期的签约金额按最小二乘法拟合直线，取未结束的一期及其后四期的值，四舍五入到分，不低于零；已结束的不足八期则无", "en": "The straight line of least squares through the contract amounts of the periods shown that are over, from the first contract on, read at the period that is not over and the four after it; half up to the fen, not below zero; none with fewer than eight such periods"}},
    {"name": "kind", "type": "code", "title": {"zh": "性质", "en": "Kind"}, "definition": {"zh": "预测的一期没有成交数", "en": "A period that is forecast has no sales to show"},
     "labels": {"FORECAST": {"zh": "预测", "en": "Forecast"}}}
  ],
  "detailColumns": [
    {"name": "document", "type": "resource", "title": {"zh": "合同号", "en": "Contract"}, "definition": {"zh": "合同编号；未签约的为认购", "en": "The contract's number; a subscription when not signed yet"}},
    {"name": "project", "type": "resource", "title": {"zh": "楼盘", "en": "Project"}, "definition": {"zh": "楼盘名称", "en": "The project"}},
    {"name": "customer", "type": "customer", "title": {"zh": "客户", "en": "Buyer"}, "definition": {"zh": "第一买受人", "en": "The first buyer"}},
    {"name": "date", "type": "date", "title": {"zh": "日期", "en": "Date"}, "definition": {"zh": "认购或签约日期", "en": "Day of subscription or signing"}}
  ],
  "chart": {"kind": "line", "series": ["contract_amount", "moving_average", "forecast"]}
} */
-- figures
WITH asked AS (
  -- How long a period is, the one of the chosen date, and how many are shown.
  SELECT ('1 ' || :period)::interval AS length, date_trunc(:period, :date::date::timestamp) AS latest,
         CASE :period WHEN 'MONTH' THEN :months::int ELSE :weeks::int END AS shown
),
periods AS (
  -- Numbered: 0 is the latest, what comes after it can only be forecast. Three more than shown, so that the first average
  -- is whole.
  SELECT k, (latest + k * length)::date AS first_day, (latest + (k + 1) * length)::date AS end_day, k > -shown AS is_shown
    FROM asked, generate_series(-shown - 2, 4) k
),
deals AS (
  SELECT d.price, d.sign_date, (d.subscribed_time AT TIME ZONE p.time_zone)::date AS subscribed_date
    FROM fact_deal d
    JOIN dim_project p USING (tenant_id, project_id)
   WHERE d.project_id = ANY(:projects::uuid[])
),
sold AS (
  SELECT p.*,
         (SELECT count(*) FROM deals WHERE subscribed_date >= first_day AND subscribed_date < end_day) AS subscriptions,
         (SELECT count(*) FROM deals WHERE sign_date >= first_day AND sign_date < end_day) AS contracts,
         (SELECT coalesce(sum(price), 0) FROM deals WHERE sign_date >= first_day AND sign_date < end_day) AS contract_amount
    FROM periods p
   WHERE k <= 0
),
averaged AS (
  SELECT k, subscriptions, contracts, contract_amount,
         round(avg(contract_amount) OVER (
           ORDER BY k ROWS BETWEEN CASE :period WHEN 'MONTH' THEN 2 ELSE 3 END PRECEDING AND CURRENT ROW))::bigint AS moving_average
    FROM sold
),
-- Periods that are over, from the first contract on.
points AS (
  SELECT k AS x, contract_amount AS y
    FROM sold
   WHERE is_shown AND end_day <= :date::date + 1 AND end_day > (SELECT min(sign_date) FROM deals)
),
sums AS (
  SELECT count(*)::numeric AS n, sum(x)::numeric AS x, sum(y)::numeric AS y, sum(x * y)::numeric AS xy,
         sum(x * x)::numeric AS xx, max(x) AS last
    FROM points
),
line AS (
  SELECT n, x, y, (n * xy - x * y) / (n * xx - x * x) AS slope, last FROM sums WHERE n >= 8
),
forecasts AS (
  SELECT k, greatest(0, round((y + slope * (n * k - x)) / n))::bigint AS forecast FROM line, periods WHERE k > last
)
SELECT first_day AS week, to_char(first_day, 'YYYY-MM') AS month, subscriptions, contracts, contract_amount, moving_average,
       forecast, CASE WHEN k > 0 THEN 'FORECAST' END AS kind
  FROM periods LEFT JOIN averaged USING (k) LEFT JOIN forecasts USING (k)
 WHERE is_shown AND (k <= 0 OR forecast IS NOT NULL)
 ORDER BY k
-- detail
WITH asked AS (
  SELECT ('1 ' || :period)::interval AS length, date_trunc(:period, :date::date::timestamp) AS latest,
         CASE :period WHEN 'MONTH' THEN :months::int ELSE :weeks::int END AS shown,
         coalesce(nullif(:key_week, '')::date, to_date(nullif(:key_month, ''), 'YYYY-MM'))::timestamp AS opened
),
span AS (
  -- The period that is opened, or all that are shown. One that is forecast opens nothing.
  SELECT coalesce(opened, latest - (shown - 1) * length)::date AS first_day,
         (least(coalesce(opened, latest), latest) + length)::date AS end_day
    FROM asked
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
 WHERE d.date >= s.first_day AND d.date < s.end_day
 ORDER BY d.date, d.deal_id
