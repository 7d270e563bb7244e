// Signing: the subscription's terms once more, then the next number of the range.
import { DatePicker, Form, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { post } from "../api/client";
import type { Contract, Subscription } from "../api/types";
import { useAct, useList } from "../api/use";
import { dayOf, useFormat } from "../format/use";
import { useT } from "../i18n/provider";
import { DraftForm } from "../parts/DraftForm";
import { PageHead, Panel } from "../parts/parts";
import { SubscriptionBody } from "./Documents";

interface Values {
  subscription?: string;
  signDate?: string;
}

const bodyOf = (values: Values) => ({
  subscription: values.subscription, signDate: values.signDate ? dayOf(values.signDate) : undefined,
});

export function ContractFormPage() {
  const t = useT();
  const format = useFormat();
  const go = useNavigate();
  const [search] = useSearchParams();
  const [form] = Form.useForm<Values>();
  const [chosen, setChosen] = useState(search.get("subscription") ?? undefined);
  const list = useList<Subscription>("/v1/subscriptions", "subscriptions", { filter: "state = ACTIVE", pageSize: 200 });
  const create = useAct((input: Values, key) => post<Contract>("/v1/contracts", bodyOf(input), key), ["/v1/contracts", "/v1/subscriptions", "/v1/projects"]);
  const options = list.rows.map((one) => ({ value: one.name, label: `${one.roomLabel} ${format.money(one.price)}` }));
  return (
    <div className="page">
      <PageHead title={t("deals.newContract")} />
      <div className="columns columns-half">
        <Panel>
          <DraftForm<Values>
            id="contract" form={form} initial={{ subscription: search.get("subscription") ?? undefined }} submitText={t("deals.submitContract")}
            busy={create.isPending} error={create.error} done={create.isSuccess} onValues={(next) => setChosen(next.subscription)}
            onSubmit={(input) => create.mutate(input, { onSuccess: (made) => void go(`/${made.name}`, { replace: true }) })}
          >
            <Form.Item name="subscription" label={t("deals.subscription")} rules={[{ required: true, message: t("common.required") }]}>
              <Select showSearch optionFilterProp="label" options={options} loading={list.isLoading} />
            </Form.Item>
            <Form.Item
              name="signDate" label={t("deals.signDate")} extra={t("common.today")}
              getValueProps={(value: string | undefined) => ({ value: value ? dayjs(value) : undefined })} normalize={(value: Dayjs | null) => value?.format("YYYY-MM-DD")}
            >
              <DatePicker />
            </Form.Item>
          </DraftForm>
        </Panel>
        {chosen && <Panel title={t("deals.subscription")}><SubscriptionBody name={chosen} /></Panel>}
      </div>
    </div>
  );
}
