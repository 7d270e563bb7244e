// Pieces of the finance desk: the state of a receivable, the receipt as paper, printing.
import { Button } from "antd";
import { useState, type ReactNode } from "react";
import { download, save } from "../api/client";
import type { Receivable } from "../api/types";
import { capitals } from "../format/capitals";
import type { Money } from "../format/number";
import { useFormat } from "../format/use";
import { useT, useWord } from "../i18n/provider";
import { Icon } from "../parts/icons";
import { Chip, ErrorBox } from "../parts/parts";

export const METHODS = ["TRANSFER", "CARD", "CASH", "CHEQUE", "LOAN"];

export function ReceivableState({ item }: { item: Receivable }) {
  const t = useT();
  const word = useWord();
  if (item.overdueDays > 0 && item.state !== "PAID" && item.state !== "CANCELLED") return <Chip tone="bad">{t("finance.overdueDays", { days: item.overdueDays })}</Chip>;
  return <Chip tone={item.state === "PAID" ? "ok" : "plain"}>{word("finance.state", item.state)}</Chip>;
}

// Opens the PDF in a new tab; where that is refused it is saved.
export async function printReceipt(name: string): Promise<void> {
  const { blob } = await download("GET", `/v1/${name}/document`);
  const url = URL.createObjectURL(blob);
  if (!window.open(url, "_blank")) save(blob, "receipt.pdf");
  setTimeout(() => URL.revokeObjectURL(url), 120_000);
}

export function PrintButton({ name }: { name: string }) {
  const t = useT();
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const print = async () => {
    setBusy(true);
    setError(undefined);
    await printReceipt(name).catch(setError);
    setBusy(false);
  };
  return (
    <>
      <Button loading={busy} onClick={() => void print()}>
        <Icon name="print" size={14} /> {t("finance.print")}
      </Button>
      <ErrorBox error={error} />
    </>
  );
}

interface PaperProps {
  number?: string;
  date: string;
  payer: ReactNode;
  room: ReactNode;
  lines: { item: string; amount: Money }[];
  total: Money;
  method: string;
}

// What the customer will get, as it is being typed.
export function Paper({ number, date, payer, room, lines, total, method }: PaperProps) {
  const t = useT();
  const word = useWord();
  const format = useFormat();
  return (
    <div className="paper" lang="zh-CN">
      <div className="paper-head"><span>{date}</span><span className="paper-no">{number ?? t("finance.preview")}</span></div>
      <h3>{t("finance.paper")}</h3>
      <table>
        <tbody>
          <tr><th>{t("finance.payer")}</th><td colSpan={2}>{payer}</td></tr>
          <tr><th>{t("finance.room")}</th><td colSpan={2}>{room}</td></tr>
          {lines.map((line) => (
            <tr key={line.item + line.amount.minorUnits}><th>{t("finance.item")}</th><td>{line.item}</td><td className="right">{format.amount(line.amount)}</td></tr>
          ))}
          <tr><th>{t("finance.capitals")}</th><td colSpan={2}><b>{capitals(total)}</b></td></tr>
          <tr><th>{t("finance.figures")}</th><td colSpan={2}><b>{format.money(total)}</b> {word("finance.method", method)}</td></tr>
        </tbody>
      </table>
    </div>
  );
}
