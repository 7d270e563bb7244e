// The sales policy of the present project, and the numbers its contracts draw from.
import { App, Button, Form, Input, InputNumber, Switch } from "antd";
import { patch, post } from "../api/client";
import type { NumberRange, Policy } from "../api/types";
import { useAct, useList, useResource } from "../api/use";
import type { Money } from "../format/number";
import { useProject } from "../frame/project";
import { useT } from "../i18n/provider";
import { MoneyInput } from "../parts/fields";
import { ListTable } from "../parts/ListTable";
import { Empty, ErrorBox, Loading } from "../parts/parts";
import { PaymentPlans } from "./PaymentPlans";

// Durations travel as "172800s".
const hours = (duration: string | undefined) => (duration ? Number(duration.replace("s", "")) / 3600 : undefined);
const seconds = (value: number | undefined) => (value === undefined ? undefined : `${Math.round(value * 3600)}s`);

interface Values {
  holdPeriod?: number; longestHold?: number; mostExtensions: number; holdFee?: Money; subscriptionPeriod?: number; deposit?: Money; reminderLead?: number;
  alertsOff: boolean; holdExpiryReleases: boolean; consultantLimit: number; managerLimit: number;
}

const valuesOf = (policy: Policy): Values => ({
  holdPeriod: hours(policy.holdPeriod), longestHold: hours(policy.longestHold), mostExtensions: policy.mostExtensions, holdFee: policy.holdFee ?? undefined,
  subscriptionPeriod: hours(policy.subscriptionPeriod), deposit: policy.deposit ?? undefined, reminderLead: hours(policy.reminderLead), alertsOff: policy.alertsOff,
  holdExpiryReleases: policy.holdExpiryReleases, consultantLimit: Number(policy.consultantDiscountLimitPpm) / 10_000, managerLimit: Number(policy.managerDiscountLimitPpm) / 10_000,
});

const policyOf = (values: Values, old: Policy): Partial<Policy> => ({
  name: old.name, etag: old.etag, depositKind: old.depositKind, mostExtensions: values.mostExtensions, holdPeriod: seconds(values.holdPeriod), longestHold: seconds(values.longestHold),
  holdFee: values.holdFee, subscriptionPeriod: seconds(values.subscriptionPeriod), deposit: values.deposit, reminderLead: seconds(values.reminderLead), alertsOff: values.alertsOff,
  holdExpiryReleases: values.holdExpiryReleases, consultantDiscountLimitPpm: String(Math.round(values.consultantLimit * 10_000)), managerDiscountLimitPpm: String(Math.round(values.managerLimit * 10_000)),
});

function PolicyForm({ policy }: { policy: Policy }) {
  const t = useT();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const path = `/v1/${policy.name}`;
  const act = useAct((values: Values, key) => {
    const { name, etag, ...changed } = policyOf(values, policy);
    return patch(path, { name, etag, ...changed }, { updateMask: Object.keys(changed).join(",") }, key);
  }, [path]);
  const field = (name: keyof Values, label: string, node: React.ReactNode, checked = false) => <Form.Item name={name} label={label} valuePropName={checked ? "checked" : "value"}>{node}</Form.Item>;
  const count = <InputNumber min={0} controls={false} />;
  return (
    <Form form={form} layout="vertical" requiredMark={false} initialValues={valuesOf(policy)} onFinish={(values) => act.mutate(values, { onSuccess: () => void message.success(t("admin.saved")) })}>
      <div className="form-three">
        {field("holdPeriod", t("admin.policyHold"), count)}
        {field("longestHold", t("admin.policyLongest"), count)}
        {field("mostExtensions", t("admin.policyExtensions"), count)}
        {field("holdFee", t("admin.policyFee"), <MoneyInput />)}
        {field("deposit", t("admin.policyDeposit"), <MoneyInput />)}
        {field("subscriptionPeriod", t("admin.policySign"), count)}
        {field("reminderLead", t("admin.policyLead"), count)}
        {field("consultantLimit", t("admin.policyConsultant"), count)}
        {field("managerLimit", t("admin.policyManager"), count)}
        {field("holdExpiryReleases", t("admin.policyRelease"), <Switch />, true)}
        {field("alertsOff", t("admin.policyAlerts"), <Switch />, true)}
      </div>
      <ErrorBox error={act.error} />
      <div className="form-foot"><span className="space" /><Button type="primary" size="large" htmlType="submit" loading={act.isPending}>{t("common.save")}</Button></div>
    </Form>
  );
}

function Ranges({ project }: { project: string }) {
  const t = useT();
  const [form] = Form.useForm();
  const list = useList<NumberRange>("/v1/contractNumberRanges", "contractNumberRanges", { filter: `project = "${project}"` });
  const add = useAct((range: object, key) => post("/v1/contractNumberRanges", { ...range, project }, key), ["/v1/contractNumberRanges"]);
  return (
    <>
      <h3>{t("admin.ranges")}</h3>
      <Form form={form} layout="vertical" requiredMark={false} className="form-line" initialValues={{ digits: 5, first: 1, last: 9999 }} onFinish={(values) => add.mutate(values, { onSuccess: () => form.resetFields() })}>
        <Form.Item name="prefix" label={t("admin.prefix")} rules={[{ required: true, message: "" }]}><Input maxLength={20} /></Form.Item>
        <Form.Item name="first" label={t("admin.from")}><InputNumber min={0} controls={false} /></Form.Item>
        <Form.Item name="last" label={t("admin.to")}><InputNumber min={1} controls={false} /></Form.Item>
        <Form.Item name="digits" label={t("admin.digits")}><InputNumber min={1} max={12} controls={false} /></Form.Item>
        <Button htmlType="submit" loading={add.isPending}>{t("admin.addRange")}</Button>
      </Form>
      <ErrorBox error={add.error} />
      <ListTable
        source={list} rowKey="name" empty={t("admin.none")}
        columns={[
          { title: t("admin.prefix"), dataIndex: "prefix" }, { title: t("admin.from"), dataIndex: "first", align: "right" }, { title: t("admin.to"), dataIndex: "last", align: "right" },
          { title: t("admin.next"), dataIndex: "next", align: "right" }, { title: t("admin.used"), dataIndex: "used", align: "right" },
        ]}
      />
    </>
  );
}

export function PoliciesTab() {
  const t = useT();
  const { project } = useProject();
  const policy = useResource<Policy>(project && `/v1/${project.name}/policy`);
  if (!project) return <Empty why={t("chart.noProject")} />;
  if (policy.isLoading) return <Loading />;
  if (!policy.data) return <ErrorBox error={policy.error} />;
  return (
    <>
      <PolicyForm key={policy.data.name + (policy.data.etag ?? "")} policy={policy.data} />
      <Ranges project={project.name} />
      <PaymentPlans />
    </>
  );
}
