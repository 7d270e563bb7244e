// A subscription as the paper goes: room, buyers, price and plan. Price and schedule are the server's, asked while one types.
import { useQuery } from "@tanstack/react-query";
import { Button, Form, Input, InputNumber, Select } from "antd";
import { useDeferredValue, useState } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { post } from "../api/client";
import type { Hold, Subscription } from "../api/types";
import { useAct, useResource } from "../api/use";
import { minor, yuan, type Money } from "../format/number";
import { useFormat } from "../format/use";
import { useT, useWord } from "../i18n/provider";
import { ConsultantField, CustomerField, MoneyInput, PlanField, RoomField } from "../parts/fields";
import { DraftForm } from "../parts/DraftForm";
import { ErrorBox, Figure, PageHead, Panel } from "../parts/parts";
import { Icon } from "../parts/icons";
import { Schedule, toDiscount, type TypedDiscount } from "./parts";

interface Values {
  room?: string;
  buyers?: string[];
  hold?: string;
  paymentPlan?: string;
  consultant?: string;
  discounts?: TypedDiscount[];
  deposit?: Money;
}

function bodyOf(values: Values) {
  return {
    room: values.room, hold: values.hold || undefined, paymentPlan: values.paymentPlan, consultant: values.consultant || undefined,
    deposit: values.deposit, buyers: (values.buyers ?? []).map((customer) => ({ customer })),
    discounts: (values.discounts ?? []).filter((one) => one?.kind && one.value !== undefined).map(toDiscount),
  };
}

function Preview({ values }: { values: Values }) {
  const t = useT();
  const format = useFormat();
  const body = useDeferredValue(JSON.stringify(bodyOf(values)));
  const ready = Boolean(values.room && values.buyers?.length && values.paymentPlan);
  const preview = useQuery({
    queryKey: ["subscription preview", body],
    queryFn: () => post<Subscription>("/v1/subscriptions:preview", JSON.parse(body)),
    enabled: ready, retry: false, placeholderData: (old: Subscription | undefined) => old,
  });
  if (!ready) return <p className="meta">{t("deals.scheduleLater")}</p>;
  if (preview.error) return <ErrorBox error={preview.error} />;
  const one = preview.data;
  if (!one) return null;
  const saved = yuan(minor(one.listPrice) - minor(one.price));
  return (
    <div className={preview.isFetching ? "stale" : ""} data-preview="ready">
      <div className="figures">
        <Figure label={t("deals.listPrice")} value={format.money(one.listPrice)} />
        <Figure label={t("deals.price")} value={format.money(one.price)} tone="main" note={minor(saved) > 0n ? `${t("deals.saved")} ${format.money(saved)}` : undefined} />
        <Figure label={t("deals.deposit")} value={format.money(one.deposit)} />
      </div>
      <Schedule lines={one.schedule} />
    </div>
  );
}

function Discounts() {
  const t = useT();
  const word = useWord();
  const kinds = (["MULTIPLY", "POINTS", "FIXED", "UNIT_PRICE_CUT"] as const).map((value) => ({ value, label: word("deals.discount", value) }));
  return (
    <Form.List name="discounts">
      {(fields, { add, remove }) => (
        <Form.Item label={t("deals.discounts")}>
          {fields.map((field) => (
            <div className="discount" key={field.key}>
              <Form.Item name={[field.name, "kind"]} noStyle><Select options={kinds} aria-label={t("deals.discountKind")} /></Form.Item>
              <Form.Item name={[field.name, "value"]} noStyle><InputNumber min={0} controls={false} aria-label={t("deals.discountValue")} /></Form.Item>
              <Form.Item name={[field.name, "reason"]} noStyle><Input placeholder={t("deals.discountReason")} maxLength={100} /></Form.Item>
              <button type="button" className="icon-button" onClick={() => remove(field.name)} aria-label={t("common.close")}><Icon name="close" /></button>
            </div>
          ))}
          <Button size="small" disabled={fields.length >= 10} onClick={() => add({ kind: "MULTIPLY", value: 99 })}>{t("deals.addDiscount")}</Button>
        </Form.Item>
      )}
    </Form.List>
  );
}

export function SubscriptionFormPage() {
  const t = useT();
  const [search] = useSearchParams();
  const holdName = search.get("hold") ?? undefined;
  const hold = useResource<Hold>(holdName && `/v1/${holdName}`);
  // The form begins with what the hold knows.
  if (holdName && hold.isLoading) return null;
  return (
    <div className="page">
      <PageHead title={t("deals.newSubscription")} meta={hold.data?.roomLabel} />
      <Body hold={hold.data} room={search.get("room") ?? undefined} />
    </div>
  );
}

function Body({ hold, room }: { hold: Hold | undefined; room: string | undefined }) {
  const t = useT();
  const go = useNavigate();
  const [form] = Form.useForm<Values>();
  const initial: Values = {
    room: room ?? hold?.room, hold: hold?.name, buyers: hold?.customer ? [hold.customer] : undefined, consultant: hold?.consultant || undefined,
  };
  const [values, setValues] = useState<Values>(initial);
  const create = useAct(
    (input: Values, key) => post<Subscription>("/v1/subscriptions", bodyOf(input), key),
    ["/v1/subscriptions", "/v1/holds", "/v1/projects", "/v1/receivables"],
  );
  const needed = [{ required: true, message: t("common.required") }];
  return (
    <div className="columns columns-half">
      <Panel>
        <DraftForm<Values>
          id="subscription" form={form} initial={initial} submitText={t("deals.submitSubscription")} busy={create.isPending} error={create.error}
          done={create.isSuccess} onValues={(next) => setValues({ ...next, hold: hold?.name })}
          onSubmit={(input) => create.mutate({ ...input, hold: hold?.name }, { onSuccess: (made) => void go(`/${made.name}`, { replace: true }) })}
        >
          <h3><span className="step-no">1</span>{t("deals.step.room")}</h3>
          <Form.Item name="room" label={t("deals.room")} rules={needed}><RoomField disabled={Boolean(hold)} filter={hold ? undefined : "state = AVAILABLE"} /></Form.Item>
          <h3><span className="step-no">2</span>{t("deals.step.buyers")}</h3>
          <Form.Item name="buyers" label={t("deals.buyers")} rules={needed}><CustomerField several /></Form.Item>
          <Form.Item name="consultant" label={t("deals.consultant")} extra={t("deals.consultantOwn")}><ConsultantField /></Form.Item>
          <h3><span className="step-no">3</span>{t("deals.step.price")}</h3>
          <Form.Item name="paymentPlan" label={t("deals.plan")} rules={needed}><PlanField /></Form.Item>
          <Discounts />
          <Form.Item name="deposit" label={t("deals.deposit")} extra={t("deals.untilPolicy")}><MoneyInput /></Form.Item>
        </DraftForm>
      </Panel>
      <Panel title={t("deals.schedule")}><Preview values={values} /></Panel>
    </div>
  );
}
