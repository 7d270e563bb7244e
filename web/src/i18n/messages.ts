// Every text of the console, Chinese first. Each noun keeps its own pairs beside its pages; this file only gathers them.
import { messages as admin } from "../admin/messages";
import { messages as calls } from "../calls/messages";
import { messages as chart } from "../chart/messages";
import { messages as customers } from "../customers/messages";
import { messages as deals } from "../deals/messages";
import { messages as finance } from "../finance/messages";
import { messages as frame } from "../frame/messages";
import { messages as home } from "../home/messages";
import { messages as phone } from "../phone/messages";
import { messages as reconciliations } from "../reconciliations/messages";
import { messages as reports } from "../reports/messages";
import { messages as rooms } from "../rooms/messages";
import { messages as session } from "../session/messages";
import { messages as telephony } from "../telephony/messages";
import { common } from "./common";

export const all = {
  ...common, ...frame, ...session, ...home, ...chart, ...rooms, ...customers, ...deals, ...finance, ...reconciliations,
  ...reports, ...calls, ...phone, ...telephony, ...admin,
};

export type MessageKey = keyof typeof all;

const side = (at: 0 | 1) =>
  Object.fromEntries(Object.entries(all).map(([key, pair]) => [key, pair[at]])) as Record<MessageKey, string>;

export const zh = side(0);
export const en = side(1);
