// Taking money: which deal, how much, for which items; whether it balances stands there before the button does anything.
import { DatePicker, Form, Input, Segmented, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { post } from "../api/client";
import type { Contract, Hold, Receipt, Receivable, Subscription } from "../api/types";
import { useAct, useList } from "../api/use";
import { minor, yuan, type Money } from "../format/number";
import { dayOf, useFormat } from "../format/use";
import { useProject } from "../frame/project";
import { useT, useWord } from "../i18n/provider";
import { DataTable } from "../parts/DataTable";
import { CustomerField, CustomerName, MoneyInput } from "../parts/fields";
import { DraftForm } from "../parts/DraftForm";
import { Chip, ErrorBox, PageHead, Panel, useNow } from "../parts/parts";
import { RoomLabel } from "../rooms/Label";
import { dealField, dealFilter } from "./DealMoney";
import { METHODS, Paper, printReceipt, ReceivableState } from "./parts";

interface Values {
  deal?: string;
  method: string;
  amount?: Money;
  payer?: string;
  payerNote?: string;
  bookDate?: string;
  reference?: string;
  allocations?: Record<string, Money | undefined>;
}

export function allocationsOf(values: Values) {
  return Object.entries(values.allocations ?? {})
    .filter(([, amount]) => minor(amount) > 0n)
    .map(([receivable, amount]) => ({ receivable, amount: amount! }));
}

function bodyOf(values: Values) {
  const deal = values.deal ?? "";
  return {
    [dealField(deal)]: deal, amount: values.amount, method: values.method, payer: values.payer || undefined,
    payerNote: values.payerNote || undefined, reference: values.reference || undefined, bookDate: values.bookDate ? dayOf(values.bookDate) : undefined,
    allocations: allocationsOf(values),
  };
}

function DealField({ value, onChange, id }: { value?: string; onChange?: (value: string) => void; id?: string }) {
  const t = useT();
  const format = useFormat();
  const { project } = useProject();
  const filter = project ? `project = "${project.name}"` : undefined;
  const contracts = useList<Contract>("/v1/contracts", "contracts", { filter, pageSize: 200 });
  const subscriptions = useList<Subscription>("/v1/subscriptions", "subscriptions", { filter: [filter, "state = ACTIVE"].filter(Boolean).join(" AND "), pageSize: 200 });
  const holds = useList<Hold>("/v1/holds", "holds", { filter: [filter, "state = ACTIVE"].filter(Boolean).join(" AND "), pageSize: 200 });
  const options = [
    { label: t("deals.contracts"), options: contracts.rows.filter((one) => one.state === "ACTIVE").map((one) => ({ value: one.name, label: `${one.number} ${one.roomLabel} ${format.money(one.price)}` })) },
    { label: t("deals.subscriptions"), options: subscriptions.rows.map((one) => ({ value: one.name, label: `${one.roomLabel} ${format.money(one.price)}` })) },
    { label: t("deals.holds"), options: holds.rows.filter((one) => minor(one.fee) > 0n).map((one) => ({ value: one.name, label: `${one.roomLabel} ${t("deals.fee")} ${format.money(one.fee)}` })) },
  ];
  return <Select id={id} showSearch optionFilterProp="label" value={value} onChange={onChange} options={options} loading={contracts.isLoading} />;
}

function Balance({ values }: { values: Values }) {
  const t = useT();
  const format = useFormat();
  const lines = allocationsOf(values);
  if (lines.length === 0) return <div className="check-strip"><Chip>{t("finance.auto")}</Chip></div>;
  const rest = minor(values.amount) - lines.reduce((sum, line) => sum + minor(line.amount), 0n);
  return (
    <div className="check-strip" data-balance={rest === 0n ? "even" : rest > 0n ? "over" : "under"}>
      {rest === 0n && <Chip tone="ok">✓ {t("finance.balanced")}</Chip>}
      {rest > 0n && <Chip tone="warn">{t("finance.over", { amount: format.money(yuan(rest)) })}</Chip>}
      {rest < 0n && <Chip tone="bad">{t("finance.under", { amount: format.money(yuan(-rest)) })}</Chip>}
    </div>
  );
}

function OpenItems({ items }: { items: Receivable[] }) {
  const t = useT();
  const word = useWord();
  const format = useFormat();
  return (
    <DataTable<Receivable>
      rowKey="name" dataSource={items}
      columns={[
        { title: t("finance.item"), render: (item: Receivable) => <b>{word("deals.kind", item.kind)}</b> },
        { title: t("finance.dueDate"), render: (item: Receivable) => format.day(item.dueDate) },
        { title: t("finance.outstanding"), align: "right", render: (item: Receivable) => format.amount(item.outstanding) },
        { title: t("common.state"), render: (item: Receivable) => <ReceivableState item={item} /> },
        { title: t("finance.allocation"), align: "right", width: 150, render: (item: Receivable) => <Form.Item name={["allocations", item.name]} noStyle><MoneyInput /></Form.Item> },
      ]}
    />
  );
}

export function ReceiptFormPage() {
  const t = useT();
  const word = useWord();
  const format = useFormat();
  const go = useNavigate();
  const now = useNow(60_000);
  const [search] = useSearchParams();
  const [form] = Form.useForm<Values>();
  const [values, setValues] = useState<Values>({ deal: search.get("deal") ?? undefined, method: "TRANSFER" });
  const forHold = values.deal?.startsWith("holds/");  // A fee is due once, for nothing else.
  const due = useList<Receivable>(values.deal && !forHold ? "/v1/receivables" : undefined, "receivables", { filter: values.deal ? dealFilter(values.deal) : "", pageSize: 200 });
  const open = due.rows.filter((item) => item.state === "OPEN" || item.state === "PARTLY_PAID");
  const create = useAct((input: Values, key) => post<Receipt>("/v1/receipts", bodyOf(input), key), ["/v1/receipts", "/v1/receivables", "/v1/journals"]);
  const needed = [{ required: true, message: t("common.required") }];
  const payer = values.payer || open[0]?.customer || "";
  const done = async (receipt: Receipt) => {
    void go(`/${receipt.name}`, { replace: true });
    await printReceipt(receipt.name).catch(() => undefined);
  };
  return (
    <div className="page">
      <PageHead title={t("finance.takeMoney")} />
      <DraftForm<Values>
        id="receipt" form={form} initial={{ deal: search.get("deal") ?? undefined, method: "TRANSFER" }} submitText={t("finance.submit")} busy={create.isPending}
        error={create.error} done={create.isSuccess} onValues={(next) => setValues({ ...form.getFieldsValue(true), ...next })}
        onSubmit={(input) => create.mutate(input, { onSuccess: (receipt) => void done(receipt) })} checks={<Balance values={values} />}
      >
        {(foot) => (
          <div className="columns columns-side">
            <div className="stack">
              <Panel title={t("finance.receivables")} flush>
                {values.deal && !forHold ? <OpenItems items={open} /> : <p className="meta padded">{t(forHold ? "finance.forHold" : "finance.chooseDeal")}</p>}
                <ErrorBox error={due.error} />
              </Panel>
              <Paper
                date={format.date(values.bookDate ?? now)} payer={<CustomerName name={payer} />} room={<RoomLabel name={open[0]?.room ?? ""} />} method={values.method} total={values.amount ?? yuan(0)}
                lines={allocationsOf(values).map((line) => ({ amount: line.amount, item: word("deals.kind", open.find((item) => item.name === line.receivable)?.kind) }))}
              />
            </div>
            <Panel title={t("finance.takeMoney")}>
              <Form.Item name="deal" label={t("finance.deal")} rules={needed}><DealField /></Form.Item>
              <Form.Item name="method" label={t("finance.method")} rules={needed}><Segmented block options={METHODS.map((method) => ({ value: method, label: word("finance.method", method) }))} /></Form.Item>
              <Form.Item name="amount" label={t("finance.amount")} rules={needed}><MoneyInput big /></Form.Item>
              <Form.Item name="payer" label={t("finance.payer")} extra={t("finance.payerFirst")}><CustomerField /></Form.Item>
              <Form.Item name="payerNote" label={t("finance.payerNote")}><Input maxLength={100} /></Form.Item>
              <Form.Item
                name="bookDate" label={t("finance.bookDate")} extra={t("common.today")}
                getValueProps={(value: string | undefined) => ({ value: value ? dayjs(value) : undefined })} normalize={(value: Dayjs | null) => value?.format("YYYY-MM-DD")}
              >
                <DatePicker maxDate={dayjs()} />
              </Form.Item>
              <Form.Item name="reference" label={t("finance.reference")}><Input maxLength={60} /></Form.Item>
              {foot}
            </Panel>
          </div>
        )}
      </DraftForm>
    </div>
  );
}
