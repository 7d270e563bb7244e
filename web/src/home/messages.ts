import { pairs } from "../i18n/pair";

export const messages = pairs({
  "home.hello": ["{name}，您好", "Hello, {name}"],
  "home.tasks": ["待办", "To do"],
  "home.noTasks": ["没有待办。", "Nothing to do."],
  "home.endingHolds": ["即将到期的保留", "Holds about to end"],
  "home.overdue": ["逾期未收", "Overdue"],
  "home.journal": ["今日收款", "Received today"],
  "home.stock": ["房源", "Rooms"],
  "home.phone": ["电话", "Phone"],
  "home.recentCalls": ["最近通话", "Recent calls"],
  "home.operators": ["操作员", "Operators"],
  "home.projects": ["楼盘", "Projects"],
  "home.openChart": ["打开销控图", "Open the chart"],
  "home.reminders": ["提醒", "Reminders"],
  "home.HOLD_EXPIRES": ["保留到期", "Hold ends"],
  "home.SIGN_BY": ["签约期限", "Sign by"],
});
