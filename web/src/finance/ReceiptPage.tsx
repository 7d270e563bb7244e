// One receipt: what it settled, its paper, and its reversal.
import { Button, Input, Modal } from "antd";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { post } from "../api/client";
import type { Receipt } from "../api/types";
import { useAct, useResource } from "../api/use";
import { useFormat } from "../format/use";
import { useT, useWord } from "../i18n/provider";
import { CustomerName } from "../parts/fields";
import { Chip, ErrorBox, Facts, Loading, PageHead, Panel } from "../parts/parts";
import { RoomLabel } from "../rooms/Label";
import { useSession } from "../session/context";
import { PrintButton } from "./parts";

function Reverse({ receipt, onDone }: { receipt: Receipt; onDone: () => void }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const act = useAct((why: string, key) => post(`/v1/${receipt.name}:reverse`, { reason: why, etag: receipt.etag }, key), ["/v1/receipts", "/v1/receivables", "/v1/journals"]);
  return (
    <>
      <Button danger onClick={() => setOpen(true)}>{t("finance.reverse")}</Button>
      <Modal
        open={open} width={440} title={t("finance.reverseTitle", { number: receipt.number })} okText={t("finance.reverse")} cancelText={t("common.cancel")} onCancel={() => setOpen(false)}
        okButtonProps={{ danger: true, disabled: reason.trim() === "" }} confirmLoading={act.isPending}
        onOk={() => act.mutate(reason, { onSuccess: () => { setOpen(false); onDone(); } })}
      >
        <p className="meta">{t("finance.reverseWhy")}</p>
        <Input.TextArea rows={3} maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} aria-label={t("common.reason")} />
        <ErrorBox error={act.error} />
      </Modal>
    </>
  );
}

export function ReceiptPage() {
  const t = useT();
  const word = useWord();
  const format = useFormat();
  const { id } = useParams();
  const { can } = useSession();
  const name = `receipts/${id}`;
  const found = useResource<Receipt>(`/v1/${name}`);
  if (found.isLoading) return <Loading />;
  if (!found.data) return <div className="page"><ErrorBox error={found.error} /></div>;
  const one = found.data;
  return (
    <div className="page page-narrow">
      <PageHead title={`${t("finance.receipt")} ${one.number}`} meta={one.reversedBy ? <Chip tone="bad">{t("finance.reversed")}</Chip> : one.reversalOf ? <Chip tone="bad">{t("finance.reversal")}</Chip> : undefined}>
        <PrintButton name={name} />
        {can("receipt.reverse") && !one.reversedBy && !one.reversalOf && <Reverse receipt={one} onDone={() => void found.refetch()} />}
      </PageHead>
      <Panel>
        <div className={one.reversalOf ? "price-figure bad" : "price-figure"}>{format.money(one.amount)}</div>
        <p className="meta">{one.capitals}</p>
        <Facts
          rows={[
            [t("finance.method"), word("finance.method", one.method)], [t("finance.payer"), <>{one.payer && <Link to={`/${one.payer}`}><CustomerName name={one.payer} /></Link>} {one.payerNote}</>],
            [t("finance.room"), <RoomLabel name={one.room} />], [t("finance.deal"), <Link to={`/${one.contract || one.subscription}`}>{t("common.open")}</Link>],
            [t("finance.bookDate"), format.day(one.bookDate)], [t("finance.reference"), one.reference || "—"], [t("finance.unallocated"), format.money(one.unallocated)],
            ...(one.reason ? ([[t("common.reason"), one.reason]] as [string, string][]) : []),
            ...(one.reversedBy ? ([[t("finance.reversed"), <Link to={`/${one.reversedBy}`}>{t("common.open")}</Link>]] as [string, React.ReactNode][]) : []),
          ]}
        />
        <p className="meta">{t("finance.prints", { count: one.prints })}</p>
      </Panel>
    </div>
  );
}
