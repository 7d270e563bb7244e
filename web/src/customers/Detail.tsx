// A customer: who, what was said and done, what is open.
import { Button, Form, Input } from "antd";
import { useNavigate, useParams } from "react-router";
import { post } from "../api/client";
import type { Customer } from "../api/types";
import { useAct, useResource } from "../api/use";
import { CustomerDeals } from "../deals/CustomerDeals";
import { useFormat } from "../format/use";
import { useT } from "../i18n/provider";
import { CodeField, useCodeLabel } from "../parts/fields";
import { DraftForm } from "../parts/DraftForm";
import { Chip, ErrorBox, Facts, Loading, Panel } from "../parts/parts";
import { useSession } from "../session/context";
import { CustomerActs } from "./Acts";
import { Consents } from "./Consents";
import { Timeline } from "./Timeline";

export function VisitForm({ customer }: { customer: string }) {
  const t = useT();
  const [form] = Form.useForm<{ kind: string; note: string }>();
  const add = useAct((visit: { kind: string; note: string }, key) => post(`/v1/${customer}/visits`, visit, key), [`/v1/${customer}/timeline`]);
  return (
    <DraftForm<{ kind: string; note: string }>
      id={`visit.${customer}`} form={form} initial={{ kind: "visit" }} submitText={t("common.save")} busy={add.isPending} error={add.error} done={add.isSuccess}
      onSubmit={(values) => add.mutate(values, { onSuccess: () => form.resetFields() })}
    >
      <Form.Item name="kind" label={t("customers.visitKind")} rules={[{ required: true, message: t("common.required") }]}><CodeField table="visit-kind" /></Form.Item>
      <Form.Item name="note" label={t("customers.visitNote")} rules={[{ required: true, whitespace: true, message: t("common.required") }]}><Input.TextArea rows={3} maxLength={2000} /></Form.Item>
    </DraftForm>
  );
}

function Head({ customer, onReread }: { customer: Customer; onReread: () => void }) {
  const t = useT();
  const go = useNavigate();
  const { can } = useSession();
  const level = useCodeLabel("customer-level");
  const doubtful = customer.phoneDetails?.some((detail) => detail.doubtful);
  return (
    <header className="page-head customer-head">
      <span className="customer-sign" aria-hidden>{customer.displayName.slice(-1)}</span>
      <div>
        <h1>{customer.displayName || t("customers.erased")}</h1>
        <span className="meta">{customer.phones.join("  ")}</span>
      </div>
      {customer.level && <Chip tone="main">{level(customer.level)}</Chip>}
      {customer.tags.map((tag) => <Chip key={tag}>{tag}</Chip>)}
      {customer.doNotCall && <Chip tone="bad">{t("customers.doNotCall")}</Chip>}
      {doubtful && <Chip tone="warn">{t("customers.doubtful")}</Chip>}
      <span className="space" />
      <CustomerActs customer={customer} onReread={onReread} />
      {can("room.hold") && <Button type="primary" onClick={() => void go(`/deals/holds/new?customer=${customer.name}`)}>{t("customers.hold")}</Button>}
    </header>
  );
}

export function CustomerPage() {
  const t = useT();
  const format = useFormat();
  const { id } = useParams();
  const { can } = useSession();
  const name = `customers/${id}`;
  const found = useResource<Customer>(`/v1/${name}`);
  const source = useCodeLabel("customer-source");
  if (found.isLoading) return <Loading rows={12} />;
  if (!found.data) return <div className="page"><ErrorBox error={found.error} onRetry={() => void found.refetch()} /></div>;
  const one = found.data;
  return (
    <div className="page">
      <Head customer={one} onReread={() => void found.refetch()} />
      <div className="columns columns-side">
        <Panel title={t("customers.timeline")}><Timeline customer={name} /></Panel>
        <div className="stack">
          {can("deal.read") && <Panel title={t("customers.deals")} flush><CustomerDeals customer={name} /></Panel>}
          {can("customer.write") && one.state !== "CUSTOMER_ERASED" && <Panel title={t("customers.newVisit")}><VisitForm customer={name} /></Panel>}
          <Panel title={t("customers.facts")}>
            <Facts
              rows={[
                [t("customers.source"), source(one.source) || "—"], [t("customers.idNumber"), one.idNumber || "—"], [t("customers.address"), one.address || "—"],
                [t("customers.email"), one.email || "—"], [t("customers.protection"), format.date(one.protectionEndTime)],
                [t("customers.since"), format.dateTime(one.createTime)], [t("customers.remark"), one.remark || "—"],
              ]}
            />
          </Panel>
          <Consents customer={name} isErased={one.state === "CUSTOMER_ERASED"} />
        </div>
      </div>
    </div>
  );
}
