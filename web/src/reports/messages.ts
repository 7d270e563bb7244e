import { pairs } from "../i18n/pair";

export const messages = pairs({
  "reports.title": ["报表与分析", "Reports and analyses"],
  "reports.reports": ["报表", "Reports"],
  "reports.analyses": ["分析", "Analyses"],
  "reports.none": ["没有可用的报表。", "No reports are available."],
  "reports.chart": ["图与表", "Plot and table"],
  "reports.table": ["仅表", "Table only"],
  "reports.export": ["导出", "Export"],
  "reports.asOf": ["数据截至 {time}", "as of {time}"],
  "reports.total": ["合计", "Total"],
  "reports.empty": ["所选条件下没有数据。", "Nothing under these conditions."],
  "reports.rowsBehind": ["{title} 的明细", "Rows behind {title}"],
  "reports.definition": ["口径", "How it is made"],
  "reports.allProjects": ["全部楼盘", "All projects"],
  "reports.plot": ["{title}，数据见下表", "{title}; the table below has the figures"],
});
