/* {
  "id": "RPT-32",
  "title": {"zh": "收款收据", "en": "Receipts"},
  "note": {"zh": "当日的收据，或指定的一张；金额附中文大写。PDF 为收据本身，一页一张，注明副本。", "en": "The receipts of a day, or one that is named, with the amount in Chinese capitals. As PDF the receipts themselves, one to a page, marked as copies."},
  "document": "receipt",
  "parameters": [
    {"name": "project", "type": "project", "title": {"zh": "楼盘", "en": "Project"}},
    {"name": "date", "type": "date", "title": {"zh": "日期", "en": "Date"}},
    {"name": "receipt", "type": "receipt", "title": {"zh": "收据", "en": "Receipt"}}
  ],
  "columns": [
    {"name": "number", "type": "resource", "key": true, "title": {"zh": "收据号", "en": "Number"}, "definition": {"zh": "收据编号，连续", "en": "The receipt's number, without gaps"}},
    {"name": "date", "type": "date", "title": {"zh": "入账日期", "en": "Booked on"}, "definition": {"zh": "入账日期", "en": "The day it was booked"}},
    {"name": "project", "type": "resource", "title": {"zh": "楼盘", "en": "Project"}, "definition": {"zh": "楼盘名称", "en": "The project"}},
    {"name": "room", "type": "resource", "title": {"zh": "房间", "en": "Room"}, "definition": {"zh": "楼栋、单元与房号", "en": "Building, entrance and number"}},
    {"name": "payer", "type": "customer", "title": {"zh": "交款人", "en": "Payer"}, "definition": {"zh": "交款的客户", "en": "The customer who paid"}},
    {"name": "contract", "type": "text", "title": {"zh": "合同号", "en": "Contract"}, "definition": {"zh": "合同编号，签约前为空", "en": "The contract's number; blank before it"}},
    {"name": "method", "type": "code", "title": {"zh": "收款方式", "en": "Method"}, "definition": {"zh": "收款方式", "en": "How it was paid"},
     "labels": {"CASH": {"zh": "现金", "en": "Cash"}, "CARD": {"zh": "刷卡", "en": "Card"}, "TRANSFER": {"zh": "转账", "en": "Transfer"},
                "CHEQUE": {"zh": "支票", "en": "Cheque"}, "LOAN": {"zh": "贷款", "en": "Loan"}}},
    {"name": "reversal", "type": "code", "title": {"zh": "冲销", "en": "Reversal"}, "definition": {"zh": "是否为冲销", "en": "Whether it takes an earlier receipt back"},
     "labels": {"YES": {"zh": "冲销", "en": "Reversal"}}},
    {"name": "amount", "type": "money", "opens": true, "total": true, "title": {"zh": "金额", "en": "Amount"}, "definition": {"zh": "收款金额，冲销为负", "en": "What came in; negative for a reversal"}},
    {"name": "capitals", "type": "capitals", "title": {"zh": "大写", "en": "In words"}, "definition": {"zh": "金额的中文大写", "en": "The amount in Chinese capitals"}}
  ],
  "detailColumns": [
    {"name": "number", "type": "resource", "title": {"zh": "收据号", "en": "Number"}, "definition": {"zh": "收据编号", "en": "The receipt's number"}},
    {"name": "sequence", "type": "text", "title": {"zh": "期次", "en": "Item"}, "definition": {"zh": "应收款的序号，余额无序号", "en": "The receivable's place in the plan; none for what is left over"}},
    {"name": "kind", "type": "code", "title": {"zh": "款项", "en": "Kind"}, "definition": {"zh": "应收款的种类", "en": "Kind of receivable"},
     "labels": {"DEPOSIT": {"zh": "定金", "en": "Deposit"}, "DOWN_PAYMENT": {"zh": "首付款", "en": "Down payment"}, "INSTALMENT": {"zh": "分期款", "en": "Instalment"},
                "LOAN": {"zh": "贷款", "en": "Loan"}, "BALANCE": {"zh": "尾款", "en": "Balance"}, "PREPAID": {"zh": "预收", "en": "Prepaid"}}}
  ]
} */
-- figures
SELECT f.number, 'receipts/' || f.receipt_id AS number_name, f.book_date AS date,
       p.display_name AS project, 'projects/' || f.project_id AS project_name,
       concat_ws(' ', nullif(r.building, ''), nullif(r.entrance, ''), r.number) AS room,
       'projects/' || f.project_id || '/rooms/' || f.room_id AS room_name,
       'customers/' || f.customer_id AS payer, nullif(d.contract_number, '') AS contract, f.method,
       CASE WHEN f.reversal_of IS NOT NULL THEN 'YES' END AS reversal, f.amount, f.amount AS capitals
  FROM fact_receipt f
  LEFT JOIN dim_project p USING (tenant_id, project_id)
  LEFT JOIN dim_room r ON r.tenant_id = f.tenant_id AND r.room_id = f.room_id
  LEFT JOIN fact_deal d ON d.tenant_id = f.tenant_id AND d.deal_id = f.deal_id
 WHERE f.project_id = ANY(:projects::uuid[])
   AND CASE WHEN :receipt = '' THEN f.book_date = :date::date ELSE f.receipt_id = nullif(:receipt, '')::uuid END
 ORDER BY f.number, f.receipt_id
-- detail
WITH receipts AS (
  SELECT *
    FROM fact_receipt f
   WHERE f.project_id = ANY(:projects::uuid[])
     AND CASE WHEN :receipt = '' THEN f.book_date = :date::date ELSE f.receipt_id = nullif(:receipt, '')::uuid END
     AND (:all = 'true' OR f.receipt_id = nullif(:key_number, '')::uuid) AND :column = 'amount'
),
parts AS (
  SELECT f.number, f.receipt_id, u.sequence, u.kind, CASE WHEN f.amount < 0 THEN -abs(a.amount) ELSE a.amount END AS figure
    FROM receipts f
    JOIN fact_allocation a USING (tenant_id, receipt_id)
    LEFT JOIN fact_due u USING (tenant_id, receivable_id)
)
SELECT number, 'receipts/' || receipt_id AS number_name, sequence, kind, figure FROM parts
UNION ALL
SELECT f.number, 'receipts/' || f.receipt_id, NULL, 'PREPAID', f.amount - coalesce(s.allocated, 0)
  FROM receipts f
  LEFT JOIN (SELECT receipt_id, sum(figure) AS allocated FROM parts GROUP BY receipt_id) s USING (receipt_id)
 WHERE f.amount <> coalesce(s.allocated, 0)
 ORDER BY number, sequence NULLS LAST, kind
