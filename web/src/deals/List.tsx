// Holds by when they end, subscriptions, contracts.
import { Button, Tabs } from "antd";
import { Link, useNavigate, useSearchParams } from "react-router";
import type { Contract, Hold, Subscription } from "../api/types";
import { useList, useLiveRefresh } from "../api/use";
import { useFormat } from "../format/use";
import { useProject } from "../frame/project";
import { useT, useWord } from "../i18n/provider";
import { CustomerName } from "../parts/fields";
import { ListTable } from "../parts/ListTable";
import { PageHead, Panel, useNow } from "../parts/parts";
import { useSession } from "../session/context";
import { DocState } from "./parts";

const right = "right" as const;
const left = "left" as const;

function useProjectFilter(more = ""): string {
  const { project } = useProject();
  return [project && `project = "${project.name}"`, more].filter(Boolean).join(" AND ");
}

export function Holds() {
  const t = useT();
  const word = useWord();
  const format = useFormat();
  const go = useNavigate();
  const now = useNow(30_000);
  const list = useList<Hold>("/v1/holds", "holds", { filter: useProjectFilter("state = ACTIVE"), orderBy: "expire_time" });
  useLiveRefresh(["HoldPlaced", "HoldChanged", "SubscriptionActivated"], ["/v1/holds"]);
  const late = (hold: Hold) => new Date(hold.expireTime).getTime() - now < 2 * 3600_000;
  return (
    <ListTable
      source={list} rowKey="name" empty={t("deals.noHolds")} onOpen={(hold) => void go(`/${hold.name}`)}
      emptyAction={<Link to="/chart"><Button>{t("chart.title")}</Button></Link>}
      columns={[
        { title: t("deals.room"), fixed: left, render: (hold: Hold) => <b>{hold.roomLabel}</b> },
        { title: t("deals.customer"), render: (hold: Hold) => <CustomerName name={hold.customer} /> },
        { title: t("deals.kind"), render: (hold: Hold) => word("rooms.kind", hold.kind) },
        { title: t("deals.until"), render: (hold: Hold) => format.dateTime(hold.expireTime) },
        { title: t("deals.timeLeft"), align: right, render: (hold: Hold) => <span className={late(hold) ? "bad" : ""}>{format.left(hold.expireTime, now)}</span> },
        { title: t("deals.fee"), align: right, render: (hold: Hold) => format.amount(hold.fee) },
        { title: t("common.state"), render: (hold: Hold) => <DocState state={hold.state} /> },
      ]}
    />
  );
}

function Subscriptions() {
  const t = useT();
  const format = useFormat();
  const go = useNavigate();
  const list = useList<Subscription>("/v1/subscriptions", "subscriptions", { filter: useProjectFilter() });
  useLiveRefresh(["SubscriptionActivated", "ContractSigned"], ["/v1/subscriptions"]);
  return (
    <ListTable
      source={list} rowKey="name" empty={t("deals.noSubscriptions")} onOpen={(one) => void go(`/${one.name}`)}
      columns={[
        { title: t("deals.room"), fixed: left, render: (one: Subscription) => <b>{one.roomLabel}</b> },
        { title: t("deals.buyers"), render: (one: Subscription) => <CustomerName name={one.buyers[0]?.customer ?? ""} /> },
        { title: t("deals.price"), align: right, render: (one: Subscription) => format.amount(one.price) },
        { title: t("deals.deposit"), align: right, render: (one: Subscription) => format.amount(one.deposit) },
        { title: t("deals.signBy"), render: (one: Subscription) => format.date(one.signByTime) },
        { title: t("common.state"), render: (one: Subscription) => <DocState state={one.state} /> },
      ]}
    />
  );
}

function Contracts() {
  const t = useT();
  const format = useFormat();
  const go = useNavigate();
  const list = useList<Contract>("/v1/contracts", "contracts", { filter: useProjectFilter() });
  useLiveRefresh(["ContractSigned"], ["/v1/contracts"]);
  return (
    <ListTable
      source={list} rowKey="name" empty={t("deals.noContracts")} onOpen={(one) => void go(`/${one.name}`)}
      columns={[
        { title: t("deals.number"), fixed: left, render: (one: Contract) => <b>{one.number || "—"}</b> },
        { title: t("deals.room"), render: (one: Contract) => one.roomLabel },
        { title: t("deals.buyers"), render: (one: Contract) => <CustomerName name={one.buyers[0]?.customer ?? ""} /> },
        { title: t("deals.price"), align: right, render: (one: Contract) => format.amount(one.price) },
        { title: t("deals.signDate"), render: (one: Contract) => format.day(one.signDate) },
        { title: t("common.state"), render: (one: Contract) => <DocState state={one.state} /> },
      ]}
    />
  );
}

export function DealsPage() {
  const t = useT();
  const { can } = useSession();
  const [search, setSearch] = useSearchParams();
  const tabs = [
    { key: "holds", label: t("deals.holds"), children: <Holds /> },
    { key: "subscriptions", label: t("deals.subscriptions"), children: <Subscriptions /> },
    { key: "contracts", label: t("deals.contracts"), children: <Contracts /> },
  ];
  return (
    <div className="page">
      <PageHead title={t("deals.title")}>
        {can("room.hold") && <Link to="/deals/holds/new"><Button>{t("deals.newHold")}</Button></Link>}
        {can("subscription.create") && <Link to="/deals/subscriptions/new"><Button type="primary">{t("deals.newSubscription")}</Button></Link>}
      </PageHead>
      <Panel className="panel-tabs">
        <Tabs activeKey={search.get("tab") ?? "holds"} onChange={(tab) => setSearch({ tab })} items={tabs} destroyOnHidden />
      </Panel>
    </div>
  );
}
