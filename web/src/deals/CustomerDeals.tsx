// What one customer has open. Subscriptions are reached through their timeline; holds are the ones that run out.
import { Link } from "react-router";
import type { Hold } from "../api/types";
import { useList, useLiveRefresh } from "../api/use";
import { useFormat } from "../format/use";
import { useT } from "../i18n/provider";
import { Empty, ErrorBox, useNow } from "../parts/parts";
import { DocState } from "./parts";

export function CustomerDeals({ customer }: { customer: string }) {
  const t = useT();
  const format = useFormat();
  const now = useNow(30_000);
  const list = useList<Hold>("/v1/holds", "holds", { filter: `customer = "${customer}"`, pageSize: 20 });
  useLiveRefresh(["HoldPlaced", "HoldChanged"], ["/v1/holds"]);
  if (list.error) return <ErrorBox error={list.error} />;
  if (list.rows.length === 0) return <Empty why={t("deals.customerNone")} />;
  return (
    <ul className="deal-list">
      {list.rows.map((hold) => (
        <li key={hold.name}>
          <Link to={`/${hold.name}`}><b>{hold.roomLabel}</b></Link> <DocState state={hold.state} />
          <span className="space" />
          {hold.state === "ACTIVE" && <span className="meta">{format.left(hold.expireTime, now)}</span>}
        </li>
      ))}
    </ul>
  );
}
