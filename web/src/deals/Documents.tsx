// One hold, one subscription, one contract: the document, its money, its next step.
import { Button } from "antd";
import { Link, useNavigate, useParams } from "react-router";
import type { Contract, Hold, Subscription } from "../api/types";
import { useLiveRefresh, useResource } from "../api/use";
import { minor } from "../format/number";
import { useFormat } from "../format/use";
import { DealMoney } from "../finance/DealMoney";
import { useT, useWord } from "../i18n/provider";
import { CustomerName } from "../parts/fields";
import { ErrorBox, Facts, Loading, PageHead, Panel } from "../parts/parts";
import { useSession } from "../session/context";
import { HoldActions } from "./HoldActions";
import { DocState, Schedule } from "./parts";

const RoomLink = ({ room, label }: { room: string; label: string }) => <Link to={`/chart?room=${room}`}>{label || room}</Link>;

const Buyers = ({ names }: { names: string[] }) => (
  <>{names.map((name) => <Link key={name} to={`/${name}`} className="buyer"><CustomerName name={name} /></Link>)}</>
);

export function HoldPage() {
  const t = useT();
  const word = useWord();
  const format = useFormat();
  const go = useNavigate();
  const { id } = useParams();
  const { can } = useSession();
  const path = `/v1/holds/${id}`;
  const found = useResource<Hold>(path);
  useLiveRefresh(["HoldChanged"], [path]);
  if (found.isLoading) return <Loading />;
  if (!found.data) return <div className="page"><ErrorBox error={found.error} /></div>;
  const hold = found.data;
  return (
    <div className="page page-narrow">
      <PageHead title={`${t("deals.hold")} ${hold.roomLabel}`} meta={<DocState state={hold.state} />} />
      <Panel>
        <Facts
          rows={[
            [t("deals.room"), <RoomLink room={hold.room} label={hold.roomLabel} />], [t("deals.kind"), word("rooms.kind", hold.kind)],
            [t("deals.customer"), hold.customer ? <Buyers names={[hold.customer]} /> : "—"], [t("deals.until"), format.dateTime(hold.expireTime)],
            [t("deals.fee"), format.money(hold.fee)], [t("deals.extensions"), hold.extensions], [t("common.reason"), hold.reason || "—"],
            ...(hold.failureReason ? ([[t("deals.failure"), hold.failureReason]] as [string, string][]) : []),
          ]}
        />
        <div className="card-actions">
          {hold.state === "ACTIVE" && can("subscription.create") && <Button type="primary" size="large" onClick={() => void go(`/deals/subscriptions/new?room=${hold.room}&hold=${hold.name}`)}>{t("rooms.actConvert")}</Button>}
          {hold.state === "ACTIVE" && minor(hold.fee) > 0n && can("receipt.book") && <Button size="large" onClick={() => void go(`/finance/receipts/new?deal=${hold.name}`)}>{t("rooms.actReceive")}</Button>}
          {can("room.hold") && <HoldActions hold={hold} onDone={() => void found.refetch()} />}
        </div>
      </Panel>
    </div>
  );
}

export function SubscriptionBody({ name }: { name: string }) {
  const t = useT();
  const format = useFormat();
  const found = useResource<Subscription>(`/v1/${name}`);
  if (found.isLoading) return <Loading />;
  if (!found.data) return <ErrorBox error={found.error} />;
  const one = found.data;
  return (
    <>
      <Facts
        rows={[
          [t("common.state"), <DocState state={one.state} />], [t("deals.room"), <RoomLink room={one.room} label={one.roomLabel} />],
          [t("deals.buyers"), <Buyers names={one.buyers.map((buyer) => buyer.customer)} />], [t("deals.listPrice"), format.money(one.listPrice)],
          [t("deals.price"), <b>{format.money(one.price)}</b>], [t("deals.deposit"), format.money(one.deposit)], [t("deals.signBy"), format.dateTime(one.signByTime)],
          ...(one.failureReason ? ([[t("deals.failure"), one.failureReason]] as [string, string][]) : []),
        ]}
      />
      <Schedule lines={one.schedule} />
    </>
  );
}

export function SubscriptionPage() {
  const t = useT();
  const go = useNavigate();
  const { id } = useParams();
  const { can } = useSession();
  const name = `subscriptions/${id}`;
  const found = useResource<Subscription>(`/v1/${name}`);
  useLiveRefresh(["SubscriptionActivated", "ContractSigned"], [`/v1/${name}`]);
  const active = found.data?.state === "ACTIVE";
  return (
    <div className="page">
      <PageHead title={`${t("deals.subscription")} ${found.data?.roomLabel ?? ""}`}>
        {active && can("receipt.book") && <Button onClick={() => void go(`/finance/receipts/new?deal=${name}`)}>{t("deals.takeMoney")}</Button>}
        {active && can("contract.sign") && <Button type="primary" onClick={() => void go(`/deals/contracts/new?subscription=${name}`)}>{t("deals.newContract")}</Button>}
      </PageHead>
      <div className="columns columns-half">
        <Panel title={t("deals.subscription")}><SubscriptionBody name={name} /></Panel>
        {can("receivable.read") && <DealMoney deal={name} />}
      </div>
    </div>
  );
}

export function ContractPage() {
  const t = useT();
  const format = useFormat();
  const go = useNavigate();
  const { id } = useParams();
  const { can } = useSession();
  const name = `contracts/${id}`;
  const found = useResource<Contract>(`/v1/${name}`);
  useLiveRefresh(["ContractSigned"], [`/v1/${name}`]);
  if (found.isLoading) return <Loading />;
  if (!found.data) return <div className="page"><ErrorBox error={found.error} /></div>;
  const one = found.data;
  return (
    <div className="page">
      <PageHead title={`${t("deals.contract")} ${one.number}`} meta={<DocState state={one.state} />}>
        {can("receipt.book") && <Button type="primary" onClick={() => void go(`/finance/receipts/new?deal=${name}`)}>{t("deals.takeMoney")}</Button>}
      </PageHead>
      <div className="columns columns-half">
        <Panel title={t("deals.contract")}>
          <Facts
            rows={[
              [t("deals.number"), one.number || "—"], [t("deals.room"), <RoomLink room={one.room} label={one.roomLabel} />],
              [t("deals.buyers"), <Buyers names={one.buyers.map((buyer) => buyer.customer)} />], [t("deals.price"), <b>{format.money(one.price)}</b>],
              [t("deals.stampTax"), `${format.money(one.stampTax)} (${(Number(one.stampTaxRatePpm) / 10_000).toFixed(2)}%)`], [t("deals.signDate"), format.day(one.signDate)],
              [t("deals.subscription"), <Link to={`/${one.subscription}`}>{t("common.open")}</Link>],
              ...(one.failureReason ? ([[t("deals.failure"), one.failureReason]] as [string, string][]) : []),
            ]}
          />
        </Panel>
        {can("receivable.read") && <DealMoney deal={name} />}
      </div>
    </div>
  );
}
