// The rail: what there is, and the right that shows it.
import type { MessageKey } from "../i18n/messages";
import type { IconName } from "../parts/icons";

export interface NavItem {
  to: string;
  icon: IconName;
  text: MessageKey;
  right?: string;
  // Addresses of documents that belong under it.
  also?: string[];
}

export const NAV: NavItem[] = [
  { to: "/", icon: "home", text: "nav.home" },
  { to: "/chart", icon: "chart", text: "nav.chart", right: "room.read" },
  { to: "/rooms", icon: "building", text: "nav.rooms", right: "room.read" },
  { to: "/customers", icon: "person", text: "nav.customers", right: "customer.read" },
  { to: "/deals", icon: "deal", text: "nav.deals", right: "deal.read", also: ["/holds", "/subscriptions", "/contracts"] },
  { to: "/finance", icon: "money", text: "nav.finance", right: "receivable.read", also: ["/receipts"] },
  { to: "/reports", icon: "report", text: "nav.reports", right: "report.run", also: ["/analyses"] },
  { to: "/reconciliations", icon: "scale", text: "nav.reconciliations", right: "report.run" },
  { to: "/agent", icon: "phone", text: "nav.agent", right: "agent.sign_on" },
  { to: "/calls", icon: "clock", text: "nav.calls", right: "call.read" },
  { to: "/admin", icon: "gear", text: "nav.admin", right: "operator.read" },
];

// Whether the page at `path` belongs to the item.
export function isUnder(item: NavItem, path: string): boolean {
  if (item.to === "/") return path === "/";
  return [item.to, ...(item.also ?? [])].some((start) => path === start || path.startsWith(`${start}/`));
}

// What a phone shows first, as far as the rights go.
export const ON_PHONE = ["/", "/chart", "/customers", "/deals", "/agent", "/finance", "/reports", "/calls", "/rooms", "/reconciliations", "/admin"];
