// The rail: what there is, and the right that shows it.
import type { MessageKey } from "../i18n/messages";
import type { IconName } from "../parts/icons";

export interface NavItem {
  to: string;
  icon: IconName;
  text: MessageKey;
  right?: string;
}

export const NAV: NavItem[] = [
  { to: "/", icon: "home", text: "nav.home" },
  { to: "/chart", icon: "chart", text: "nav.chart", right: "room.read" },
  { to: "/rooms", icon: "building", text: "nav.rooms", right: "room.read" },
  { to: "/customers", icon: "person", text: "nav.customers", right: "customer.read" },
  { to: "/deals", icon: "deal", text: "nav.deals", right: "deal.read" },
  { to: "/finance", icon: "money", text: "nav.finance", right: "receivable.read" },
  { to: "/reports", icon: "report", text: "nav.reports", right: "report.run" },
  { to: "/agent", icon: "phone", text: "nav.agent", right: "agent.sign_on" },
  { to: "/calls", icon: "clock", text: "nav.calls", right: "call.read" },
  { to: "/admin", icon: "gear", text: "nav.admin", right: "operator.read" },
];
