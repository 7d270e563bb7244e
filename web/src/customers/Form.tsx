// Registering a customer: the phone first, because it tells whether somebody knows them already.
import { Button, Form } from "antd";
import { useNavigate, useSearchParams } from "react-router";
import { post } from "../api/client";
import { isApiError } from "../api/error";
import type { Customer } from "../api/types";
import { useAct } from "../api/use";
import { useT } from "../i18n/provider";
import { DraftForm } from "../parts/DraftForm";
import { PageHead, Panel } from "../parts/parts";
import { CustomerFields, splitPhones, type CustomerValues } from "./Fields";

function Duplicate({ error }: { error: unknown }) {
  const t = useT();
  const go = useNavigate();
  if (!isApiError(error) || error.reason !== "CUSTOMER_DUPLICATE") return null;
  const { customer } = error.metadata;
  return (
    <div className="notice-box">
      <b>{t("customers.duplicate")}</b>
      {customer ? <Button size="small" onClick={() => void go(`/${customer}`)}>{t("customers.duplicateOpen")}</Button> : <span>{t("customers.duplicateOther")}</span>}
    </div>
  );
}

export function CustomerFormPage() {
  const t = useT();
  const go = useNavigate();
  const [search] = useSearchParams();
  const [form] = Form.useForm<CustomerValues>();
  const create = useAct(
    (values: CustomerValues, key) => post<Customer>("/v1/customers", { ...values, phones: splitPhones(values.phones) }, key),
    ["/v1/customers"],
  );
  const submit = (values: CustomerValues) => create.mutate(values, { onSuccess: (customer) => void go(`/${customer.name}`, { replace: true }) });
  return (
    <div className="page page-narrow">
      <PageHead title={t("customers.register")} />
      <Panel>
        <DraftForm<CustomerValues>
          id="customer" form={form} initial={{ displayName: search.get("name") ?? "", phones: search.get("phone") ?? "" }} submitText={t("customers.register")}
          busy={create.isPending} error={create.error} done={create.isSuccess} onSubmit={submit} checks={<Duplicate error={create.error} />}
        >
          <CustomerFields autoFocus />
        </DraftForm>
      </Panel>
    </div>
  );
}
